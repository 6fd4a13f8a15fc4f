// Calendar days as numbers, for the validity of a tariff and for promises. Knows no wall clock.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "core/quantities.hpp"

namespace kemas::rating {

using Day = Quantity<struct DayTag>;  // days since 1970-01-01 on the site's wall calendar
constexpr Day kEver{std::numeric_limits<std::int32_t>::min()};  // valid_from of "always"
constexpr Day kForever{
    std::numeric_limits<std::int32_t>::max()};  // valid_to of "until further notice"

// Proleptic Gregorian; the date must exist (parse_day checks).
Day day_of(int year, int month, int day);
// The day and the minute of it (0 to 1439) that the site's wall shows at `at`.
Day day_at(Instant at, int utc_offset_minutes);
int minute_at(Instant at, int utc_offset_minutes);
int weekday(Day day);                               // 0 = Sunday
std::optional<Day> parse_day(std::string_view);     // "2025-08-18", years 1900 to 9999
std::string to_text(Day day);                       // "2025-08-18"; "" for kEver and kForever
std::optional<int> parse_minute(std::string_view);  // "16:00", of the day

}  // namespace kemas::rating
