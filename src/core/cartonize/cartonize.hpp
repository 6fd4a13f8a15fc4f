// Which cartons an order goes into, and where each unit lies in them: as few cartons as the work
// allows, then the least outer volume, then the least cost. The same question has the same answer
// on every machine. Knows no courier's prices.
#pragma once

#include <tl/expected.hpp>
#include <vector>

#include "core/cartonize/types.hpp"

namespace kemas::cartonize {

// Refuses what no carton can take: a unit too large or too heavy for all, sides or weights that
// are not positive or absurd (32 m, 10 t), more than 2,000 units, more cartons than `most_cartons`.
tl::expected<Plan, Refused> pack(const std::vector<Item>& items, const std::vector<Carton>& cartons,
                                 const Rules& rules = {});

// Every way to send it that is worth a courier's price: one plan for each carton that takes all of
// it, the smallest outside first, each with an equal part of the work; if there is none, the plan
// of `pack`. Refuses as `pack` does.
tl::expected<std::vector<Plan>, Refused> choices(const std::vector<Item>& items,
                                                 const std::vector<Carton>& cartons,
                                                 const Rules& rules = {});

}  // namespace kemas::cartonize
