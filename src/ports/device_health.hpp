// How a device is doing, as /status and the dashboard show it.
#pragma once

#include <string>

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

}  // namespace kemas
