// Notices which devices came up or went down since the last look. Knows no clock and no ledger.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/input.hpp"
#include "ports/device_health.hpp"

namespace kemas::app {

class DeviceWatch {
 public:
    // What changed since the last call; at the first call every device is news. A change of the
    // state's word alone (a printer begins to print) is none.
    std::vector<DeviceChanged> look(const std::vector<DeviceHealth>& devices);

 private:
    std::map<std::string, bool> up_;  // by kind and name
};

}  // namespace kemas::app
