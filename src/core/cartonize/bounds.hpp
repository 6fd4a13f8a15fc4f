// What can be known without packing: that pieces cannot share a room, or that so many rooms are too
// few. Says nothing about whether they can.
#pragma once

#include <cstdint>
#include <vector>

#include "core/cartonize/piece.hpp"

namespace kemas::cartonize {

using Counts = std::vector<std::int64_t>;  // units by piece

std::int64_t volume_of(const std::vector<Piece>& pieces, const Counts& counts);
std::int64_t weight_of(const std::vector<Piece>& pieces, const Counts& counts);

// False when volume, weight, a unit's sides, goods that clash, or sides that cannot lie beside each
// other (dual feasible functions, Fekete and Schepers 2004) forbid all of it in one room.
bool may_share(const Room& room, const std::vector<Piece>& pieces, const Counts& counts);

// False when volume or weight forbid it in these rooms together, for all pieces and for those that
// fit only some of the rooms. Bit r of `fit[p]`: piece p fits rooms[r]; at most 64 rooms count.
bool may_split(const std::vector<Room>& rooms, const std::vector<std::uint64_t>& fit,
               const std::vector<Piece>& pieces, const Counts& counts);

}  // namespace kemas::cartonize
