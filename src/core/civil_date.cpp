#include "core/civil_date.hpp"

#include <cstdint>

namespace kemas {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_in(int year, int month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

std::string two(int n) {
    return (n < 10 ? "0" : "") + std::to_string(n);
}

}  // namespace

CivilDate civil_date(Instant at, int utc_offset_minutes) {
    auto day = (at.value + std::int64_t{utc_offset_minutes} * 60'000) / day_ms;
    CivilDate date;
    for (; day >= (is_leap(date.year) ? 366 : 365); ++date.year)
        day -= is_leap(date.year) ? 366 : 365;
    for (; day >= days_in(date.year, date.month); ++date.month)
        day -= days_in(date.year, date.month);
    date.day += static_cast<int>(day);
    return date;
}

std::string iso_date(CivilDate date) {
    return std::to_string(date.year) + "-" + two(date.month) + "-" + two(date.day);
}

}  // namespace kemas
