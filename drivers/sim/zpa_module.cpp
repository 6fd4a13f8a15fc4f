#include "drivers/sim/zpa_module.hpp"

namespace kemas::sim {
namespace {

constexpr std::uint16_t kInputs = 1499, kMost = 45, kCount = 21;  // 4:1500 to 4:1520
constexpr std::uint16_t kStop = 19, kClearUp = 108, kClearDown = 188;
constexpr std::int64_t kZoneMs = 1000, kBeatMs = 2000;

enum : std::uint16_t {
    clear_stopped = 1,
    clear_running = 2,
    blocked_running = 4,
    blocked_stopped = 5,
    busy = 6
};

std::uint16_t bit(bool set, int at) {
    return static_cast<std::uint16_t>(set ? 1u << at : 0u);
}

}  // namespace

void ZpaModule::tick(Milliseconds step) {
    ran_ms_ += step.value;
    auto& up = zones_[upstream];
    auto& down = zones_[downstream];
    if (down.taken && runs(downstream) && (down.moving_ms += step.value) >= kZoneMs) {
        down.taken = false;
        ++down.departures;
    }
    if (up.taken && !down.taken && runs(upstream) && (up.moving_ms += step.value) >= kZoneMs) {
        up.taken = false;
        ++up.departures;
        down.taken = true;
        down.moving_ms = 0;
        ++down.arrivals;
    }
}

void ZpaModule::arrive() {
    auto& up = zones_[upstream];
    if (up.taken || !runs(upstream)) return;
    up.taken = true;
    up.moving_ms = 0;
    ++up.arrivals;
}

void ZpaModule::reset() {
    zones_ = {};
    was_reset_ = true;
}

std::uint16_t ZpaModule::state_of(Zone zone) const {
    if (stopped_) return busy;
    const auto& state = zones_[zone];
    const bool waits = zone == upstream && zones_[downstream].taken;
    if (state.taken) return waits || state.jam ? blocked_stopped : blocked_running;
    return runs(zone) ? clear_running : clear_stopped;
}

std::optional<Words> ZpaModule::read(std::uint16_t start, std::uint16_t count) const {
    if (start != kInputs || count > kMost) return std::nullopt;
    Words words(kMost);
    for (const auto zone : {upstream, downstream}) {
        const auto& state = zones_[zone];
        words[zone] = state_of(zone);
        words[2 + 2 * zone] = state.arrivals;
        words[3 + 2 * zone] = state.departures;
        words[6 + zone] = bit(state.jam, 5);
    }
    words[6] = static_cast<std::uint16_t>(words[6] | bit(was_reset_, 0));
    words[18] = bit(ran_ms_ / kBeatMs % 2 == 0, 15);
    words[kCount - 1] = bit(stopped_, 10);
    return Words(words.begin(), words.begin() + count);
}

bool ZpaModule::write(std::uint16_t start, const Words& values) {
    if (values.size() != 1) return false;
    const auto value = values[0];
    if (start == kStop) {
        if (value == 1) stopped_ = true;
        if (value == 2) stopped_ = false;
        return value <= 2;
    }
    if (start != kClearUp && start != kClearDown) return false;
    auto& zone = zones_[start == kClearUp ? upstream : downstream];
    if ((value & 1) && !(zone.clear_word & 1)) zone.jam = false;
    zone.clear_word = value;
    return true;
}

}  // namespace kemas::sim
