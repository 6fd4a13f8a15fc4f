// Commands that are one bit: an edge, a coil pulse, a handshake.
#include "drivers/modbus_device/command_run.hpp"

namespace kemas::modbus_device {

using std::chrono::milliseconds;

CommandRun::Values CommandRun::with_bit(bool on) const {
    const auto bit = static_cast<std::uint16_t>(on ? 1u << command.bit : 0u);
    return Values(1, static_cast<std::uint16_t>(command.rest | bit));
}

CommandRun::Task<Outcome> CommandRun::edge() {
    Values off = with_bit(false), on = with_bit(true), off_again = with_bit(false);
    auto failed = co_await write(command.to, std::move(off), false);
    if (failed) co_return *failed;
    failed = co_await write(command.to, std::move(on), true);
    if (failed) co_return *failed;
    co_await hold();
    Outcome result = co_await prove_success();
    failed = co_await write(command.to, std::move(off_again), false);
    co_return failed&& result.kind == Kind::done ? *failed : result;
}

CommandRun::Task<Outcome> CommandRun::pulse() {
    Values on(1, 1), off(1, 0);
    auto failed = co_await write(command.to, std::move(on), true);
    if (failed) co_return *failed;
    co_await hold();
    failed = co_await write(command.to, std::move(off), false);
    if (failed) co_return *failed;
    co_return co_await prove_success();
}

CommandRun::Task<Outcome> CommandRun::handshake() {
    const auto taken = [this](const Round& round) {
        return profile::holds(*command.acknowledged, round.words);
    };
    const auto released = [this](const Round& round) {
        return !profile::holds(*command.acknowledged, round.words);
    };
    Values on = with_bit(true), off = with_bit(false);
    auto failed = co_await write(command.to, std::move(on), true);
    if (failed) co_return *failed;
    const bool acknowledged = co_await until(taken);
    // The bit is taken back in any case: it must not act later.
    prove_until = Clock::now() + milliseconds(command.prove_within_ms);
    failed = co_await write(command.to, std::move(off), false);
    if (failed) co_return *failed;
    if (!acknowledged) co_return unproven("the handshake was not answered");
    const bool ended = co_await until(released);
    if (!ended) co_return unproven("the handshake was not ended");
    co_return judge_success();
}

}  // namespace kemas::modbus_device
