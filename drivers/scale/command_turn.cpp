#include "drivers/scale/command_turn.hpp"

#include <utility>

#include "drivers/scale/frame_command.hpp"

namespace kemas::scale {

void CommandTurn::ask(ScaleCommand what, OnScaleCommand done, const std::optional<ScaleNow>& now) {
    const auto refuse = [&](const std::string& why) { done(fail(Remedy::retry, why)); };
    if (bytes_of(profile_, what).empty())
        return refuse("its profile documents no " + std::string(name_of(what)) +
                      " command: use the scale's own keys");
    if (job_) return refuse("a command is under way: wait for its end");
    if (!now) return refuse("the scale is not connected: nothing was sent");
    if (now->quality == ScaleNow::Quality::moving && what != ScaleCommand::clear_tare)
        return refuse("the scale is in motion: wait until it is at rest, then again");
    const auto deadline = Clock::now() + std::chrono::milliseconds(profile_.command_ms);
    job_.emplace(Job{what, std::move(done), deadline});
}

std::string CommandTurn::take_bytes() {
    if (!waits_to_be_sent()) return {};
    job_->sent = true;
    return bytes_of(profile_, job_->what);
}

std::string_view CommandTurn::name() const {
    return job_ ? name_of(job_->what) : std::string_view{};
}

bool CommandTurn::hear(std::string_view frame) {
    if (!is_under_way()) return false;
    const CommandAnswer answer = answer_to(profile_, site_, job_->what, frame);
    if (answer.kind == CommandAnswer::Kind::none) return false;
    if (answer.kind == CommandAnswer::Kind::done)
        end({});
    else
        end(fail(Remedy::retry, answer.why));
    return true;
}

CommandTurn::Clock::time_point CommandTurn::deadline() const {
    return job_ ? job_->deadline : Clock::time_point::max();
}

void CommandTurn::look_at_the_clock() {
    if (job_ && Clock::now() >= job_->deadline)
        give_up("has not shown it within " + std::to_string(profile_.command_ms) + " ms");
}

void CommandTurn::connection_lost() {
    if (job_) give_up("was lost");
}

void CommandTurn::give_up(const std::string& why) {
    if (!job_->sent)
        end(fail(Remedy::retry, "the scale " + why + " before anything was sent"));
    else
        end(fail(Remedy::call_person, "the command was sent, and the scale " + why +
                                          ": look at its display whether it was done"));
}

void CommandTurn::end(const Result<void>& result) {
    const Job job = *std::exchange(job_, std::nullopt);
    job.done(result);
}

}  // namespace kemas::scale
