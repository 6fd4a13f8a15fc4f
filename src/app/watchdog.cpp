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
                   std::vector<Heart> hearts, std::function<void()> feed,
                   std::function<void(const std::string&)> on_stuck)
    : timer_(loop), period_(period), feed_(std::move(feed)), on_stuck_(std::move(on_stuck)) {
    for (auto& heart : hearts) hearts_.push_back({std::move(heart), 0, false});
}

void Watchdog::start() {
    for (auto& each : hearts_) {
        each.seen = each.heart.beats();
        each.heart.nudge();
    }
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
        bool all = true;
        for (auto& each : hearts_) all = moved(each) && all;
        if (all) feed_();
        look();
    });
}

bool Watchdog::moved(Watched& watched) {
    const auto beats = watched.heart.beats();
    const bool alive = beats != watched.seen;
    if (!alive && !watched.stuck) on_stuck_(watched.heart.name);
    watched.stuck = !alive;
    watched.seen = beats;
    watched.heart.nudge();
    return alive;
}

}  // namespace kemas::app
