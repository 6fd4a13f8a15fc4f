// Words read from a device, written down as a new [[sample]] of its profile.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "drivers/profile/load_profile.hpp"

namespace kemas::ctl {

// The TOML text of the sample, with what the profile makes of the words.
std::string sample_text(const profile::AnyProfile& profile, const profile::SiteFacts& site,
                        const std::vector<std::uint16_t>& words, const std::string& what);

}  // namespace kemas::ctl
