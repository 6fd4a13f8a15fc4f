// From firmware-profiles/scale/*.toml to a ScaleProfile. Strict: every mistake is reported as
// `file:line: what, and what was expected`, all of them at once.
#pragma once

#include <string>
#include <string_view>

#include "core/fault.hpp"
#include "drivers/profile/scale_profile.hpp"

namespace kemas::profile {

// Reads and checks a profile file of at most 1 MiB. Faults: Remedy::call_person, one mistake a
// line.
Result<ScaleProfile> load_scale_profile(const std::string& path);
// The same for text already read; `name` stands for the file in messages.
Result<ScaleProfile> parse_scale_profile(std::string_view toml, const std::string& name);

}  // namespace kemas::profile
