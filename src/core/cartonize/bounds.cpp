#include "core/cartonize/bounds.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace kemas::cartonize {
namespace {

constexpr std::int64_t whole = 5040;  // of a side of the room; divisible by 2 to 10

// Dual feasible functions of a side in a room's: sums of sides that fit keep within `whole`.
// 0: the side itself. 1..4: fractions rounded down between multiples of 1/(k + 1). 5: only sides
// beyond half count, and the whole of them.
constexpr int functions = 6;
constexpr std::size_t most_shaped = 100;  // pieces

std::int64_t shaped(int function, Length side, Length room) {
    const auto part = std::int64_t{side} * whole;
    if (function == 0) return part / room;  // rounded down: never more than it is
    if (function == 5) return 2 * side > room ? whole : 2 * side == room ? whole / 2 : 0;
    const std::int64_t k = function;
    const auto times = (k + 1) * std::int64_t{side};
    if (times % room == 0) return part / room;
    return times / room * (whole / k);
}

using Shapes = std::array<std::array<std::int64_t, functions>, 3>;

// By axis and function, of one turn.
Shapes shapes_of(const Vec& turn, const Vec& room) {
    Shapes shapes;
    for (int axis = 0; axis < 3; ++axis)
        for (int f = 0; f < functions; ++f) shapes[axis][f] = shaped(f, turn[axis], room[axis]);
    return shapes;
}

struct Turns {
    std::vector<Shapes> shapes;
    std::int64_t count;
};

std::int64_t least_share(const Turns& turns, int x, int y, int z) {
    auto least = std::numeric_limits<std::int64_t>::max();
    for (const auto& shapes : turns.shapes)
        least = std::min(least, shapes[0][x] * shapes[1][y] * shapes[2][z]);
    return least;
}

bool too_much_in_some_shape(const std::vector<Turns>& all) {
    for (int f = 1; f < functions * functions * functions; ++f) {
        std::int64_t rest = whole * whole * whole;
        for (const auto& turns : all) {
            const auto share = least_share(turns, f % functions, f / functions % functions,
                                           f / functions / functions);
            if (share > 0 && turns.count > rest / share) return true;
            rest -= share * turns.count;
        }
    }
    return false;
}

bool clash(const std::vector<Piece>& pieces, const Counts& counts) {
    std::uint64_t goods = 0, clashes = 0;
    for (std::size_t p = 0; p < pieces.size(); ++p)
        if (counts[p] > 0) goods |= pieces[p].goods, clashes |= pieces[p].clashes;
    return (goods & clashes) != 0;
}

}  // namespace

std::int64_t volume_of(const std::vector<Piece>& pieces, const Counts& counts) {
    std::int64_t sum = 0;
    for (std::size_t p = 0; p < pieces.size(); ++p) sum += pieces[p].volume() * counts[p];
    return sum;
}

std::int64_t weight_of(const std::vector<Piece>& pieces, const Counts& counts) {
    std::int64_t sum = 0;
    for (std::size_t p = 0; p < pieces.size(); ++p) sum += pieces[p].weight_mg * counts[p];
    return sum;
}

bool may_share(const Room& room, const std::vector<Piece>& pieces, const Counts& counts) {
    if (volume_of(pieces, counts) > room.volume()) return false;
    if (weight_of(pieces, counts) > room.capacity_mg) return false;
    if (clash(pieces, counts)) return false;
    std::vector<Turns> all;
    for (std::size_t p = 0; p < pieces.size(); ++p) {
        if (counts[p] == 0) continue;
        Turns turns{{}, counts[p]};
        for (const auto& turn : pieces[p].turns)
            if (fits(turn, room.sides)) turns.shapes.push_back(shapes_of(turn, room.sides));
        if (turns.shapes.empty()) return false;
        all.push_back(std::move(turns));
    }
    if (all.size() > most_shaped) return true;  // long to tell, and seldom true of so many
    return !too_much_in_some_shape(all);
}

bool may_split(const std::vector<Room>& rooms, const std::vector<std::uint64_t>& fit,
               const std::vector<Piece>& pieces, const Counts& counts) {
    // What only some of the rooms can take must go into those.
    struct Share {
        std::int64_t volume = 0, weight = 0;
    };
    std::map<std::uint64_t, Share> needs;  // by the rooms that it may go into
    for (std::size_t p = 0; p < pieces.size(); ++p) {
        if (counts[p] == 0) continue;
        auto& need = needs[fit[p]];
        need.volume += pieces[p].volume() * counts[p];
        need.weight += pieces[p].weight_mg * counts[p];
    }
    for (const auto& [some, unused] : needs) {
        Share need, has;
        for (const auto& [others, share] : needs) {
            if (others & ~some) continue;
            need.volume += share.volume;
            need.weight += share.weight;
        }
        for (std::size_t r = 0; r < rooms.size() && r < 64; ++r) {
            if (!(some >> r & 1)) continue;
            has.volume += rooms[r].volume();
            has.weight += rooms[r].capacity_mg;
        }
        if (need.volume > has.volume || need.weight > has.weight) return false;
    }
    return true;
}

}  // namespace kemas::cartonize
