#include "core/rating/promise.hpp"

namespace kemas::rating {
namespace {

constexpr int kMostIdleDays = 60;  // a calendar without a working day for so long is a mistake

Day next_working_day(const RateBook& book, const ServiceRow& service, Day day) {
    for (int i = 0; i < kMostIdleDays && !works(book, service, day); ++i) day += Day{1};
    return day;
}

}  // namespace

bool works(const RateBook& book, const ServiceRow& service, Day day) {
    const int of_week = weekday(day);
    if (service.week != Week::every_day && of_week == 0) return false;
    if (service.week == Week::monday_to_friday && of_week == 6) return false;
    return !book.is_holiday(service.courier, day);
}

Day promised_day(const RateBook& book, const ServiceRow& service, Day day, int minute,
                 int transit_days) {
    const auto cut_off = parse_minute(service.cut_off);
    if (cut_off && minute > *cut_off) day += Day{1};
    day = next_working_day(book, service, day);
    for (int i = 0; i < transit_days; ++i) day = next_working_day(book, service, day + Day{1});
    return day;
}

}  // namespace kemas::rating
