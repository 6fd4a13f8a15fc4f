#include "core/cartonize/piece.hpp"

#include <algorithm>

namespace kemas::cartonize {

std::vector<Vec> turns_of(const Vec& sides, unsigned vertical) {
    std::vector<Vec> turns;
    const auto add = [&](const Vec& turn) {
        if (std::find(turns.begin(), turns.end(), turn) == turns.end()) turns.push_back(turn);
    };
    for (int up = 2; up >= 0; --up) {
        if (!(vertical >> up & 1)) continue;
        const int a = up == 0 ? 1 : 0, b = up == 2 ? 1 : 2;
        add({sides[a], sides[b], sides[up]});
        add({sides[b], sides[a], sides[up]});
    }
    return turns;
}

bool fits(const Vec& sides, const Vec& room) {
    return sides[0] <= room[0] && sides[1] <= room[1] && sides[2] <= room[2];
}

bool fits(const Piece& piece, const Room& room) {
    if (piece.weight_mg > room.capacity_mg) return false;
    return std::any_of(piece.turns.begin(), piece.turns.end(),
                       [&](const Vec& turn) { return fits(turn, room.sides); });
}

}  // namespace kemas::cartonize
