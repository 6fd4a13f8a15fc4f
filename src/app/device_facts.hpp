// Where each device of the site is and by which profile it is driven, for people. Knows settings
// and profiles, no driver.
#pragma once

#include <string>
#include <vector>

#include "settings/settings.hpp"

namespace kemas::app {

struct DeviceFacts {
    std::string name, kind;  // kind as in DeviceHealth
    std::vector<std::string> stations;
    std::string address;   // "192.0.2.7:502 unit 1", "/dev/serial/by-id/...", a URI
    std::string profile;   // path; empty = none
    std::string written;   // its table in the site file and the bytes of its profile, as loaded
    std::string language;  // of a printer, where the site file says it
    std::string calibration_due;  // of a scale
};

std::vector<DeviceFacts> device_facts(const settings::Settings& settings);

}  // namespace kemas::app
