// All units of an order in one carton: the smallest that is found to take them.
#pragma once

#include <optional>

#include "core/cartonize/search.hpp"

namespace kemas::cartonize {

struct Single {
    std::optional<Full> best;
    bool possible = false;  // no bound forbids one carton
};

// Counts of pieces that are not the order's make it the smallest carton for a part of it.
Single pack_single(const Order& order, const Counts& counts, Search& search);

}  // namespace kemas::cartonize
