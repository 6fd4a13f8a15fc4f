// Which cartons an order goes into, and where each unit lies in them: as few cartons as the work
// allows, then the least outer volume, then the least cost. The same question has the same answer
// on every machine. Knows no courier's prices.
#pragma once

#include <tl/expected.hpp>

#include "core/cartonize/types.hpp"

namespace kemas::cartonize {

// Refuses what no carton can take: a unit too large or too heavy for all, sides or weights that
// are not positive or absurd (32 m, 10 t), more than 2,000 units, more cartons than `most_cartons`.
tl::expected<Plan, Refused> pack(const std::vector<Item>& items, const std::vector<Carton>& cartons,
                                 const Rules& rules = {});

}  // namespace kemas::cartonize
