// Draws a packed carton for the one who packs it: a panel for each step, what lies already in grey
// and what comes next in colour, from the open front corner and from above. SVG text, integers
// only. Knows no language: its few words come from the caller.
#pragma once

#include <string>
#include <vector>

#include "core/cartonize/types.hpp"

namespace kemas::cartonize {

struct PictureWords {
    std::string layer = "layer";
    std::string empty = "empty";
    std::string fragile = "Fragile: nothing heavier on it";
    std::string upright = "This side up";
    std::string flat = "Lay it flat";
};

// Units of one item, turned alike, that go in one after the other, beside or onto one another.
struct Step {
    std::size_t first = 0, count = 0;  // of Packed::placed
    std::int64_t layer = 1;            // from the bottom, by the height of its floor
};
std::vector<Step> steps_of(const Packed& packed);

// A whole SVG document of all steps: 3 panels a row. Item and carton names are escaped; bytes that
// XML forbids are left out.
std::string picture(const Packed& packed, const std::vector<Item>& items, const Carton& carton,
                    const PictureWords& words = {});

enum class View { corner, above };

// One step alone and large, a document of 600 x 600 without words: for a page that has its own.
// `step` counts from 0 and is less than steps_of(packed).size().
std::string picture_of_step(const Packed& packed, std::size_t step, View view);

}  // namespace kemas::cartonize
