// The readings of one parcel's run over a scale, made even: a polled scale's come when they come,
// and the weight is a mean of samples at equal distances. Knows no device.
#pragma once

#include <cstdint>
#include <vector>

#include "core/quantities.hpp"

namespace kemas::weighing {

struct TimedReading {
    std::int64_t at_us = 0;  // any steady clock
    Milligrams gross;
};

// Samples at `rate_hz` up to the last reading, straight lines between readings, from the first one
// that no gap above `longest_gap_ms` follows. `readings` in the order of time.
std::vector<Milligrams> evened(const std::vector<TimedReading>& readings, int rate_hz,
                               int longest_gap_ms);

}  // namespace kemas::weighing
