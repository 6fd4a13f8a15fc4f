// What comes before a command is sent: its precondition, its values and its number.
#include <algorithm>

#include "drivers/modbus_device/command_run.hpp"

namespace kemas::modbus_device {

namespace {

using profile::Command;
using profile::Condition;
using Values = CommandRun::Values;
using std::chrono::milliseconds;
constexpr milliseconds kFreshAtLeast{100};

std::string named(const Condition& condition) {
    if (!condition.status.empty())
        return (condition.negated ? "must not be " : "must be ") + condition.status;
    return "register " + std::to_string(condition.at.field.register_number) +
           (condition.negated ? " must not be " : " must be ") + std::to_string(condition.equals);
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
    for (const auto& given : call.arguments) {
        const auto known = std::find_if(command.arguments.begin(), command.arguments.end(),
                                        [&](const auto& a) { return a.name == given.first; });
        if (known == command.arguments.end())
            return "command " + command.name + " takes no \"" + given.first + "\": see its profile";
        put(*known, given.second, values);
    }
    for (const auto& argument : command.arguments)
        if (std::none_of(call.arguments.begin(), call.arguments.end(),
                         [&](const auto& given) { return given.first == argument.name; }))
            return "command " + command.name + " needs \"" + argument.name + "\"";
    return {};
}

}  // namespace

CommandRun::Task<std::optional<Outcome>> CommandRun::prepare(const CommandCall& call) {
    const auto fresh = std::max(milliseconds(2 * state->options.poll_ms), kFreshAtLeast);
    if (state->latest && Clock::now() - state->latest->read_at <= fresh) seen = state->latest;
    // What ends an expired watchdog is a command, and its precondition is that it has expired.
    if (!seen && (state->latest || state->expired))
        seen = co_await State::next_round(state, send_not_after, true);
    if (!seen)
        co_return outcome(
            Kind::not_sent,
            called() + ": not sent, " + (state->told.empty() ? "nothing read yet" : state->told));
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

}  // namespace kemas::modbus_device
