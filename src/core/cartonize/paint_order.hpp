// Which of several cuboids is drawn first, so that the nearer hide the farther. The viewer stands
// where x, y and z are great.
#pragma once

#include <cstddef>
#include <vector>

#include "core/cartonize/piece.hpp"

namespace kemas::cartonize {

// Indices of `bodies`, which do not overlap, the farthest first. Cuboids that hide each other in a
// ring have no right order; one of them is drawn too early then.
std::vector<std::size_t> paint_order(const std::vector<Cuboid>& bodies);

}  // namespace kemas::cartonize
