// How much of a length the sides still to come can fill: the estimate of what a place wastes.
#pragma once

#include <vector>

#include "core/cartonize/piece.hpp"

namespace kemas::cartonize {

class Reach {
 public:
    // For the pieces that may lie in a room, by their counts; again for the same ones is free. The
    // pieces are the same in every call. Returns the work done, in steps.
    std::int64_t start(const Vec& room, const std::vector<Piece>& pieces,
                       const std::vector<std::int64_t>& counts);
    // The greatest sum of sides along `axis` that is at most `length`; `length` up to the room's.
    Length within(int axis, Length length) const { return best_[axis][length]; }

 private:
    Vec room_{};  // what the answer below is for
    std::vector<std::int64_t> counts_;
    std::array<std::vector<Length>, 3> best_;
};

}  // namespace kemas::cartonize
