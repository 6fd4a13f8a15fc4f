// The last few thousand waiting times, for percentiles on the status page.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace kemas::runtime {

struct Percentiles {
    std::int64_t p50_us = 0, p95_us = 0, p99_us = 0;
};

class Latency {
 public:
    void add(std::int64_t microseconds);
    Percentiles percentiles() const;

 private:
    mutable std::mutex mutex_;
    std::array<std::uint32_t, 4096> last_{};
    std::size_t count_ = 0;
};

}  // namespace kemas::runtime
