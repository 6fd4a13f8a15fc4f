// What a block must keep to lie where it would, and how good its place is.
#include <algorithm>

#include "core/cartonize/fill.hpp"

namespace kemas::cartonize {
namespace {

// n^(-1/8) in 1/1024 by the bit length of n: two equal blocks of fewer units leave more choice.
constexpr std::int64_t by_number(std::int64_t n) {
    constexpr std::int64_t table[] = {1024, 1024, 939, 861, 790, 724, 664, 609, 558, 512, 470};
    int bits = 0;
    while (n > 1 && bits < 10) n >>= 1, ++bits;
    return table[bits];
}

// At least a thousand or so, for shares of it are taken.
std::int64_t measured(const Block& block, Measure measure) {
    const Vec sides = block.space().sides();
    switch (measure) {
        case Measure::volume:
            return block.volume() << 4;
        case Measure::floor:
            return ((std::int64_t{sides[0]} * sides[1]) << 12) + sides[2];
        case Measure::side:
            break;
    }
    const auto side = *std::max_element(block.unit.begin(), block.unit.end());
    return (std::int64_t{side} << 20) + block.volume() / (1 << 10);
}

}  // namespace

bool Filler::is_unit_supported(Length x0, Length y0, const Vec& unit) const {
    std::int64_t carried = 0;
    for (const auto& floor : floors_) {
        const auto w = std::min(floor.x1, x0 + unit[0]) - std::max(floor.x0, x0);
        const auto d = std::min(floor.y1, y0 + unit[1]) - std::max(floor.y0, y0);
        if (w > 0 && d > 0) carried += std::int64_t{w} * d;
    }
    return carried * 100 >= std::int64_t{unit[0]} * unit[1] * support_percent_;
}

bool Filler::is_supported(const Block& block) const {
    if (on_ground_) return true;
    for (Length i = 0; i < block.n[0]; ++i)
        for (Length j = 0; j < block.n[1]; ++j)
            if (!is_unit_supported(block.at[0] + i * block.unit[0], block.at[1] + j * block.unit[1],
                                   block.unit))
                return false;
    return true;
}

// Nothing heavier lies above what is fragile, near or far.
bool Filler::breaks_nothing(const Block& block) const {
    if (!any_fragile_) return true;
    const auto& piece = pieces_[block.piece];
    const auto body = block.space();
    for (const auto& other : filling_.blocks) {
        const auto& lies = pieces_[other.piece];
        const auto there = other.space();
        if (!there.is_over_or_under(body)) continue;
        const bool above = body.lo[2] >= there.hi[2];
        const auto& lower = above ? lies : piece;
        const auto& upper = above ? piece : lies;
        if (lower.fragile && upper.weight_mg > lower.weight_mg) return false;
    }
    return true;
}

// Volume, times the share of the space that stays usable, times a bonus for few units; all of it
// bent by the recipe's noise.
std::int64_t Filler::score(const Block& block, const Cuboid& free, const Recipe& recipe) {
    std::int64_t value = measured(block, recipe.measure);
    if (recipe.waste > 0) {
        const Vec sides = free.sides();
        std::int64_t used = 1;
        for (int axis = 0; axis < 3; ++axis) {
            const Length body = block.unit[axis] * block.n[axis];
            used *= body + reach_.within(axis, sides[axis] - body);
        }
        const auto share = (used << 10) / volume_of(sides);
        for (int i = 0; i < recipe.waste; ++i) value = value * share >> 10;
    }
    for (int i = 0; i < recipe.few; ++i) value = value * by_number(block.units()) >> 10;
    if (recipe.noise > 0) {
        value = value * bend_[block.piece] >> 10;
        value -= (value >> 10) * recipe.noise * noise_.below(8);
    }
    if (recipe.fragile_last && pieces_[block.piece].fragile) value >>= 10;
    return value;
}

}  // namespace kemas::cartonize
