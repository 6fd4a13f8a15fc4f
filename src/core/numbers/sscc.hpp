// Serial shipping container codes of a company (GS1 General Specifications 3.3.1): extension digit,
// company prefix, serial, check digit; 18 digits. Keeps no count.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kemas::numbers {

// A GS1 company prefix has 4 to 12 digits.
bool is_company_prefix(std::string_view text);

// The SSCC of a serial from 0; nothing when the prefix leaves no room for it: all serials are used
// up. `prefix` has passed is_company_prefix(), `extension` is 0 to 9.
std::optional<std::string> make_sscc(int extension, std::string_view prefix, std::int64_t serial);

}  // namespace kemas::numbers
