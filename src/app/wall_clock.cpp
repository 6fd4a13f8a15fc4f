#include "app/wall_clock.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <chrono>

namespace kemas::app {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

struct Fields {
    int year;
    unsigned month, day;
    std::int64_t hour, minute, second, ms;
};

Fields split(Instant at) {
    const date::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(at.value)};
    const auto day = date::floor<date::days>(time);
    const date::year_month_day ymd{day};
    const auto rest = (time - day).count();
    return {int(ymd.year()),    unsigned(ymd.month()), unsigned(ymd.day()), rest / 3'600'000,
            rest / 60'000 % 60, rest / 1000 % 60,      rest % 1000};
}

}  // namespace

Instant wall_clock() {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

std::string iso_text(Instant at) {
    const auto f = split(at);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", f.year, f.month, f.day, f.hour,
                       f.minute, f.second, f.ms);
}

std::string local_text(Instant at, int utc_offset_minutes) {
    const auto f = split({at.value + utc_offset_minutes * 60'000LL});
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", f.year, f.month, f.day, f.hour, f.minute);
}

Instant local_midnight(Instant now, int utc_offset_minutes) {
    const auto local = now.value + utc_offset_minutes * 60'000LL;
    return {local - local % day_ms - utc_offset_minutes * 60'000LL};
}

}  // namespace kemas::app
