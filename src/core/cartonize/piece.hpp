// What the packing works on: equal units as one piece with the ways it may be turned, lengths as
// plain millimetres on three axes. Knows no names and no carton types.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace kemas::cartonize {

using Length = std::int32_t;               // mm
using Vec = std::array<Length, 3>;         // x, y, z upwards; a position or three sides
constexpr Length longest = 1 << 15;        // mm; of a side
constexpr std::int64_t most_units = 2000;  // of an order

constexpr std::int64_t volume_of(const Vec& sides) {
    return std::int64_t{sides[0]} * sides[1] * sides[2];
}

struct Cuboid {
    Vec lo, hi;
    Vec sides() const { return {hi[0] - lo[0], hi[1] - lo[1], hi[2] - lo[2]}; }
    bool meets(const Cuboid& other) const {
        for (int axis = 0; axis < 3; ++axis)
            if (lo[axis] >= other.hi[axis] || other.lo[axis] >= hi[axis]) return false;
        return true;
    }
    bool holds(const Cuboid& other) const {
        for (int axis = 0; axis < 3; ++axis)
            if (other.lo[axis] < lo[axis] || other.hi[axis] > hi[axis]) return false;
        return true;
    }
    bool is_over_or_under(const Cuboid& other) const {  // their shadows on the floor overlap
        return lo[0] < other.hi[0] && other.lo[0] < hi[0] && lo[1] < other.hi[1] &&
               other.lo[1] < hi[1];
    }
};

// The bits of the axes whose side may stand vertical.
enum Vertical : unsigned { vertical_x = 1, vertical_y = 2, vertical_z = 4, vertical_any = 7 };

struct Piece {
    Vec sides{};                 // as declared
    std::vector<Vec> turns;      // each different way it may lie
    std::int64_t weight_mg = 0;  // of one unit
    std::int64_t count = 0;      // units
    bool fragile = false;
    std::uint64_t goods = 0;    // the bit of its class; 0 = may lie with anything
    std::uint64_t clashes = 0;  // the classes it shares no carton with
    std::int64_t volume() const { return volume_of(sides); }
};

// The different turns of a cuboid with those sides vertical; none for a mask of 0.
std::vector<Vec> turns_of(const Vec& sides, unsigned vertical);

// The inside of a carton.
struct Room {
    Vec sides{};
    std::int64_t capacity_mg = 0;  // without the tare
    std::int64_t volume() const { return volume_of(sides); }
};

// n[0] x n[1] x n[2] units of one piece, side by side and turned alike.
struct Block {
    std::int32_t piece = 0;
    Vec unit{}, n{}, at{};
    std::int64_t units() const { return volume_of(n); }
    std::int64_t volume() const { return volume_of(unit) * units(); }
    Cuboid space() const {
        return {at, {at[0] + unit[0] * n[0], at[1] + unit[1] * n[1], at[2] + unit[2] * n[2]}};
    }
};

bool fits(const Vec& sides, const Vec& room);     // as they lie
bool fits(const Piece& piece, const Room& room);  // one unit, some way

}  // namespace kemas::cartonize
