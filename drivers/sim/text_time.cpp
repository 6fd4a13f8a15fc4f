#include "drivers/sim/text_time.hpp"

#include "core/civil_date.hpp"

namespace kemas::sim {
namespace {

std::string two(std::int64_t n) {
    return (n < 10 ? "0" : "") + std::to_string(n);
}

}  // namespace

std::string iso_of(Instant at) {
    const auto date = civil_date(at, 0);
    const auto s = at.value / 1000 % 86'400;
    return std::to_string(date.year) + "-" + two(date.month) + "-" + two(date.day) + "T" +
           two(s / 3600) + ":" + two(s / 60 % 60) + ":" + two(s % 60) + "Z";
}

}  // namespace kemas::sim
