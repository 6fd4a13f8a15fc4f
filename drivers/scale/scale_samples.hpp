// Reads the samples of a Modbus scale's profile with the driver's own codec.
#pragma once

#include <string>
#include <vector>

#include "drivers/profile/scale_profile.hpp"

namespace kemas::scale {

// As kemas::profile::wrong_samples.
std::vector<std::string> wrong_samples(const profile::ScaleProfile& profile);

}  // namespace kemas::scale
