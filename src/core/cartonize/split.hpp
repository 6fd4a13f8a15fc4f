// An order over several cartons: few of them first, then small ones.
#pragma once

#include <vector>

#include "core/cartonize/search.hpp"

namespace kemas::cartonize {

struct Split {
    std::vector<Full> cartons;
    bool fewest_proven = false;
};

// At least `least` cartons are needed, as the caller knows. Every unit fits some option.
Split pack_split(const Order& order, std::int64_t least, Search& search);

}  // namespace kemas::cartonize
