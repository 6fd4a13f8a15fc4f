// Bodies on a moving belt, the eyes that see their edges, and the lanes that take them. Physics
// only: knows no PLC, no label and no fault's reason. Lengths are pulses; one pulse may be a
// millimetre.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

#include "core/line/layout.hpp"

namespace kemas::sim {

using BodyId = std::int64_t;

struct Body {
    BodyId id = 0;
    double zero = 0;    // the belt's travel when its tail was at the first eye
    double length = 0;  // its head runs in front
    std::size_t next_eye = 0, next_divert = 0;  // not passed yet
};

// What an eye holds: it counts tails, and latches where the belt was.
struct BeltEye {
    std::uint64_t count = 0;
    double edge = 0, length = 0;
};

class Belt {
 public:
    // Called when a run of touching bodies has passed a lane's divert: true sends it into the lane.
    using Pusher = std::function<bool(std::size_t lane, double edge, double length)>;
    // Where a body ended: a lane, or layout.lanes.size() for the reject lane.
    using Landed = std::function<void(BodyId, std::size_t lane)>;

    Belt(const line::Layout& layout, Pusher pusher, Landed landed);

    void advance(double pulses);
    double travel() const { return travel_; }
    // Puts a body with its tail `at` pulses behind the first eye (negative: before it). False when
    // the place is taken.
    bool put(BodyId id, double at, double length);
    bool remove(BodyId id);
    // Moves it back by up to `distance`; it pushes those behind it.
    void slip(BodyId id, double distance);
    const std::deque<Body>& bodies() const { return bodies_; }  // front first
    const Body* find(BodyId id) const;
    bool blocked(std::size_t eye) const;

    std::vector<BeltEye> eyes, lane_eyes;

 private:
    struct Run {  // touching bodies that are passing a place
        std::vector<BodyId> bodies;
        double head = 0;
    };
    struct Falling {
        BodyId id = 0;
        std::size_t lane = 0;
        double seen_at = 0, length = 0;
    };
    bool tail_is_seen(std::size_t index, Run& run, double& length);
    void pass_eyes(std::size_t index);
    bool pass_diverts(std::size_t index);

    const line::Layout& layout_;
    Pusher pusher_;
    Landed landed_;
    double travel_ = 0;
    std::deque<Body> bodies_;
    std::vector<Run> eye_runs_, divert_runs_;
    std::deque<Falling> falling_;
};

}  // namespace kemas::sim
