// What every driver on a Modbus device does alike: it hears the device only while it runs, keeps
// its health with one line in the log per change of state, and tells how a jam's clearing ended.
// Knows no scale and no line.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "drivers/modbus_device/modbus_device.hpp"
#include "ports/device_health.hpp"

namespace kemas::modbus_device {

using DriverLog = std::function<void(std::string_view event, std::string detail)>;

class DriverHealth {
 public:
    // `event` begins the names in the log: "scale" gives "scale.up" and "scale.down".
    DriverHealth(std::string name, std::string kind, std::string event, DriverLog log);

    // A good round was read. `state` as DeviceHealth.
    void up(const std::string& state);
    // Nothing read so far counts any more; `why` stays readable after recovery.
    void down(const std::string& state, const std::string& why);
    // Empty = nothing a person should see to.
    void alarm(std::string text);
    void tell(const std::string& event, std::string detail) const;

    const DeviceHealth& now() const { return health_; }

 private:
    std::string event_;
    DriverLog log_;
    DeviceHealth health_;
};

// The events of a device for a driver's state, which has `bool running`, `see(const Round&)` and
// `lose(state, why)`. They reach it only while it lives and runs.
template <class State>
Events heard_while_running(const std::shared_ptr<State>& state) {
    Events heard;
    heard.round = [weak = std::weak_ptr<State>(state)](const Round& round) {
        const auto held = weak.lock();
        if (held && held->running) held->see(round);
    };
    heard.lost = [weak = std::weak_ptr<State>(state)](const std::string& what,
                                                      const std::string& why) {
        const auto held = weak.lock();
        if (held && held->running) held->lose(what, why);
    };
    return heard;
}

// A fault asks for a person when nobody knows what the device did, and may be tried again
// otherwise.
Result<void> result_of(const Outcome& outcome);

}  // namespace kemas::modbus_device
