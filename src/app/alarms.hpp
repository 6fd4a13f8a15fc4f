// What a person should see to, device by device: raised when it has lasted for a moment, cleared
// when it is over, kept for a while after. Knows no clock, no ledger and no driver.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "ports/device_health.hpp"

namespace kemas::app {

struct Alarm {
    std::string device, kind;  // kind of device
    std::string what;          // "down", "paper-out", "frozen", ..., "attention"
    std::string text;          // why, with the next step
    Instant since;             // when it began
    Instant cleared;           // 0 = it lasts
};

struct AlarmBoard {
    std::vector<Alarm> raised;  // oldest first
    std::deque<Alarm> cleared;  // newest first, at most kept_alarms
};

constexpr std::size_t kept_alarms = 50;
constexpr Milliseconds alarm_grace{2'000};  // shorter troubles are no alarm: a load lifted, a plug

class Alarms {
 public:
    struct News {
        std::vector<Alarm> raised, cleared;
    };

    // What changed since the last look. A device that is gone clears what it had.
    News look(const std::vector<DeviceHealth>& devices, Instant now);
    const AlarmBoard& board() const { return board_; }

 private:
    std::map<std::string, Alarm> waiting_;  // begun, not yet raised
    AlarmBoard board_;
};

// The alarms that a device's health stands for; empty = all is well, or it was never asked.
std::vector<Alarm> alarms_of(const DeviceHealth& device);

}  // namespace kemas::app
