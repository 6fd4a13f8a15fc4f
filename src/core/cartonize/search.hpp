// Looks for a packing of given units in one room, recipe after recipe, within a budget of steps.
// Knows nothing of choosing among cartons.
#pragma once

#include <vector>

#include "core/cartonize/answer.hpp"
#include "core/cartonize/fill.hpp"
#include "core/cartonize/order.hpp"

namespace kemas::cartonize {

// The n-th recipe of a fixed series: the plain ones first, then ever the same with more noise.
Recipe recipe_at(std::int64_t n);
constexpr std::int64_t plain_recipes = 12;

class Search {
 public:
    Search(const Order& order, const Rules& rules);

    std::int64_t steps() const { return filler_.steps(); }
    void spend(std::int64_t steps) { filler_.count(steps); }  // on work of the caller's own
    bool is_over() const { return steps() >= limit_; }
    bool is_half_over() const { return steps() >= limit_ / 2; }

    // Tries recipes `from` to `to` (not included) until one lays all of `counts` into the option.
    bool lay_all(std::size_t option, const Counts& counts, std::int64_t from, std::int64_t to,
                 std::int64_t steps_at_most, std::vector<Block>& blocks);

    // Fills as much of `counts` as one recipe gets in.
    const Filling& fill(std::size_t option, const Counts& counts, std::int64_t recipe);

 private:
    const Order& order_;
    Filler filler_;
    std::int64_t limit_;
};

}  // namespace kemas::cartonize
