// Fills one carton by one rule: takes the free space that comes first, lays into it the block that
// suits it best, and goes on until nothing fits. Knows no carton types and no other cartons.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/cartonize/noise.hpp"
#include "core/cartonize/piece.hpp"
#include "core/cartonize/reach.hpp"
#include "core/cartonize/spaces.hpp"

namespace kemas::cartonize {

// What makes one block better than another.
enum class Measure { volume, floor, side };

using Axes = std::array<int, 3>;

// One way of filling. All are tried by the search.
struct Recipe {
    Axes axes{2, 1, 0};  // spaces by their near corner, along these axes in turn
    Measure measure = Measure::volume;
    int waste = 1;  // how often the share of the space not wasted counts: 0..4
    int few = 1;    // 0: blocks of any number; 1, 2: better blocks of fewer units
    int noise = 0;  // 0..64: how far chance may bend the choice
    std::uint64_t seed = 1;
    bool fragile_last = false;  // what breaks waits until nothing else fits the space
};

struct Filling {
    std::vector<Block> blocks;
    std::vector<std::int64_t> left;  // units of each piece that found no place
    std::int64_t units_left = 0;
    std::int64_t volume = 0;  // of what is in, mm3
    std::int64_t weight_mg = 0;
};

class Filler {
 public:
    Filler(const std::vector<Piece>& pieces, std::int64_t support_percent);

    // Fills `room` from `counts` units of each piece, after the blocks of `begun`, which another
    // filling of this room laid first; the answer lives until the next call.
    const Filling& fill(const Room& room, const std::vector<std::int64_t>& counts,
                        const Recipe& recipe, std::span<const Block> begun = {});
    std::int64_t steps() const { return steps_; }  // since the beginning
    void count(std::int64_t steps) { steps_ += steps; }
    // Beyond so many steps the first piece that fits is taken, the largest first.
    void hurry_after(std::int64_t steps) { unhurried_ = steps; }

 private:
    struct Floor {
        Length x0, y0, x1, y1;
    };
    struct Found {
        Block block;
        std::int64_t score = -1;
    };

    void start(const Room& room, const std::vector<std::int64_t>& counts, const Recipe& recipe);
    std::size_t first_space(const Recipe& recipe) const;
    bool lay_into(std::size_t space, const Recipe& recipe);
    void find_floors(const Cuboid& space);
    void find_anchors(const Cuboid& space);
    void try_piece(std::int32_t piece, const Cuboid& space, const Recipe& recipe, Found& best);
    void try_turn(std::int32_t piece, const Vec& unit, const Cuboid& free, const Recipe& recipe,
                  Found& best);
    void offer(const Block& block, const Cuboid& free, const Recipe& recipe, Found& best);
    bool is_supported(const Block& block) const;
    bool is_unit_supported(Length x0, Length y0, const Vec& unit) const;
    bool breaks_nothing(const Block& block) const;
    std::int64_t score(const Block& block, const Cuboid& free, const Recipe& recipe);
    void lay(const Block& block);
    void find_least_sides();

    const std::vector<Piece>& pieces_;
    const std::int64_t support_percent_;
    bool any_fragile_ = false;
    Spaces spaces_;
    Reach reach_;
    Noise noise_{1};
    Room room_;
    Filling filling_;
    Vec least_{};  // the shortest sides still to come, by axis
    std::uint64_t goods_in_ = 0;
    std::vector<Floor> floors_;
    std::vector<Vec> anchors_;
    std::vector<std::int64_t> bend_;  // by piece: its score's factor in 1/1024
    bool on_ground_ = true;           // of the space under way
    std::int64_t steps_ = 0;
    std::int64_t unhurried_ = std::numeric_limits<std::int64_t>::max();
};

}  // namespace kemas::cartonize
