// Reads the samples of a text scale's profile with the driver's own cutter and codec.
#pragma once

#include <string>
#include <vector>

#include "drivers/profile/text_scale_profile.hpp"

namespace kemas::scale {

// As kemas::profile::wrong_samples.
std::vector<std::string> wrong_samples(const profile::TextScaleProfile& profile);

}  // namespace kemas::scale
