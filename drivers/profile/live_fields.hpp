// Every named field of a Modbus device's words as a pair of texts, for people to look at. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "drivers/profile/decode.hpp"

namespace kemas::profile {

// {"stable", "yes"}, {"speed", "0.5 m/s"}, ... in the profile's order: status, values, counters,
// and last the bits that must keep changing ("heartbeat").
std::vector<std::pair<std::string, std::string>> live_fields(const ModbusProfile& profile,
                                                             Words words);

}  // namespace kemas::profile
