#include "core/cartonize/reach.hpp"

#include <algorithm>

namespace kemas::cartonize {

std::int64_t Reach::start(const Vec& room, const std::vector<Piece>& pieces,
                          const std::vector<std::int64_t>& counts) {
    std::int64_t steps = 0;
    for (int axis = 0; axis < 3; ++axis) {
        auto& best = best_[axis];
        // -1: no sum is this long. Else the sum; at the end each takes the one before where none.
        best.assign(room[axis] + 1, -1);
        best[0] = 0;
        for (std::size_t p = 0; p < pieces.size(); ++p) {
            if (counts[p] == 0) continue;
            Length done[6];
            int sides = 0;
            for (const auto& turn : pieces[p].turns) {
                const Length side = turn[axis];
                if (side > room[axis] || std::find(done, done + sides, side) != done + sides)
                    continue;
                done[sides++] = side;
                // used[l] = how many of this side the sum l took; -1 by others only = none yet
                const std::int64_t most = std::min<std::int64_t>(counts[p], room[axis] / side);
                for (std::int64_t n = 0; n < most; ++n) {
                    bool grew = false;
                    for (Length sum = room[axis]; sum >= side; --sum)
                        if (best[sum] < 0 && best[sum - side] >= 0) best[sum] = sum, grew = true;
                    steps += room[axis] / 16;
                    if (!grew) break;
                }
            }
        }
        for (Length sum = 1; sum <= room[axis]; ++sum)
            if (best[sum] < 0) best[sum] = best[sum - 1];
    }
    return steps;
}

}  // namespace kemas::cartonize
