// How a printer is doing, and one log line whenever that changes. Knows no transport.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "ports/device_health.hpp"

namespace kemas::printer {

class PrinterState {
 public:
    using Log = std::function<void(std::string_view event, std::string detail)>;

    PrinterState(const std::string& name, Log log);

    /// `heard`: the printer itself has just said something. An error stays until the next one.
    void set(bool up, const std::string& state, const std::string& error = {}, bool heard = false);
    bool up() const { return health_.up; }
    const DeviceHealth& health() const { return health_; }
    void forget_log() { log_ = nullptr; }

 private:
    DeviceHealth health_;
    Log log_;
    std::string told_;  // the trouble last logged; empty = up, or nothing yet
    bool told_up_ = false;
};

}  // namespace kemas::printer
