// How long after a photo-eye a divert stands in the PLC's register: four simulated lines behind
// Modbus TCP, driver and state machine on the loop that polls all the other devices.
#pragma once

#include <string>
#include <vector>

#include "drivers/profile/load_profile.hpp"

namespace kemas::bench {

// Milliseconds, one a divert: from the moment the PLC shows the parcel's tail at its gate to the
// moment it has the divert. `devices` scales of `profile` and the lines are polled every `poll_ms`.
std::vector<double> divert_times(const profile::ScaleProfile& profile,
                                 const std::string& source_root, int devices, int poll_ms);

}  // namespace kemas::bench
