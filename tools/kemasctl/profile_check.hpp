// Whether profile files hold: read strictly, and every sample read as the driver would read it.
#pragma once

#include <string>
#include <vector>

#include "core/fault.hpp"
#include "drivers/profile/load_profile.hpp"

namespace kemas::ctl {

// Mistakes as `file:line: what`, one a line of the fault.
Result<profile::AnyProfile> check_profile(const std::string& path);
// The same for text that is not yet in a file.
Result<profile::AnyProfile> check_profile_text(const std::string& text, const std::string& name);

// The .toml files that a name stands for: itself, or all below a folder, sorted.
Result<std::vector<std::string>> profile_files(const std::string& name);

}  // namespace kemas::ctl
