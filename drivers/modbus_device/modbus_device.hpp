// A Modbus device as its profile describes it, whatever it is: connects, proves its identity, sends
// the init writes, polls, watches its heartbeat, feeds its watchdog and carries out commands with
// their proof. Loop thread only. Knows no weight, no lane and no station.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "drivers/bus/modbus_master.hpp"
#include "drivers/profile/device_profile.hpp"

namespace kemas::modbus_device {

using Clock = std::chrono::steady_clock;

struct CounterStep {
    const profile::Counter* counter = nullptr;
    std::uint32_t value = 0;
    // Since the round before. Empty = nobody knows: the first round, a restarted device, or more
    // than the profile's max_step.
    std::optional<std::uint32_t> steps;
};

// One good round of reading: all blocks, of one device that was alive.
struct Round {
    std::vector<std::uint16_t> words;   // as profile::Words
    std::vector<CounterStep> counters;  // in the order of the profile
    Clock::time_point read_at;          // when its first request was sent: its oldest part
    std::uint64_t session = 0;          // counts connections; counts up when it was lost between
};

// Where nobody can know what a device was told and did: the caller asks the device, or a person.
struct Outcome {
    enum class Kind {
        done,      // and proven, unless `proven` is false
        refused,   // a precondition does not hold, or the device says no: nothing was done
        not_sent,  // its time had passed, the line is down, or stopped: nothing was done
        unknown,   // sent, and no proof in time
    };
    Kind kind = Kind::not_sent;
    std::string why;                        // with the next step; empty when done
    bool proven = true;                     // false: the profile names no proof
    std::optional<std::uint16_t> sequence;  // the number it was sent with
};
std::string_view name_of(Outcome::Kind kind);

struct CommandCall {
    std::string name;  // as the profile says
    std::vector<std::pair<std::string, std::uint32_t>> arguments;
    // Of a command with a sequence number: the intent's own; empty = the next one.
    std::optional<std::uint16_t> sequence;
    // An operator or a recorded intent asks for it. Commands that move something need it.
    bool authorised = false;
    // Instead of the profile's time; never sent after it.
    std::optional<Clock::time_point> send_not_after;
};

struct Events {
    std::function<void(const Round&)> round;
    // Nothing read so far counts any more. Told at every change of state or reason, not at every
    // failure. state: "offline", "refuses", "foreign", "frozen", "torn", "watchdog".
    std::function<void(const std::string& state, const std::string& why)> lost;
};

struct ModbusDeviceOptions {
    std::string name;  // as the site file names it
    std::uint8_t unit = 1;
    int poll_ms = 50;  // 0 = without a pause
};

class ModbusDevice {
 public:
    // Several devices may share a master: a serial line, a gateway.
    ModbusDevice(boost::asio::any_io_executor executor, std::shared_ptr<bus::ModbusMaster> master,
                 profile::ModbusProfile profile, ModbusDeviceOptions options);
    ~ModbusDevice();  // as stop()
    ModbusDevice(const ModbusDevice&) = delete;
    ModbusDevice& operator=(const ModbusDevice&) = delete;

    void start(Events events);
    // Returns at once; no event follows. The master goes on, for its other users.
    void stop();

    // The newest good round, null while there is none that counts. Its age is for the caller.
    const Round* latest() const;
    // A round whose reading begins after this call, soon; empty when none comes in time.
    boost::asio::awaitable<std::optional<Round>> next_round(Clock::time_point not_after);
    // Ends within the profile's send and prove times. One at a time; others wait for their turn.
    boost::asio::awaitable<Outcome> command(CommandCall call);
    // The device's watchdog is fed while this is true, as it is at first. A line that must not run
    // without its owner stops feeding.
    void feed_watchdog(bool feed);

    const profile::ModbusProfile& profile() const;

 private:
    friend struct CommandRun;
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::modbus_device
