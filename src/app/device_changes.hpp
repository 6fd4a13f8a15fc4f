// What differs between a site's files as they were and as they are. Knows no driver.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "settings/settings.hpp"

namespace kemas::app {

// Names of devices that are new, changed or gone. All others go on untouched.
struct DeviceChanges {
    std::set<std::string> scanners, scales, printers;
    bool empty() const { return scanners.empty() && scales.empty() && printers.empty(); }
    // "scale scale-1", ...: for a person.
    std::vector<std::string> names() const;
};

// Scales that share a line with a changed one count as changed: a line has one set of limits.
DeviceChanges device_changes(const settings::Settings& before, const settings::Settings& after);

// Only the devices in `changes`, everything else as it is.
settings::Settings only(settings::Settings settings, const DeviceChanges& changes);

// Sections whose change needs a restart: "[http]", ...
std::vector<std::string> restart_needed(const settings::Settings& before,
                                        const settings::Settings& after);

}  // namespace kemas::app
