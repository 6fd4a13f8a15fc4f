#include "core/rating/day.hpp"

namespace kemas::rating {
namespace {

struct Civil {
    std::int64_t year, month, day;
};

// Years that begin in March, so that the leap day is the last: eras of 400 years have 146,097 days.
Civil civil(Day day) {
    const auto shifted = day.value + 719'468;
    const auto era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    const auto of_era = shifted - era * 146'097;
    const auto year = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
    const auto of_year = of_era - (365 * year + year / 4 - year / 100);
    const auto month = (5 * of_year + 2) / 153;
    const auto real_month = month < 10 ? month + 3 : month - 9;
    return {year + era * 400 + (real_month <= 2 ? 1 : 0), real_month,
            of_year - (153 * month + 2) / 5 + 1};
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

std::int64_t wall_minutes(Instant at, int utc_offset_minutes) {
    return floor_divide(at.value, 60'000) + utc_offset_minutes;
}

std::string two(std::int64_t n) {
    return (n < 10 ? "0" : "") + std::to_string(n);
}

// -1 when `text` is no run of digits.
int number(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return text.empty() ? -1 : value;
}

}  // namespace

Day day_of(int year, int month, int day) {
    const std::int64_t shifted = month <= 2 ? year - 1 : year;
    const auto era = floor_divide(shifted, 400);
    const auto of_era = shifted - era * 400;
    const auto of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return {era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468};
}

Day day_at(Instant at, int utc_offset_minutes) {
    return {floor_divide(wall_minutes(at, utc_offset_minutes), 1440)};
}

int minute_at(Instant at, int utc_offset_minutes) {
    const auto minutes = wall_minutes(at, utc_offset_minutes);
    return static_cast<int>(minutes - floor_divide(minutes, 1440) * 1440);
}

int weekday(Day day) {
    const auto since_sunday = (day.value + 4) % 7;  // 1970-01-01 was a Thursday
    return static_cast<int>(since_sunday < 0 ? since_sunday + 7 : since_sunday);
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    const int year = number(text.substr(0, 4)), month = number(text.substr(5, 2)),
              day = number(text.substr(8, 2));
    if (year < 1900 || month < 1 || month > 12 || day < 1 || day > 31) return {};
    const auto found = day_of(year, month, day);
    if (civil(found).day != day) return {};  // 31 April
    return found;
}

std::string to_text(Day day) {
    if (day == kEver || day == kForever) return {};
    const auto date = civil(day);
    return std::to_string(date.year) + "-" + two(date.month) + "-" + two(date.day);
}

std::optional<int> parse_minute(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon > 2 || text.size() != colon + 3) return {};
    const int hour = number(text.substr(0, colon)), minute = number(text.substr(colon + 1));
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return {};
    return hour * 60 + minute;
}

}  // namespace kemas::rating
