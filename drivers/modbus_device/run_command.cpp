// Carries out one command of a profile: precondition, writes, proof. See profile/command.hpp.
#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "drivers/modbus_device/device_state.hpp"
#include "drivers/profile/decode.hpp"

namespace kemas::modbus_device {
namespace {

namespace asio = boost::asio;
using profile::Command;
using profile::CommandKind;
using profile::Condition;
using std::chrono::milliseconds;
using Kind = Outcome::Kind;
using Values = std::vector<std::uint16_t>;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr milliseconds kFreshAtLeast{100};

Outcome outcome(Kind kind, std::string why) {
    Outcome result;
    result.kind = kind;
    result.why = std::move(why);
    return result;
}

std::string named(const Condition& condition) {
    if (!condition.status.empty())
        return (condition.negated ? "must not be " : "must be ") + condition.status;
    return "register " + std::to_string(condition.at.field.register_number) +
           (condition.negated ? " must not be " : " must be ") + std::to_string(condition.equals);
}

bool all_hold(const std::vector<Condition>& conditions, const Round& round) {
    return std::all_of(conditions.begin(), conditions.end(),
                       [&](const Condition& c) { return profile::holds(c, round.words); });
}

std::uint16_t after(std::uint32_t number) {
    return number >= 65'535 ? std::uint16_t{1} : static_cast<std::uint16_t>(number + 1);
}

void put(const profile::Argument& argument, std::uint32_t value, Values& values) {
    const auto at = static_cast<std::size_t>(argument.word);
    const auto high = static_cast<std::uint16_t>(value >> 16);
    const auto low = static_cast<std::uint16_t>(value & 0xFFFF);
    const bool two = argument.number == profile::NumberKind::u32 ||
                     argument.number == profile::NumberKind::s32 ||
                     argument.number == profile::NumberKind::float32;
    if (!two) {
        values[at] = low;
        return;
    }
    const bool high_first = argument.word_order == profile::WordOrder::high_first;
    values[at] = high_first ? high : low;
    values[at + 1] = high_first ? low : high;
}

// Empty when every argument of the command has its value and no other.
std::string fill(const Command& command, const CommandCall& call, Values& values) {
    for (const auto& [name, value] : call.arguments) {
        const auto known = std::find_if(command.arguments.begin(), command.arguments.end(),
                                        [&](const auto& a) { return a.name == name; });
        if (known == command.arguments.end())
            return "command " + command.name + " takes no \"" + name + "\": see its profile";
        put(*known, value, values);
    }
    for (const auto& argument : command.arguments)
        if (std::none_of(call.arguments.begin(), call.arguments.end(),
                         [&](const auto& given) { return given.first == argument.name; }))
            return "command " + command.name + " needs \"" + argument.name + "\"";
    return {};
}

}  // namespace

// One run of one command; lives in the frame of State::command.
struct CommandRun {
    using State = ModbusDevice::State;
    template <class T>
    using Task = asio::awaitable<T>;

    std::shared_ptr<State> state;
    Command command;
    Values values;
    Clock::time_point send_not_after, prove_until;
    std::uint32_t count_before = 0;
    std::optional<std::uint16_t> sequence;
    bool acted = false;  // bytes that can have done something have left
    std::string why;     // of the step that failed
    std::optional<Round> seen;

    std::string called() const { return state->options.name + ": " + command.name; }

    bool has_proof() const {
        return !command.success.empty() || command.acknowledged || command.echo || command.count;
    }

    // `acts`: this write alone can make the device do it.
    Task<std::optional<Outcome>> write(profile::Target to, Values what, bool acts) {
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
        co_return outcome(maybe ? Kind::unknown : Kind::not_sent,
                          called() + ": " + done.error().what);
    }
    void begin_proof() {
        acted = true;
        prove_until = Clock::now() + milliseconds(command.prove_within_ms);
    }

    Task<void> hold() {
        if (command.hold_ms <= 0) co_return;
        asio::steady_timer timer(state->executor);
        timer.expires_after(milliseconds(command.hold_ms));
        co_await timer.async_wait(kAsTuple);
    }

    // Reads until the device shows it; false when the time is over. `seen` is the last round.
    template <class Shown>
    Task<bool> until(Shown shown) {
        while (Clock::now() < prove_until && !state->stopped) {
            auto round = co_await State::next_round(state, prove_until);
            if (!round) continue;
            seen = std::move(round);
            if (shown(*seen)) co_return true;
        }
        co_return false;
    }

    std::string device_says() const {
        if (!command.result || !seen) return {};
        const auto text = profile::told(*command.result, seen->words);
        return text ? ", the device says " + *text : ", the device says an unknown code";
    }
    Outcome unproven(const std::string& what) const {
        return outcome(Kind::unknown, called() + ": sent, but " + what + " within " +
                                          std::to_string(command.prove_within_ms) + " ms" +
                                          device_says() + ": look at the device");
    }
    Outcome done() const {
        Outcome result = outcome(Kind::done, "");
        result.proven = has_proof();
        return result;
    }

    Values with_bit(bool on) const {
        const auto bit = static_cast<std::uint16_t>(on ? 1u << command.bit : 0u);
        return Values(1, static_cast<std::uint16_t>(command.rest | bit));
    }

    Task<Outcome> prove_success() {
        if (command.success.empty()) co_return done();
        const auto shown = [this](const Round& round) { return all_hold(command.success, round); };
        const bool proven = co_await until(shown);
        co_return proven ? done() : unproven("not confirmed");
    }
    // The device has said that it is finished: what it shows now is its answer.
    Outcome judge_success() const {
        if (all_hold(command.success, *seen)) return done();
        return outcome(Kind::refused, called() + ": refused" + device_says());
    }

    Task<Outcome> plain() {  // value, value_then_zero
        auto failed = co_await write(command.to, values, true);
        if (failed) co_return *failed;
        co_await hold();
        Outcome result = co_await prove_success();
        if (command.kind != CommandKind::value_then_zero) co_return result;
        Values rest(values.size(), command.rest);
        failed = co_await write(command.to, std::move(rest), false);
        co_return failed&& result.kind == Kind::done ? *failed : result;
    }

    Task<Outcome> edge() {
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

    Task<Outcome> pulse() {
        Values on(1, 1), off(1, 0);
        auto failed = co_await write(command.to, std::move(on), true);
        if (failed) co_return *failed;
        co_await hold();
        failed = co_await write(command.to, std::move(off), false);
        if (failed) co_return *failed;
        co_return co_await prove_success();
    }

    Task<Outcome> handshake() {
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

    Task<Outcome> mailbox() {
        auto failed = co_await write(command.to, values, !command.trigger);
        if (failed) co_return *failed;
        if (command.trigger) {
            Values go(1, command.trigger_value);
            failed = co_await write(*command.trigger, std::move(go), true);
            if (failed) co_return *failed;
        }
        if (!command.acknowledged) co_return co_await prove_success();
        const auto finished = [this](const Round& round) {
            return profile::holds(*command.acknowledged, round.words);
        };
        const bool heard = co_await until(finished);
        if (!heard) co_return unproven("not finished");
        co_return judge_success();
    }

    Task<Outcome> echoed() {
        const std::uint32_t sent = sequence.value_or(values.front());
        const bool stale = !sequence && profile::code_of(*command.echo, seen->words) == sent;
        auto failed = co_await write(command.to, values, true);
        if (failed) co_return *failed;
        const auto shown = [this, sent](const Round& round) {
            return profile::code_of(*command.echo, round.words) == sent;
        };
        const bool heard = co_await until(shown);
        if (!heard) co_return unproven("not echoed");
        Outcome result = judge_success();
        // The echo of the same code before proves nothing.
        if (stale && command.success.empty()) result.proven = false;
        co_return result;
    }

    Task<Outcome> counted() {
        auto failed = co_await write(command.to, values, true);
        if (failed) co_return *failed;
        const std::uint32_t mask =
            command.count->bits >= 32 ? ~0u : (1u << command.count->bits) - 1;
        const std::uint32_t wanted = command.count_is_value
                                         ? sequence.value_or(values.front()) & mask
                                         : (count_before + 1) & mask;
        const auto shown = [this, wanted](const Round& round) {
            return profile::code_of(*command.count, round.words) == wanted;
        };
        const bool heard = co_await until(shown);
        if (!heard) co_return unproven("not counted");
        co_return judge_success();
    }

    Task<Outcome> act() {
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

    // Precondition, values and number, from a round that is fresh.
    Task<std::optional<Outcome>> prepare(const CommandCall& call) {
        const auto fresh = std::max(milliseconds(2 * state->options.poll_ms), kFreshAtLeast);
        if (state->latest && Clock::now() - state->latest->read_at <= fresh) seen = state->latest;
        if (!seen && state->latest) seen = co_await State::next_round(state, send_not_after);
        if (!seen)
            co_return outcome(Kind::not_sent,
                              called() + ": not sent, " +
                                  (state->told.empty() ? "nothing read yet" : state->told));
        for (const Condition& condition : command.only_if)
            if (!profile::holds(condition, seen->words))
                co_return outcome(Kind::refused, called() + ": not sent, " + named(condition));
        values = command.values;
        if (std::string wrong = fill(command, call, values); !wrong.empty())
            co_return outcome(Kind::refused, state->options.name + ": " + wrong);
        if (command.count) count_before = profile::code_of(*command.count, seen->words);
        if (command.sequence) {
            std::uint16_t& last = state->sequences[command.name];
            // A number that the device already shows would prove itself.
            std::uint32_t shown = last;
            if (command.echo)
                shown = profile::code_of(*command.echo, seen->words);
            else if (command.count && command.count_is_value)
                shown = count_before;
            last = call.sequence.value_or(after(shown));
            sequence = last;
            values[static_cast<std::size_t>(*command.sequence)] = last;
        }
        co_return std::nullopt;
    }

    Task<Outcome> run(const CommandCall& call) {
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
};

asio::awaitable<Outcome> ModbusDevice::State::command(StatePtr state, CommandCall call) {
    const Command* known = state->profile.command(call.name);
    if (!known)
        co_return outcome(Kind::refused, state->options.name + " has no command \"" + call.name +
                                             "\": see " + state->profile.file);
    if (known->moves && !call.authorised)
        co_return outcome(Kind::refused, state->options.name + ": " + call.name +
                                             " can move something: only an operator may ask");
    CommandRun run;
    run.state = state;
    run.command = *known;
    run.send_not_after = Clock::now() + milliseconds(known->send_within_ms);
    if (call.send_not_after) run.send_not_after = *call.send_not_after;
    const bool ours = co_await state->commands.take(true, run.send_not_after);
    if (!ours)
        co_return outcome(Kind::not_sent, run.called() + ": not sent, " +
                                              (state->stopped ? "stopped" : "its time had passed"));
    Outcome result = co_await run.run(call);
    state->commands.give();
    co_return result;
}

}  // namespace kemas::modbus_device
