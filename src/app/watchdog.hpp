// Feeds systemd's watchdog while every thread that must not hang gives signs of life. One that
// hangs starves it, and systemd starts the daemon anew. Knows no thread's work.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kemas::app {

// A thread to watch: `nudge` gives an idle one something to do, `beats` counts what it did.
struct Heart {
    std::string name;
    std::function<void()> nudge;
    std::function<std::uint64_t()> beats;
};

// What systemd asks for in WATCHDOG_USEC; empty = nothing.
std::optional<std::chrono::microseconds> asked_watchdog_period();

class Watchdog {
 public:
    // Looks every quarter of `period`. `feed` is called when all hearts moved since the last look,
    // `on_stuck` once for each heart that stands still.
    Watchdog(boost::asio::any_io_executor loop, std::chrono::microseconds period,
             std::vector<Heart> hearts, std::function<void()> feed,
             std::function<void(const std::string& name)> on_stuck);

    void start();
    void stop();

 private:
    struct Watched {
        Heart heart;
        std::uint64_t seen = 0;
        bool stuck = false;
    };
    void look();
    bool moved(Watched& watched);

    boost::asio::steady_timer timer_;
    std::chrono::microseconds period_;
    std::vector<Watched> hearts_;
    std::function<void()> feed_;
    std::function<void(const std::string&)> on_stuck_;
    bool stopped_ = false;
};

}  // namespace kemas::app
