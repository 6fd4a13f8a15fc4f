// Draws a packed carton for the one who packs it: a panel for each step, what lies already in grey
// and what comes next in colour, seen from the open front. SVG text, integers only. Knows no
// language: its few words come from the caller.
#pragma once

#include <string>
#include <vector>

#include "core/cartonize/types.hpp"

namespace kemas::cartonize {

struct PictureWords {
    std::string layer = "layer";
    std::string empty = "empty";
};

// Units of one item, turned alike, that go in one after the other, beside or onto one another.
struct Step {
    std::size_t first = 0, count = 0;  // of Packed::placed
    std::int64_t layer = 1;            // from the bottom, by the height of its floor
};
std::vector<Step> steps_of(const Packed& packed);

// A whole SVG document, in millimetres of the screen: 4 panels a row. Item and carton names are
// escaped; bytes that XML forbids are left out.
std::string picture(const Packed& packed, const std::vector<Item>& items, const Carton& carton,
                    const PictureWords& words = {});

}  // namespace kemas::cartonize
