// How a conveyor line is doing, for the dashboard. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kemas::app {

struct LineLive {
    struct Lane {
        std::string name;
        bool open = false, full = false, down = false;
    };
    struct Feed {
        std::string name, state;             // as its health
        std::vector<std::string> jam;        // the zones: "upstream", "downstream"
        std::int64_t arrived = 0, left = 0;  // cartons, since the start
        bool counts_sure = true;             // false: some were not seen
    };
    std::string name, state;       // as its PLC's health
    std::string distrust;          // why the whole line is not trusted; empty = it is
    std::string last_reject;       // the last parcel's reason
    std::string last_reject_text;  // for the operator, with the next step
    std::vector<Lane> lanes;
    std::vector<Feed> feeds;
    std::int64_t on_belt = 0, in_lanes = 0, rejected = 0, unknown = 0;  // counts: since the start
};

}  // namespace kemas::app
