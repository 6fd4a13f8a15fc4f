#include "runtime/latency.hpp"

#include <algorithm>
#include <vector>

namespace kemas::runtime {

void Latency::add(std::int64_t microseconds) {
    std::lock_guard lock(mutex_);
    last_[count_++ % last_.size()] =
        static_cast<std::uint32_t>(std::clamp<std::int64_t>(microseconds, 0, UINT32_MAX));
}

Percentiles Latency::percentiles() const {
    std::vector<std::uint32_t> sorted;
    {
        std::lock_guard lock(mutex_);
        sorted.assign(last_.begin(),
                      last_.begin() + static_cast<std::ptrdiff_t>(std::min(count_, last_.size())));
    }
    if (sorted.empty()) return {};
    std::ranges::sort(sorted);
    const auto at = [&](std::size_t percent) {
        return static_cast<std::int64_t>(
            sorted[std::min(sorted.size() - 1, sorted.size() * percent / 100)]);
    };
    return {at(50), at(95), at(99)};
}

}  // namespace kemas::runtime
