#include "app/watchdog.hpp"

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace kemas::app {

std::optional<std::chrono::microseconds> asked_watchdog_period() {
    const char* text = std::getenv("WATCHDOG_USEC");
    if (!text) return std::nullopt;
    std::int64_t micros = 0;
    const auto end = text + std::strlen(text);
    if (std::from_chars(text, end, micros).ptr != end || micros <= 0) return std::nullopt;
    return std::chrono::microseconds(micros);
}

Watchdog::Watchdog(boost::asio::any_io_executor loop, std::chrono::microseconds period,
                   std::function<std::vector<Heart>()> hearts, std::function<void()> feed,
                   std::function<void(const std::string&)> on_stuck)
    : timer_(loop),
      period_(period),
      hearts_(std::move(hearts)),
      feed_(std::move(feed)),
      on_stuck_(std::move(on_stuck)) {}

void Watchdog::start() {
    all_moved();
    look();
}

void Watchdog::stop() {
    stopped_ = true;
    timer_.cancel();
}

void Watchdog::look() {
    timer_.expires_after(period_ / 4);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (error || stopped_) return;
        if (all_moved()) feed_();
        look();
    });
}

// A heart seen for the first time has moved.
bool Watchdog::all_moved() {
    bool all = true;
    std::map<std::string, Seen> seen;
    for (const auto& heart : hearts_()) {
        const auto beats = heart.beats();
        const auto before = seen_.find(heart.name);
        const bool stuck = before != seen_.end() && before->second.beats == beats;
        if (stuck && !before->second.stuck) on_stuck_(heart.name);
        seen[heart.name] = {beats, stuck};
        all = all && !stuck;
        heart.nudge();
    }
    seen_ = std::move(seen);
    return all;
}

}  // namespace kemas::app
