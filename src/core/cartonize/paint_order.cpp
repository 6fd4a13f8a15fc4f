#include "core/cartonize/paint_order.hpp"

namespace kemas::cartonize {
namespace {

// A line of sight meets ever smaller coordinates: what lies wholly below on some axis is behind.
// Behind on one axis and before on another means that no line of sight meets both.
bool is_behind(const Cuboid& a, const Cuboid& b) {
    bool behind = false;
    for (int axis = 0; axis < 3; ++axis) {
        if (b.hi[axis] <= a.lo[axis]) return false;
        behind |= a.hi[axis] <= b.lo[axis];
    }
    return behind;
}

struct Painting {
    const std::vector<Cuboid>& bodies;
    std::vector<bool> seen;
    std::vector<std::size_t> order;

    void paint(std::size_t at) {
        if (seen[at]) return;
        seen[at] = true;
        for (std::size_t i = 0; i < bodies.size(); ++i)
            if (!seen[i] && is_behind(bodies[i], bodies[at])) paint(i);
        order.push_back(at);
    }
};

}  // namespace

std::vector<std::size_t> paint_order(const std::vector<Cuboid>& bodies) {
    Painting painting{bodies, std::vector<bool>(bodies.size(), false), {}};
    for (std::size_t i = 0; i < bodies.size(); ++i) painting.paint(i);
    return painting.order;
}

}  // namespace kemas::cartonize
