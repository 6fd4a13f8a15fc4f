// How a device is doing, as /status and the dashboard show it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/quantities.hpp"

namespace kemas {

struct DeviceHealth {
    std::string name;  // as the site file names it
    std::string kind;  // "scanner", "scale", "printer", "order database"
    bool up = false;
    std::string state;  // one word for the dashboard: "ready", "connecting", "overload", ...
    std::string error;  // the last one, with the next step; kept after recovery
    Instant since;      // when `up` last changed
    Instant heard;      // last sign of life; 0 = never
    std::string alarm;  // what a person should see to although it works; empty = nothing
};

// What a device says right now, as a person reads it: {"stable", "yes"}, {"words", "04D2 0001"}.
// The names are the driver's or the profile's; nothing may be decided by them.
using LiveFacts = std::vector<std::pair<std::string, std::string>>;

}  // namespace kemas
