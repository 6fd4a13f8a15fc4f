// The line's state machine over the simulated line, in simulated time: the whole story of some
// hours in seconds, with nothing between them but function calls.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/line/reason.hpp"
#include "drivers/sim/line_world.hpp"

namespace kemas::sim {

struct LineTally {
    Judgement truth;
    std::int64_t asked = 0, diverted = 0, failed = 0, unknown = 0, rejected = 0;
    std::map<line::Reason, std::int64_t> reasons;
    std::int64_t strays = 0, double_counts = 0, distrusts = 0, lanes_shut = 0;
    // The line says one thing of a parcel whose label it read, and the truth is another.
    std::int64_t false_proofs = 0;
    std::int64_t weighed = 0, weighed_inside = 0;
    std::int64_t longest_beat_gap_ms = 0;  // while the PLC could be reached
    std::int64_t left_on_belt = 0;
    std::string first_false;
    // What the state machine must never do: write undecided or late, clear a jam by itself, tell an
    // end twice.
    std::int64_t broken = 0;
    std::string first_broken;
};

LineTally run_line(const line::Layout& layout, const LinePlan& plan, double hours,
                   Milliseconds poll_period = {10});

}  // namespace kemas::sim
