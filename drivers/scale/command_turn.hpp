// The one command that a text scale may be carrying out: asked, sent, proven or given up, each told
// once. Knows no line; its driver sends the bytes and passes every frame by.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/profile/text_scale_profile.hpp"
#include "ports/scale.hpp"

namespace kemas::scale {

class CommandTurn {
 public:
    using Clock = std::chrono::steady_clock;

    CommandTurn(const profile::TextScaleProfile& profile, const profile::SiteFacts& site)
        : profile_(profile), site_(site) {}  // both outlive it

    /// Takes the command, or refuses it at once: none documented, one under way, no scale, in
    /// motion. `now` is what the scale last told, nullopt when it is not connected.
    void ask(ScaleCommand what, OnScaleCommand done, const std::optional<ScaleNow>& now);
    /// The bytes to send now; empty = nothing to send.
    std::string take_bytes();
    bool waits_to_be_sent() const { return job_ && !job_->sent; }
    bool is_under_way() const { return job_ && job_->sent; }
    std::string_view name() const;
    /// Every frame heard; true: it was the command's answer.
    bool hear(std::string_view frame);
    Clock::time_point deadline() const;
    void look_at_the_clock();
    void connection_lost();

 private:
    struct Job {
        ScaleCommand what;
        OnScaleCommand done;
        Clock::time_point deadline;
        bool sent = false;
    };
    void end(const Result<void>& result);
    void give_up(const std::string& why);

    const profile::TextScaleProfile& profile_;
    const profile::SiteFacts& site_;
    std::optional<Job> job_;
};

}  // namespace kemas::scale
