// From any file of firmware-profiles to what it says. Strict: every mistake is reported as
// `file:line: what, and what was expected`, all of them at once.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "core/fault.hpp"
#include "drivers/profile/printer_profile.hpp"
#include "drivers/profile/scale_profile.hpp"
#include "drivers/profile/scanner_profile.hpp"
#include "drivers/profile/text_scale_profile.hpp"

namespace kemas::profile {

using AnyProfile =
    std::variant<ScaleProfile, TextScaleProfile, DeviceProfile, ScannerProfile, PrinterProfile>;

// Reads and checks a profile file of at most 1 MiB. Faults: Remedy::call_person, one mistake a
// line.
Result<AnyProfile> load_profile(const std::string& path);
// The same for text already read; `name` stands for the file in messages.
Result<AnyProfile> parse_profile(std::string_view toml, const std::string& name);

// The same where only one kind will do; another kind is a fault that names what it is.
Result<ScaleProfile> load_scale_profile(const std::string& path);
Result<ScaleProfile> parse_scale_profile(std::string_view toml, const std::string& name);
Result<TextScaleProfile> load_text_scale_profile(const std::string& path);
Result<DeviceProfile> load_device_profile(const std::string& path);  // conveyor or io
Result<ScannerProfile> load_scanner_profile(const std::string& path);
Result<PrinterProfile> load_printer_profile(const std::string& path);

const Head& head_of(const AnyProfile& profile);

}  // namespace kemas::profile
