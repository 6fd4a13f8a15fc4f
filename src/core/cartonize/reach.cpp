#include "core/cartonize/reach.hpp"

#include <algorithm>

namespace kemas::cartonize {
namespace {

// The lengths that sums of sides can have, a bit each.
class Sums {
 public:
    explicit Sums(Length longest_sum)
        : words_(static_cast<std::size_t>(longest_sum) / 64 + 1, 0), most_(longest_sum) {
        words_[0] = 1;
    }
    bool has(Length sum) const { return words_[sum / 64] >> (sum % 64) & 1; }
    std::int64_t steps() const { return steps_; }

    // Lets every sum have one more of this side.
    void add(Length side) {
        const auto whole = static_cast<std::size_t>(side / 64);
        const int rest = side % 64;
        for (std::size_t i = words_.size(); i-- > whole;) {
            auto moved = words_[i - whole] << rest;
            if (rest > 0 && i > whole) moved |= words_[i - whole - 1] >> (64 - rest);
            words_[i] |= moved;
        }
        steps_ += static_cast<std::int64_t>(words_.size()) / 8 + 1;
    }
    void write(std::vector<Length>& best) {
        best.resize(most_ + 1);
        Length last = 0;
        for (Length sum = 0; sum <= most_; ++sum) best[sum] = last = has(sum) ? sum : last;
        steps_ += most_ / 16;
    }

 private:
    std::vector<std::uint64_t> words_;
    Length most_;
    std::int64_t steps_ = 0;
};

}  // namespace

std::int64_t Reach::start(const Vec& room, const std::vector<Piece>& pieces,
                          const std::vector<std::int64_t>& counts) {
    if (room == room_ && counts == counts_) return 1;
    room_ = room;
    counts_ = counts;
    std::int64_t steps = 0;
    for (int axis = 0; axis < 3; ++axis) {
        Sums sums(room[axis]);
        for (std::size_t p = 0; p < pieces.size(); ++p) {
            Length before = 0;
            for (const auto& turn : pieces[p].turns) {
                const Length side = turn[axis];
                if (side == before || side > room[axis]) continue;
                before = side;
                for (auto n = std::min<std::int64_t>(counts[p], room[axis] / side); n > 0; --n)
                    sums.add(side);
            }
        }
        sums.write(best_[axis]);
        steps += sums.steps();
    }
    return steps;
}

}  // namespace kemas::cartonize
