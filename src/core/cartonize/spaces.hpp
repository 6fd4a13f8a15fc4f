// The empty maximal spaces of a carton: each the largest cuboid free of what lies there, so they
// overlap. Knows no pieces beyond the shortest sides that are still to come.
#pragma once

#include <vector>

#include "core/cartonize/piece.hpp"

namespace kemas::cartonize {

class Spaces {
 public:
    void start(const Vec& room);

    const std::vector<Cuboid>& all() const { return all_; }
    void drop(std::size_t index);

    // Cuts `taken` out of all spaces; what is left narrower than `least` on some axis is forgotten.
    // Returns the work done, in steps.
    std::int64_t take(const Cuboid& taken, const Vec& least);

 private:
    void keep(const Cuboid& space, std::size_t fresh_from);
    std::vector<Cuboid> all_;
    std::vector<Cuboid> fresh_;
};

}  // namespace kemas::cartonize
