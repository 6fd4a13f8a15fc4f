#include "drivers/sim/load_model.hpp"

#include <algorithm>

namespace kemas::sim {
namespace {

// SplitMix64: the same seed and the same moment give the same noise on every machine.
std::uint64_t mixed(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

}  // namespace

void LoadModel::put(Milligrams gross, Instant now) {
    before_ = load_;
    load_ = gross;
    changed_at_ = now;
}

PanReading LoadModel::read(Instant now) const {
    const std::int64_t tick = now.value / std::max<std::int64_t>(1, options_.update.value);
    const std::int64_t age_ms = now.value - changed_at_.value;
    PanReading reading;
    reading.heartbeat = static_cast<std::uint16_t>(tick);
    reading.stable = age_ms >= options_.settle.value;
    std::int64_t mg = load_.value;
    if (!reading.stable) {
        // A swing that dies away: it overshoots on every second update.
        const std::int64_t left = options_.settle.value - age_ms;
        const std::int64_t swing = (load_ - before_).value / 4 * left / options_.settle.value;
        const auto span = static_cast<std::uint64_t>(2 * options_.noise.value + 1);
        const std::uint64_t chance = mixed(options_.seed ^ static_cast<std::uint64_t>(tick)) % span;
        mg +=
            (tick % 2 ? swing : -swing) + static_cast<std::int64_t>(chance) - options_.noise.value;
    }
    const std::int64_t division = std::max<std::int64_t>(1, options_.division.value / 1000) * 1000;
    const std::int64_t half = mg < 0 ? -division / 2 : division / 2;
    reading.weight_g = (mg + half) / division * division / 1000;
    reading.overload = load_ > options_.maximum;
    return reading;
}

}  // namespace kemas::sim
