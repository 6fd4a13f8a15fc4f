// Commands that are a message: a mailbox with its status, an echoed number, a counted one.
#include "drivers/modbus_device/command_run.hpp"

namespace kemas::modbus_device {

CommandRun::Task<Outcome> CommandRun::mailbox() {
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

CommandRun::Task<Outcome> CommandRun::echoed() {
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

CommandRun::Task<Outcome> CommandRun::counted() {
    auto failed = co_await write(command.to, values, true);
    if (failed) co_return *failed;
    const std::uint32_t mask = command.count->bits >= 32 ? ~0u : (1u << command.count->bits) - 1;
    const std::uint32_t wanted = command.count_is_value ? sequence.value_or(values.front()) & mask
                                                        : (count_before + 1) & mask;
    const auto shown = [this, wanted](const Round& round) {
        return profile::code_of(*command.count, round.words) == wanted;
    };
    const bool heard = co_await until(shown);
    if (!heard) co_return unproven("not counted");
    co_return judge_success();
}

}  // namespace kemas::modbus_device
