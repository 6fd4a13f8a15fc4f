// Simulated lines behind Modbus TCP on a thread of their own, and a clock beside their PLCs: when
// an eye counted a body, and when the divert of it was written.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "drivers/sim/line_server.hpp"

namespace kemas::bench {

class PlcThread {
 public:
    // What a line's reader or scale said; of a reader also what is on the label, when it read one.
    using Heard = std::function<void(std::size_t line, const line::LineEvent&, const sim::Label&)>;

    // `heard` is called on the thread of the PLCs. The lines have no faults and no unread labels.
    PlcThread(std::size_t lines, Heard heard);
    ~PlcThread();

    std::size_t lines() const { return lines_.size(); }
    std::uint16_t port(std::size_t line) const { return lines_[line]->server->port(); }
    void stop();
    // After stop().
    const std::vector<double>& divert_ms() const { return divert_ms_; }
    std::int64_t wrong() const;               // parcels in lanes that are not theirs
    int unasked() const { return unasked_; }  // diverts of a body that no eye had counted

 private:
    using Clock = std::chrono::steady_clock;
    struct Seen {
        Clock::time_point at;
        std::size_t eye = 0;
        std::uint32_t edge = 0;
    };
    struct Line {
        std::unique_ptr<sim::LineServer> server;
        std::vector<std::uint32_t> counts;
        std::vector<Seen> seen;
        std::size_t written = 0;
        std::set<std::uint16_t> numbers;  // a divert written again is no new one
    };
    void run();
    void watch(Line& line);
    void match(Line& line, const sim::LineServer::Written& written, Clock::time_point now);

    boost::asio::io_context loop_{1};
    std::vector<std::unique_ptr<Line>> lines_;
    std::vector<double> divert_ms_;
    int unasked_ = 0;
    std::atomic<bool> stop_ = false;
    std::thread thread_;
};

}  // namespace kemas::bench
