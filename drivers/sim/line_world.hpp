// A whole line in simulated time: parcels arrive, run past readers and scale, are diverted, and now
// and then something goes wrong, all from a seed. It also knows the truth, and judges by it. Knows
// nothing of how a host decides.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/line/event.hpp"
#include "core/line/lane_choice.hpp"
#include "core/weighing/in_motion.hpp"
#include "drivers/sim/belt.hpp"
#include "drivers/sim/chance.hpp"
#include "drivers/sim/sorter_plc.hpp"
#include "drivers/sim/weigh_signal.hpp"

namespace kemas::sim {

// 13 m of belt at 2 m/s, a pulse is a millimetre: two readers, a scale, six courier lanes, one that
// brings parcels round again.
line::Layout sample_layout();

struct LinePlan {
    std::uint64_t seed = 1;
    int parcels_per_hour = 10'000;
    double speed = 2000;                   // pulses per second
    double no_read = 0.01;                 // shares of the parcels
    double slip = 0.004, removed = 0.004;  // planned; those diverted before it happens are spared
    double inserted = 0.0005;
    double stopped_orders = 0.005;
    int per_hour_double_counts = 20, per_hour_stuck = 4, per_hour_pulls = 2, per_hour_restarts = 1;
    int per_hour_full_lanes = 10, per_hour_jams = 1;
    bool weigh_signals = true;  // false: the true weight, to save time
};

// What was written on a parcel, and what became of it.
struct Label {
    std::string code, courier, service;
    bool stopped = false;  // its order must not go
    bool readable = true;
};
struct TrueParcel {
    Label label;
    double length = 0;
    Milligrams load;
    bool foreign = false, slipped = false, taken = false;
    std::optional<std::size_t> landed;  // lanes.size() = the reject lane
    int passes = 0;
};

struct Judgement {
    std::int64_t parcels = 0, foreign = 0, no_reads = 0, slipped = 0, removed = 0;
    std::int64_t in_lanes = 0, in_reject = 0, again = 0;
    std::int64_t wrong = 0;  // in a lane that is not theirs, or that must not be in any
    std::string first_wrong;
};

class LineWorld {
 public:
    LineWorld(const line::Layout& layout, LinePlan plan);

    // Lets time pass; gives what readers and scale said meanwhile, in order.
    std::vector<line::LineEvent> tick(Milliseconds step);
    // What a host would read now; nothing while the cable is pulled or the PLC starts.
    std::optional<line::Polled> look() const;
    bool reachable() const { return now_ >= cut_until_ && now_ >= starting_until_; }
    SorterPlc& plc() { return *plc_; }
    Instant now() const { return now_; }
    // What lies on a piece of belt, each body by the share of it that does.
    Milligrams load_between(double from, double to) const;
    bool jammed() const { return plc_->jammed(); }
    void no_more_parcels() { closed_ = true; }
    bool empty() const { return belt_->bodies().empty() && waiting_.empty(); }
    void no_more_faults() { calm_ = true; }

    const TrueParcel* by_code(const std::string& code) const;
    const Judgement& judgement() const { return judgement_; }
    // Divisions' limit kept by the in-motion weights so far, of those that were weighed.
    std::int64_t weighed = 0, weighed_inside = 0;

    // Faults by hand.
    void restart_plc(Milliseconds starting);
    void pull_cable(Milliseconds out);

 private:
    struct Due {  // a result on its way to the host
        Instant at;
        line::LineEvent event;
    };
    void arrive();
    void let_in(BodyId id);
    void read_and_weigh();
    line::LineEvent weigh(const TrueParcel& parcel);
    void misfortune(Milliseconds step);
    void parcels_misfortune();
    void insert_one();
    void landed(BodyId id, std::size_t lane);
    void stick_something();
    Label new_label();
    bool happens(int per_hour, Milliseconds step);

    const line::Layout& layout_;
    LinePlan plan_;
    Chance chance_;
    Instant now_{1'000'000};
    std::unique_ptr<Belt> belt_;
    std::unique_ptr<SorterPlc> plc_;
    std::map<BodyId, TrueParcel> parcels_;
    std::map<std::string, BodyId> by_code_;
    struct Fate {  // of a body on the belt
        BodyId id = 0;
        double at = 0;  // belt travel
        bool slips = false;
    };
    std::vector<Fate> fates_;
    struct Passing {
        std::size_t readers = 0;  // passed so far
        bool read = false, weighed = false;
    };
    std::map<BodyId, Passing> passing_;
    std::deque<BodyId> waiting_;  // come round, to be let in again
    std::vector<Due> due_;
    double next_arrival_ms_ = 0, ran_ms_ = 0;
    BodyId last_id_ = 0;
    Instant cut_until_, starting_until_, unstick_at_, jam_ends_;
    std::vector<Instant> full_until_;
    bool closed_ = false, calm_ = false;
    Judgement judgement_;
    weighing::InMotionScale scale_{weighing::InMotionRules{}};
};

}  // namespace kemas::sim
