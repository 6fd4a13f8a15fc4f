// The inside of a ModbusDevice: what its coroutines share. Each of them holds it by value.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <map>

#include "drivers/bus/turns.hpp"
#include "drivers/modbus_device/modbus_device.hpp"
#include "drivers/modbus_device/poll_plan.hpp"

namespace kemas::modbus_device {

struct ModbusDevice::State : std::enable_shared_from_this<State> {
    using StatePtr = std::shared_ptr<State>;
    template <class T>
    using Task = boost::asio::awaitable<T>;

    State(const boost::asio::any_io_executor& executor, std::shared_ptr<bus::ModbusMaster> master,
          profile::ModbusProfile profile, ModbusDeviceOptions options);

    boost::asio::any_io_executor executor;
    std::shared_ptr<bus::ModbusMaster> master;
    profile::ModbusProfile profile;
    ModbusDeviceOptions options;
    Events events;
    PollPlan plan;
    bus::Turns commands;  // one command at a time
    boost::asio::steady_timer pause, feed_pause;
    Clock::time_point next_poll, last_poll;
    std::vector<std::uint16_t> words;
    std::vector<std::uint32_t> counters;  // of the round before; empty = none
    std::optional<Round> latest;
    std::uint64_t session = 0;
    std::string told;    // why it is lost; empty = it is not
    bool ready = false;  // identity proven, init written, since the line was last lost
    bool stopped = false, feeding = true, restarted = false;
    int torn = 0;  // rounds in a row that contradicted themselves
    std::optional<std::uint32_t> beat;
    Clock::time_point beat_at;
    bool beating = false;                        // it has changed since the line was last lost
    bool expired = false;                        // its watchdog, though it is fed
    std::optional<Clock::time_point> fed_since;  // without a break, while ready
    std::map<std::string, std::uint16_t, std::less<>> sequences;

    struct Waiter {
        explicit Waiter(const boost::asio::any_io_executor& executor_) : timer(executor_) {}
        boost::asio::steady_timer timer;
        Clock::time_point since;
        bool for_command = false;  // takes a round of a device whose watchdog has expired
        std::optional<Round> round;
    };
    std::vector<std::shared_ptr<Waiter>> waiters;  // for the next round

    void lose(const std::string& state, const std::string& why);
    void take_round(Clock::time_point read_at);  // feed_watchdog.cpp
    void deliver(Clock::time_point read_at);
    void serve_waiters(const Round& round);
    bool alive();
    std::vector<CounterStep> count(bool new_session);
    Fault explained(Fault fault) const;

    static Task<void> poll(StatePtr state);
    static Task<void> feed(StatePtr state);  // feed_watchdog.cpp
    static Task<Result<void>> set_up(StatePtr state);
    static Task<Result<void>> check_identity(StatePtr state);
    // False = the round contradicts itself and is thrown away.
    static Task<Result<bool>> read_round(StatePtr state);
    static Task<Result<bus::Registers>> read_words(StatePtr state, int function_code, int start,
                                                   int count);
    static Task<Result<bus::Bits>> read_flags(StatePtr state, int function_code, int start,
                                              int count);
    static Task<Result<void>> read_request(StatePtr state, std::size_t i);
    static Task<Result<void>> write(StatePtr state, profile::Target to,
                                    std::vector<std::uint16_t> values, Clock::time_point not_after);
    static Task<Result<void>> init(StatePtr state, profile::Write write);
    static Task<std::optional<Round>> next_round(StatePtr state, Clock::time_point not_after,
                                                 bool for_command);
    static Task<Outcome> command(StatePtr state, CommandCall call);  // command_run.cpp
};

}  // namespace kemas::modbus_device
