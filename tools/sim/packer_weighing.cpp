// The packer's half of a parcel that begins at the scale and ends with paper in the hand.
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "tools/sim/packer.hpp"

namespace kemas::sim {

namespace asio = boost::asio;

// Waits until kemasd has read the pan as it lies there now, so that a change is a change to it too.
asio::awaitable<void> Packer::see_pan() {
    constexpr std::uint64_t kReads = 3;
    constexpr std::int64_t kStepMs = 2, kMostMs = 3000;
    const auto token = asio::as_tuple(asio::use_awaitable);
    for (std::int64_t ms = 0; ms < kMostMs && scale_.reads_at_rest() < kReads; ms += kStepMs) {
        asio::steady_timer timer(executor_);
        timer.expires_after(std::chrono::milliseconds(kStepMs));
        co_await timer.async_wait(token);
    }
}

// Too light or too heavy: once more onto the pan, then a supervisor looks and answers for it.
asio::awaitable<void> Packer::weigh_again(Job& job, int times) {
    if (times == 1) {
        ++floor_.result.tally.reweighed;
        scale_.remove();
        co_await see_pan();
        scale_.put(job.weight);
    } else if (times == 2) {
        ++floor_.result.tally.overridden;
        co_await scan("*K*override:checked");
        co_await scan(floor_.day.supervisor);
    }
}

// The tracking number of the label that came out, or nothing: the job was put aside.
asio::awaitable<std::string> Packer::weigh_and_label(Job& job) {
    using Clock = std::chrono::steady_clock;
    co_await see_pan();
    papers_.clear();
    pushes_.clear();
    co_await pause(1200);
    scale_.put(job.weight);
    const auto& order = floor_.day.orders[job.orders.front()].draft;
    const bool paper_is_there = !job.paper.empty() && order.arranged->label_zpl.empty();
    const auto end = Clock::now() + std::chrono::milliseconds(floor_.options.label_within.value);
    const Milliseconds patience{100};
    for (int odd_weights = 0; Clock::now() < end;) {
        while (!papers_.empty()) {
            const PrintedJob paper = papers_.front();
            papers_.pop_front();
            if (!paper.whole) continue;
            if (!paper.mark.tracking.empty()) co_return paper.mark.tracking;
            if (!job.paper.empty()) co_return job.paper;
        }
        while (!pushes_.empty()) {
            const ScanAnswer push = pushes_.front();
            pushes_.pop_front();
            if (push.accepted && paper_is_there) co_return job.paper;
            if (push.code == "lift_parcel") {
                scale_.remove();
                co_await see_pan();
                scale_.put(job.weight);
            }
            if (push.code == "too_light" || push.code == "too_heavy")
                co_await weigh_again(job, ++odd_weights);
            if (!ends_job(push.code)) continue;
            ++floor_.result.tally.refused;
            put_aside(job, push);
            co_return "";
        }
        co_await news_.wait(patience);
    }
    put_aside(job, ScanAnswer{false, false, "no_label", "no label came out in time"});
    co_await scan("*K*leave");
    co_return "";
}

}  // namespace kemas::sim
