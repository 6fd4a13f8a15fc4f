// Checks the value of one application identifier against its format. Knows no element strings.
#pragma once

#include <string>
#include <string_view>

namespace kemas::barcode {

// Empty when `value` fits `format` (see AiRun::format); else what is wrong, as the end of a
// sentence: "is too short", "holds 'A' where a digit belongs".
std::string complaint_about(std::string_view format, std::string_view value);

}  // namespace kemas::barcode
