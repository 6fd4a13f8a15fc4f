// Chance from a seed, the same on every machine.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

namespace kemas::sim {

class Chance {
 public:
    explicit Chance(std::uint64_t seed) : engine_(seed) {}

    double unit() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }  // 0 <= x < 1
    double between(double low, double high) { return low + (high - low) * unit(); }
    std::int64_t below(std::int64_t n) {
        return static_cast<std::int64_t>(unit() * static_cast<double>(n));
    }
    bool hit(double share) { return unit() < share; }
    double normal() {
        const double radius = std::sqrt(-2 * std::log(1 - unit()));
        return radius * std::cos(2 * std::numbers::pi * unit());
    }

 private:
    std::mt19937_64 engine_;
};

}  // namespace kemas::sim
