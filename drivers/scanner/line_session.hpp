// One connection of a scanner: frames in, answers out in the order of the lines. Knows neither who
// opened the connection nor what a code means.
#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "drivers/scanner/scanner_options.hpp"
#include "ports/scanner.hpp"

namespace kemas::scanner {

class LineSession : public std::enable_shared_from_this<LineSession> {
 public:
    // `counts` must be shared: an answer may come after everything else is gone. `on_heard` is
    // called for every sign of life.
    LineSession(boost::asio::ip::tcp::socket socket, ScannerOptions options,
                std::uint64_t connection, std::shared_ptr<ScannerCounts> counts,
                OnScannedLine on_line, std::function<void()> on_heard);

    // Reads until the connection ends; returns why it ended. Owner: the scanner's coroutine.
    static boost::asio::awaitable<std::string> run(std::shared_ptr<LineSession> self);

    void close(std::string why);  // no line is delivered after this

 private:
    struct Slot;   // the place of one answer in the order
    class Ticket;  // held by the reply function; frees the slot when nobody answers

    static boost::asio::awaitable<void> finish_answers(std::shared_ptr<LineSession> self);
    std::shared_ptr<Slot> new_slot();
    void deliver(const Frame& frame);
    void say(std::string answer);  // takes its place behind the answers still to come
    void write_ready();

    boost::asio::ip::tcp::socket socket_;
    boost::asio::steady_timer write_deadline_, room_;
    ScannerOptions options_;
    LineFramer framer_;
    std::uint64_t connection_, lines_ = 0;
    std::shared_ptr<ScannerCounts> counts_;
    OnScannedLine on_line_;
    std::function<void()> on_heard_;
    std::array<char, 4096> input_{};
    std::deque<std::shared_ptr<Slot>> slots_;
    std::string output_;  // what is being written
    bool writing_ = false, closed_ = false;
    std::string why_;
};

// Finds a peer that vanished without a word within about 25 s.
void enable_keepalive(boost::asio::ip::tcp::socket& socket);

}  // namespace kemas::scanner
