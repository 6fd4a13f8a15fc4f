#include "core/cartonize/search.hpp"

#include <algorithm>

namespace kemas::cartonize {

Recipe recipe_at(std::int64_t n) {
    // Chosen so that each solves many of the shared orders that those before it left unsolved;
    // the ones by volume are what fills a container of large pieces best.
    using enum Measure;
    static constexpr Axes columns{0, 1, 2}, rows{1, 0, 2}, layers{2, 1, 0}, strips{2, 0, 1},
        walls{0, 2, 1}, slices{1, 2, 0};
    static const std::array<Recipe, plain_recipes> plain{{{columns, floor, 0},
                                                          {layers, side, 0},
                                                          {rows, floor, 1},
                                                          {layers, volume, 2},
                                                          {slices, volume, 3},
                                                          {slices, floor, 0},
                                                          {rows, side, 0},
                                                          {walls, volume, 2},
                                                          {strips, volume, 1},
                                                          {layers, floor, 2},
                                                          {rows, volume, 3},
                                                          {columns, floor, 3}}};
    auto recipe = plain[n % plain_recipes];
    recipe.fragile_last = (n + n / plain_recipes) % 2 != 0;
    if (n < plain_recipes) return recipe;
    static constexpr int noises[] = {24, 8, 56, 8};
    recipe.noise = noises[(n / plain_recipes - 1) % 4];
    recipe.seed = static_cast<std::uint64_t>(n);
    return recipe;
}

Search::Search(const Order& order, const Rules& rules)
    : order_(order), filler_(order.pieces, rules.support_percent), limit_(rules.work_steps) {
    filler_.hurry_after(limit_);
}

bool Search::lay_all(std::size_t option, const Counts& counts, std::int64_t from, std::int64_t to,
                     std::int64_t steps_at_most, std::vector<Block>& blocks) {
    const auto until = steps() + steps_at_most;
    for (auto n = from; n < to; ++n) {
        if (n > from && (is_over() || steps() >= until)) return false;
        const auto& filling = filler_.fill(order_.options[option].room, counts, recipe_at(n));
        if (filling.units_left > 0) continue;
        blocks = filling.blocks;
        return true;
    }
    return false;
}

const Filling& Search::fill(std::size_t option, const Counts& counts, std::int64_t recipe) {
    return filler_.fill(order_.options[option].room, admitted(order_, option, counts),
                        recipe_at(recipe));
}

}  // namespace kemas::cartonize
