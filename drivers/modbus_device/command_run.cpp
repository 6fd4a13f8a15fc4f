// Carries out one command of a profile: its steps in order, and what became of it.
#include "drivers/modbus_device/command_run.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace kemas::modbus_device {

namespace {

namespace asio = boost::asio;
using profile::CommandKind;
using profile::Condition;
using std::chrono::milliseconds;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

bool all_hold(const std::vector<Condition>& conditions, const Round& round) {
    return std::all_of(conditions.begin(), conditions.end(),
                       [&](const Condition& c) { return profile::holds(c, round.words); });
}

}  // namespace

Outcome CommandRun::outcome(Kind kind, std::string why) {
    Outcome result;
    result.kind = kind;
    result.why = std::move(why);
    return result;
}

CommandRun::Task<std::optional<Outcome>> CommandRun::write(profile::Target to, Values what,
                                                           bool acts) {
    // A step after the first act may not be cut short by the time of sending: half a
    // handshake is worse than a late end of it.
    const auto limit = acted ? prove_until : send_not_after;
    const auto done = co_await State::write(state, to, std::move(what), limit);
    if (done) {
        if (acts && !acted) begin_proof();
        co_return std::nullopt;
    }
    const Remedy remedy = done.error().remedy;
    if (acted) co_return outcome(Kind::unknown, called() + ": " + done.error().what);
    if (remedy == Remedy::retry)
        co_return outcome(Kind::refused, called() + ": " + done.error().what);
    const bool maybe = acts && remedy == Remedy::reconnect;
    co_return outcome(maybe ? Kind::unknown : Kind::not_sent, called() + ": " + done.error().what);
}

void CommandRun::begin_proof() {
    acted = true;
    prove_until = Clock::now() + milliseconds(command.prove_within_ms);
}

CommandRun::Task<void> CommandRun::hold() {
    if (command.hold_ms <= 0) co_return;
    asio::steady_timer timer(state->executor);
    timer.expires_after(milliseconds(command.hold_ms));
    co_await timer.async_wait(kAsTuple);
}

std::string CommandRun::device_says() const {
    if (!command.result || !seen) return {};
    const auto text = profile::told(*command.result, seen->words);
    return text ? ", the device says " + *text : ", the device says an unknown code";
}

Outcome CommandRun::unproven(const std::string& what) const {
    return outcome(Kind::unknown, called() + ": sent, but " + what + " within " +
                                      std::to_string(command.prove_within_ms) + " ms" +
                                      device_says() + ": look at the device");
}

Outcome CommandRun::done() const {
    Outcome result = outcome(Kind::done, "");
    result.proven =
        !command.success.empty() || command.acknowledged || command.echo || command.count;
    return result;
}

CommandRun::Task<Outcome> CommandRun::prove_success() {
    if (command.success.empty()) co_return done();
    const auto shown = [this](const Round& round) { return all_hold(command.success, round); };
    const bool proven = co_await until(shown);
    co_return proven ? done() : unproven("not confirmed");
}

Outcome CommandRun::judge_success() const {
    if (all_hold(command.success, *seen)) return done();
    return outcome(Kind::refused, called() + ": refused" + device_says());
}

CommandRun::Task<Outcome> CommandRun::plain() {  // value, value_then_zero
    auto failed = co_await write(command.to, values, true);
    if (failed) co_return *failed;
    co_await hold();
    Outcome result = co_await prove_success();
    if (command.kind != CommandKind::value_then_zero) co_return result;
    Values rest(values.size(), command.rest);
    failed = co_await write(command.to, std::move(rest), false);
    co_return failed&& result.kind == Kind::done ? *failed : result;
}

CommandRun::Task<Outcome> CommandRun::act() {
    switch (command.kind) {
        case CommandKind::value:
        case CommandKind::value_then_zero:
            return plain();
        case CommandKind::edge_bit:
            return edge();
        case CommandKind::coil_pulse:
            return pulse();
        case CommandKind::handshake_bit:
            return handshake();
        case CommandKind::mailbox:
            return mailbox();
        case CommandKind::mailbox_echo:
            return echoed();
        case CommandKind::counted_ack:
            break;
    }
    return counted();
}

CommandRun::Task<Outcome> CommandRun::run(const CommandCall& call) {
    auto hindered = co_await prepare(call);
    if (hindered) co_return *hindered;
    Outcome result = co_await act();
    result.sequence = sequence;
    if (command.returns_to_rest && acted) {
        prove_until = Clock::now() + milliseconds(command.prove_within_ms);
        // A bit command has no values of its own.
        Values rest(std::max<std::size_t>(values.size(), 1), command.rest);
        co_await write(command.to, std::move(rest), false);
    }
    co_return result;
}

asio::awaitable<Outcome> ModbusDevice::State::command(StatePtr state, CommandCall call) {
    const profile::Command* known = state->profile.command(call.name);
    if (!known)
        co_return CommandRun::outcome(Outcome::Kind::refused, state->options.name +
                                                                  " has no command \"" + call.name +
                                                                  "\": see " + state->profile.file);
    if (known->moves && !call.authorised)
        co_return CommandRun::outcome(Outcome::Kind::refused,
                                      state->options.name + ": " + call.name +
                                          " can move something: only an operator may ask");
    CommandRun run;
    run.state = state;
    run.command = *known;
    run.send_not_after = Clock::now() + milliseconds(known->send_within_ms);
    if (call.send_not_after) run.send_not_after = *call.send_not_after;
    const bool ours = co_await state->commands.take(true, run.send_not_after);
    if (!ours)
        co_return CommandRun::outcome(
            Outcome::Kind::not_sent,
            run.called() + ": not sent, " + (state->stopped ? "stopped" : "its time had passed"));
    Outcome result = co_await run.run(call);
    state->commands.give();
    co_return result;
}

}  // namespace kemas::modbus_device
