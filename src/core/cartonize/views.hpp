// A carton as it stands after a step, from its open front corner and from straight above. Both
// show each unit's step; what the step brings is coloured. Knows no words.
#pragma once

#include <string>
#include <vector>

#include "core/cartonize/picture.hpp"
#include "core/cartonize/svg_text.hpp"

namespace kemas::cartonize {

struct Packing {
    const Packed& packed;
    std::vector<Step> steps;
    std::vector<std::size_t> step_of;  // of each placed unit, from 0
    std::vector<std::size_t> paint;    // the farthest first
};
Packing packing_of(const Packed& packed);

// Seen from above the front right edge: x goes down to the right, y down to the left.
std::string scene(const Packing& packing, std::size_t step, const Frame& frame);

// x goes right, y goes down: the scene turned by an eighth. With the carton's inner length and
// width, and the step's distance from the two walls and its own extent, in millimetres. `lines` is
// how many lines of its text go into the carton's longer side.
std::string from_above(const Packing& packing, std::size_t step, const Frame& frame, int lines);

}  // namespace kemas::cartonize
