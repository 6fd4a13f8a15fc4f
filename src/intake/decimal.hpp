// Numbers as people write them, into integers. Knows no unit and no floating point.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace kemas::intake {

// Digits with an optional sign, nothing else; the error is a reason to put behind a field's name.
tl::expected<std::int64_t, std::string> parse_integer(std::string_view text);

// "250", "12.5" or "12,5" with at most `places` decimals (0 to 6), times 10^places: 12.5 with 3
// places is 12500. Point or comma, never both: thousands are not grouped.
tl::expected<std::int64_t, std::string> parse_decimal(std::string_view text, int places);

// Looks like a number that a spreadsheet has rewritten (1,12345E+15): digits are lost for ever.
bool is_spreadsheet_damage(std::string_view text);

}  // namespace kemas::intake
