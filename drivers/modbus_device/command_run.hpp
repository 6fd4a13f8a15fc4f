// One run of one command of a profile: what its steps share. It lives in the frame of
// State::command. See profile/command.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "drivers/modbus_device/device_state.hpp"
#include "drivers/profile/decode.hpp"

namespace kemas::modbus_device {

struct CommandRun {
    using State = ModbusDevice::State;
    using Kind = Outcome::Kind;
    using Values = std::vector<std::uint16_t>;
    template <class T>
    using Task = boost::asio::awaitable<T>;

    std::shared_ptr<State> state;
    profile::Command command;
    Values values;
    Clock::time_point send_not_after, prove_until;
    std::uint32_t count_before = 0;
    std::optional<std::uint16_t> sequence;
    bool acted = false;  // bytes that can have done something have left
    std::optional<Round> seen;

    Task<Outcome> run(const CommandCall& call);
    // Precondition, values and number, from a round that is fresh. prepare_command.cpp
    Task<std::optional<Outcome>> prepare(const CommandCall& call);
    Task<Outcome> act();

    Task<Outcome> plain();      // value, value_then_zero
    Task<Outcome> edge();       // bit_commands.cpp
    Task<Outcome> pulse();      // bit_commands.cpp
    Task<Outcome> handshake();  // bit_commands.cpp
    Task<Outcome> mailbox();    // mailbox_commands.cpp
    Task<Outcome> echoed();     // mailbox_commands.cpp
    Task<Outcome> counted();    // mailbox_commands.cpp

    // `acts`: this write alone can make the device do it.
    Task<std::optional<Outcome>> write(profile::Target to, Values what, bool acts);
    void begin_proof();
    Task<void> hold();
    // Reads until the device shows it; false when the time is over. `seen` is the last round.
    template <class Shown>
    Task<bool> until(Shown shown) {
        while (Clock::now() < prove_until && !state->stopped) {
            auto round = co_await State::next_round(state, prove_until, true);
            if (!round) continue;
            seen = std::move(round);
            if (shown(*seen)) co_return true;
        }
        co_return false;
    }
    Task<Outcome> prove_success();
    // The device has said that it is finished: what it shows now is its answer.
    Outcome judge_success() const;

    std::string called() const { return state->options.name + ": " + command.name; }
    std::string device_says() const;
    Outcome unproven(const std::string& what) const;
    Outcome done() const;
    Values with_bit(bool on) const;
    static Outcome outcome(Kind kind, std::string why);
};

}  // namespace kemas::modbus_device
