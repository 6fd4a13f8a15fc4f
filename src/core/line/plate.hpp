// Who lies on the scale beside the belt, by the line's own positions. Knows no reading.
#pragma once

#include "core/line/state.hpp"

namespace kemas::line {

// The one body that surely lies on the plate whole, with no other on it in part; 0 = none, or the
// last poll is so old that nobody can say. `now` as in the line's events; the layout has a plate.
Number alone_on_plate(const Layout& layout, const LineState& state, Instant now);

// True when its head was past the plate's end at the last poll, or it is not on the belt any more.
bool has_left_plate(const Layout& layout, const LineState& state, Number body);

}  // namespace kemas::line
