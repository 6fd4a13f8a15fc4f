// A fixed sequence of scattered numbers (SplitMix64), so that searches differ from one another and
// yet repeat themselves. Nothing here is left to chance.
#pragma once

#include <cstdint>

namespace kemas::cartonize {

class Noise {
 public:
    explicit Noise(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    std::int64_t below(std::int64_t n) {  // 0..n-1
        return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(n));
    }

 private:
    std::uint64_t state_;
};

}  // namespace kemas::cartonize
