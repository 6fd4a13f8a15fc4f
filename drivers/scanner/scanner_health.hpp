// Health of one scanner: remembers the last state, tells the log only of changes.
#pragma once

#include <chrono>
#include <exception>
#include <string>
#include <utility>

#include "drivers/scanner/scanner_options.hpp"
#include "ports/device_health.hpp"

namespace kemas::scanner {

inline constexpr std::chrono::milliseconds kFirstBackOff{100}, kLastBackOff{2'000};

inline Instant utc_now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

class HealthRecord {
 public:
    HealthRecord(std::string name, LogSink log) : log_(std::move(log)) {
        health_.name = std::move(name);
        health_.kind = "scanner";
        health_.state = "stopped";
        health_.since = utc_now();
    }
    void up(std::string state, const std::string& detail) {
        health_.state = std::move(state);
        turn(true, "scanner.up", detail);
    }
    void down(std::string state, std::string error) {
        health_.state = std::move(state);
        health_.error = error;
        turn(false, "scanner.down", std::move(error));
    }
    void set_state(std::string state) { health_.state = std::move(state); }
    void heard() { health_.heard = utc_now(); }
    void stop() {
        log_ = nullptr;
        health_.state = "stopped";
        if (std::exchange(health_.up, false)) health_.since = utc_now();
    }
    const DeviceHealth& now() const { return health_; }

 private:
    void turn(bool up, std::string_view event, std::string detail) {
        if (told_ && health_.up == up) return;
        if (health_.up != up) health_.since = utc_now();
        told_ = true;
        health_.up = up;
        if (log_) log_(event, health_.name + ": " + std::move(detail));
    }
    DeviceHealth health_;
    LogSink log_;
    bool told_ = false;
};

// A coroutine that ends with an exception is our own mistake: it must not end unheard.
inline void rethrow_end(std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
}

}  // namespace kemas::scanner
