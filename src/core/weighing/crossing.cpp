#include "core/weighing/crossing.hpp"

#include <algorithm>

#include "core/assert.hpp"

namespace kemas::weighing {

std::vector<Milligrams> evened(const std::vector<TimedReading>& readings, int rate_hz,
                               int longest_gap_ms) {
    KEMAS_ASSERT(rate_hz > 0 && longest_gap_ms > 0);
    if (readings.empty()) return {};
    auto first = readings.size() - 1;
    while (first > 0 &&
           readings[first].at_us - readings[first - 1].at_us <= std::int64_t{longest_gap_ms} * 1000)
        --first;
    const std::int64_t step_us = 1'000'000 / rate_hz;
    std::vector<Milligrams> samples;
    auto right = readings.size() - 1;
    for (auto at = readings.back().at_us; at >= readings[first].at_us; at -= step_us) {
        while (right > first && readings[right - 1].at_us >= at) --right;
        const auto& after = readings[right];
        if (right == first || after.at_us == at) {
            samples.push_back(after.gross);
            continue;
        }
        const auto& before = readings[right - 1];
        const auto span = after.at_us - before.at_us;
        samples.push_back({before.gross.value +
                           (after.gross.value - before.gross.value) * (at - before.at_us) / span});
    }
    std::reverse(samples.begin(), samples.end());
    return samples;
}

}  // namespace kemas::weighing
