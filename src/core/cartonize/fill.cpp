#include "core/cartonize/fill.hpp"

#include <algorithm>

namespace kemas::cartonize {
namespace {

// Pieces in a free space: at least the first goes into an empty carton, so it all comes to an end.
constexpr int most_tried_in_a_hurry = 64;

}  // namespace

Filler::Filler(const std::vector<Piece>& pieces, std::int64_t support_percent)
    : pieces_(pieces), support_percent_(support_percent) {
    for (const auto& piece : pieces) any_fragile_ |= piece.fragile;
}

const Filling& Filler::fill(const Room& room, const std::vector<std::int64_t>& counts,
                            const Recipe& recipe, std::span<const Block> begun) {
    start(room, counts, recipe);
    for (const auto& block : begun) lay(block);
    while (filling_.units_left > 0 && !spaces_.all().empty()) {
        const auto space = first_space(recipe);
        if (!lay_into(space, recipe)) spaces_.drop(space);
    }
    return filling_;
}

void Filler::start(const Room& room, const std::vector<std::int64_t>& counts,
                   const Recipe& recipe) {
    room_ = room;
    filling_.blocks.clear();
    filling_.left = counts;
    filling_.units_left = filling_.volume = filling_.weight_mg = 0;
    for (const auto count : counts) filling_.units_left += count;
    goods_in_ = 0;
    spaces_.start(room.sides);
    find_least_sides();
    noise_ = Noise(recipe.seed);
    if (recipe.waste > 0) steps_ += reach_.start(room.sides, pieces_, counts);
    bend_.assign(pieces_.size(), 1024);
    if (recipe.noise > 0)
        for (auto& bend : bend_) bend = 1024 - recipe.noise * noise_.below(16);
}

std::size_t Filler::first_space(const Recipe& recipe) const {
    const auto& all = spaces_.all();
    const auto key = [&](const Cuboid& space) {
        return std::array<Length, 6>{space.lo[recipe.axes[0]],  space.lo[recipe.axes[1]],
                                     space.lo[recipe.axes[2]],  -space.hi[recipe.axes[2]],
                                     -space.hi[recipe.axes[1]], -space.hi[recipe.axes[0]]};
    };
    std::size_t first = 0;
    for (std::size_t i = 1; i < all.size(); ++i)
        if (key(all[i]) < key(all[first])) first = i;
    return first;
}

bool Filler::lay_into(std::size_t index, const Recipe& recipe) {
    const Cuboid space = spaces_.all()[index];
    find_floors(space);
    find_anchors(space);
    Found best;
    int tried = 0;
    for (std::size_t p = 0; p < pieces_.size(); ++p) {
        if (filling_.left[p] == 0) continue;
        try_piece(static_cast<std::int32_t>(p), space, recipe, best);
        if (steps_ > unhurried_ && (best.score >= 0 || ++tried >= most_tried_in_a_hurry)) break;
    }
    if (best.score < 0) return false;
    lay(best.block);
    return true;
}

// The tops that carry what stands in the space, as far as they reach into it.
void Filler::find_floors(const Cuboid& space) {
    on_ground_ = space.lo[2] == 0 || support_percent_ == 0;
    floors_.clear();
    if (on_ground_) return;
    for (const auto& block : filling_.blocks) {
        const auto body = block.space();
        if (body.hi[2] != space.lo[2] || !body.is_over_or_under(space)) continue;
        floors_.push_back({std::max(body.lo[0], space.lo[0]), std::max(body.lo[1], space.lo[1]),
                           std::min(body.hi[0], space.hi[0]), std::min(body.hi[1], space.hi[1])});
    }
    steps_ += static_cast<std::int64_t>(filling_.blocks.size()) / 4;
}

// Where a block's near corner may stand: the space's own, and those of the floors in it.
void Filler::find_anchors(const Cuboid& space) {
    anchors_.assign(1, space.lo);
    if (on_ground_) return;
    if (floors_.empty()) anchors_.clear();
    for (const auto& floor : floors_) {
        const Vec corner{floor.x0, floor.y0, space.lo[2]};
        if (std::find(anchors_.begin(), anchors_.end(), corner) == anchors_.end())
            anchors_.push_back(corner);
    }
}

void Filler::try_piece(std::int32_t p, const Cuboid& space, const Recipe& recipe, Found& best) {
    const auto& piece = pieces_[p];
    if (piece.clashes & goods_in_) return;
    if (piece.weight_mg > room_.capacity_mg - filling_.weight_mg) return;
    for (const auto& unit : piece.turns) {
        ++steps_;
        if (!fits(unit, space.sides())) continue;
        for (const auto& anchor : anchors_) {
            const Cuboid free{anchor, space.hi};
            if (fits(unit, free.sides())) try_turn(p, unit, free, recipe, best);
        }
    }
}

// The blocks of this turn that grow as far as they can along one axis, then the next.
void Filler::try_turn(std::int32_t p, const Vec& unit, const Cuboid& free, const Recipe& recipe,
                      Found& best) {
    const auto& piece = pieces_[p];
    std::int64_t most = filling_.left[p];
    if (piece.weight_mg > 0)
        most = std::min(most, (room_.capacity_mg - filling_.weight_mg) / piece.weight_mg);
    const Vec sides = free.sides();
    if (most == 1) return offer({p, unit, {1, 1, 1}, free.lo}, free, recipe, best);
    static constexpr int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                         {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    std::uint64_t tried[6];
    int count = 0;
    for (const auto& order : orders) {
        std::int64_t rest = most;
        Vec n{};
        std::uint64_t name = 0;
        for (const int axis : order) {
            const auto along = std::min<std::int64_t>(rest, sides[axis] / unit[axis]);
            n[axis] = static_cast<Length>(along);
            name |= static_cast<std::uint64_t>(along) << (20 * axis);
            rest /= along;
        }
        if (std::find(tried, tried + count, name) != tried + count) continue;
        tried[count++] = name;
        offer({p, unit, n, free.lo}, free, recipe, best);
    }
}

void Filler::offer(const Block& block, const Cuboid& free, const Recipe& recipe, Found& best) {
    ++steps_;
    const auto value = score(block, free, recipe);
    if (value <= best.score) return;
    if (is_supported(block) && breaks_nothing(block)) {
        best = {block, value};
        return;
    }
    if (block.units() > 1)
        offer({block.piece, block.unit, {1, 1, 1}, block.at}, free, recipe, best);
}

// Whatever is smaller on an axis than all that is still to come is lost space.
void Filler::find_least_sides() {
    least_ = {longest, longest, longest};
    for (std::size_t p = 0; p < pieces_.size(); ++p) {
        if (filling_.left[p] == 0) continue;
        for (const auto& turn : pieces_[p].turns)
            for (int axis = 0; axis < 3; ++axis) least_[axis] = std::min(least_[axis], turn[axis]);
    }
}

void Filler::lay(const Block& block) {
    const auto& piece = pieces_[block.piece];
    filling_.blocks.push_back(block);
    filling_.left[block.piece] -= block.units();
    filling_.units_left -= block.units();
    filling_.volume += block.volume();
    filling_.weight_mg += piece.weight_mg * block.units();
    goods_in_ |= piece.goods;
    if (filling_.units_left == 0) return;
    if (filling_.left[block.piece] == 0) find_least_sides();
    steps_ += spaces_.take(block.space(), least_);
}

}  // namespace kemas::cartonize
