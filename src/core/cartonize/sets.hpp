// Sets of cartons that an order may be split over, as far as bounds can tell.
#pragma once

#include <optional>
#include <vector>

#include "core/cartonize/search.hpp"

namespace kemas::cartonize {

using Set = std::vector<std::size_t>;  // of options, ascending

std::int64_t outer_of(const Order& order, const Set& set);  // mm3

class Sets {
 public:
    Sets(const Order& order, Search& search);

    bool may_hold(const Set& set);

    // All sets of n that may hold the order, smallest outside first; nothing when the work ran out
    // before they were all looked at.
    std::optional<std::vector<Set>> of(std::int64_t n);

 private:
    bool collect(Set& chosen, std::size_t from, std::int64_t n);

    const Order& order_;
    Search& search_;
    const std::int64_t volume_, weight_;
    std::vector<Set> found_;
};

}  // namespace kemas::cartonize
