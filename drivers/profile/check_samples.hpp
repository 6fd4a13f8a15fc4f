// Reads the samples of a profile as the driver would, and tells where the file contradicts itself.
// Pure. The samples of scales and scanners need their codecs: drivers/scale, drivers/scanner.
#pragma once

#include <string>
#include <vector>

#include "drivers/profile/device_profile.hpp"
#include "drivers/profile/printer_profile.hpp"

namespace kemas::profile {

// One `file:line: sample "what": name is x, expected y` for each thing that reads otherwise.
std::vector<std::string> wrong_samples(const DeviceProfile& profile);
// Replies of bytes only; a sample of another form is left to the printer's codec.
std::vector<std::string> wrong_samples(const PrinterProfile& profile);

// "yes", "12.5", "blocked": what the words tell of a named value, counter or status.
std::string meaning_of(const DeviceProfile& profile, const std::string& name,
                       const std::vector<std::uint16_t>& words);

// The head of such a line.
std::string sample_at(const Head& head, int line, const std::string& what);

}  // namespace kemas::profile
