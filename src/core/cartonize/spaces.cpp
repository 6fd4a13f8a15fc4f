#include "core/cartonize/spaces.hpp"

#include <algorithm>

namespace kemas::cartonize {

void Spaces::start(const Vec& room) {
    all_.assign(1, Cuboid{{0, 0, 0}, room});
}

void Spaces::drop(std::size_t index) {
    all_[index] = all_.back();
    all_.pop_back();
}

std::int64_t Spaces::take(const Cuboid& taken, const Vec& least) {
    fresh_.clear();
    std::size_t kept = 0;
    std::int64_t steps = static_cast<std::int64_t>(all_.size());
    for (std::size_t i = 0; i < all_.size(); ++i) {
        const Cuboid space = all_[i];
        if (!space.meets(taken)) {
            if (fits(least, space.sides())) all_[kept++] = space;
            continue;
        }
        for (int axis = 0; axis < 3; ++axis) {
            Cuboid before = space, after = space;
            before.hi[axis] = taken.lo[axis];
            after.lo[axis] = taken.hi[axis];
            if (fits(least, before.sides())) fresh_.push_back(before);
            if (fits(least, after.sides())) fresh_.push_back(after);
        }
    }
    all_.resize(kept);
    for (std::size_t i = 0; i < fresh_.size(); ++i) {
        steps += static_cast<std::int64_t>(fresh_.size() + all_.size()) / 4 + 1;
        keep(fresh_[i], i);
    }
    return steps;
}

// Unless another one holds it; of two equal ones the later stays.
void Spaces::keep(const Cuboid& space, std::size_t at) {
    for (std::size_t i = 0; i < fresh_.size(); ++i) {
        if (i == at || !fresh_[i].holds(space)) continue;
        if (i > at || !space.holds(fresh_[i])) return;
    }
    for (const auto& other : all_)
        if (other.holds(space)) return;
    all_.push_back(space);
}

}  // namespace kemas::cartonize
