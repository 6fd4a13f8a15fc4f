// What the disk itself can do: one appended block and one sync after the other.
#pragma once

#include <string>
#include <vector>

namespace kemas::bench {

struct Samples {  // of one slice
    std::vector<double> us;
    double seconds = 0;
    double rate() const { return seconds > 0 ? static_cast<double>(us.size()) / seconds : 0; }
};

constexpr double slow_floor_us = 1000;  // a round whose floor p99 is above this is told apart

// Appends 4 KiB and calls fdatasync, again and again, in a new file of `folder`.
Samples measure_floor(const std::string& folder, double seconds);

}  // namespace kemas::bench
