#include "drivers/modbus_device/driver_health.hpp"

#include <chrono>
#include <utility>

namespace kemas::modbus_device {

namespace {

Instant wall_now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace

DriverHealth::DriverHealth(std::string name, std::string kind, std::string event, DriverLog log)
    : event_(std::move(event)), log_(std::move(log)) {
    health_.name = std::move(name);
    health_.kind = std::move(kind);
    health_.state = "connecting";
    health_.since = wall_now();
}

void DriverHealth::up(const std::string& state) {
    health_.heard = wall_now();
    health_.state = state;
    if (health_.up) return;
    health_.up = true;
    health_.since = health_.heard;
    tell(event_ + ".up", "");
}

void DriverHealth::down(const std::string& state, const std::string& why) {
    const bool changed = health_.up || health_.state != state;
    if (health_.up) health_.since = wall_now();
    health_.up = false;
    health_.state = state;
    health_.error = why;
    health_.alarm.clear();
    if (changed) tell(event_ + ".down", why);
}

void DriverHealth::alarm(std::string text) {
    health_.alarm = std::move(text);
}

void DriverHealth::tell(const std::string& event, std::string detail) const {
    if (log_) log_(event, std::move(detail));
}

Result<void> result_of(const Outcome& outcome) {
    if (outcome.kind == Outcome::Kind::done) return {};
    return fail(outcome.kind == Outcome::Kind::unknown ? Remedy::call_person : Remedy::retry,
                outcome.why);
}

}  // namespace kemas::modbus_device
