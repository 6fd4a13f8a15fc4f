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

#include "core/barcode/sender_id.hpp"
#include "drivers/scanner/scanner_options.hpp"
#include "drivers/scanner/wire.hpp"
#include "ports/scanner.hpp"

namespace kemas::scanner {

class LineSession : public std::enable_shared_from_this<LineSession> {
 public:
    // `counts` must be shared: an answer may come after everything else is gone. `on_heard` is
    // called for every sign of life.
    LineSession(std::unique_ptr<Wire> wire, ScannerOptions options, std::uint64_t connection,
                std::shared_ptr<ScannerCounts> counts, OnScannedLine on_line,
                std::function<void()> on_heard);

    // Reads until the connection ends; returns why it ended. Owner: the scanner's coroutine.
    static boost::asio::awaitable<std::string> run(std::shared_ptr<LineSession> self);

    void close(std::string why);   // no line is delivered after this
    void send(std::string bytes);  // a command, behind the answers still to come

 private:
    struct Slot;   // the place of one answer in the order
    class Ticket;  // held by the reply function; frees the slot when nobody answers

    static boost::asio::awaitable<void> finish_answers(std::shared_ptr<LineSession> self);
    std::shared_ptr<Slot> new_slot();
    void deliver(const Frame& frame);
    void say(std::string bytes);  // takes its place behind the answers still to come
    std::string key_of(const barcode::SentCode& sent, bool repeat);
    bool too_late(const Slot& slot) const;
    void write_ready();

    std::unique_ptr<Wire> wire_;
    boost::asio::steady_timer write_deadline_, room_;
    ScannerOptions options_;
    std::unique_ptr<Talk> talk_;
    std::uint64_t connection_, lines_ = 0;
    std::shared_ptr<ScannerCounts> counts_;
    OnScannedLine on_line_;
    std::function<void()> on_heard_;
    std::array<char, 4096> input_{};
    std::deque<std::shared_ptr<Slot>> slots_;
    std::shared_ptr<Slot> last_;  // of the last code, for its repeats
    std::string last_text_, last_key_;
    std::string output_;  // what is being written
    bool writing_ = false, closed_ = false;
    std::string why_;
};

// A socket as a wire, with keepalive on.
std::unique_ptr<Wire> socket_wire(boost::asio::ip::tcp::socket socket);

// Finds a peer that vanished without a word within about 25 s.
void enable_keepalive(boost::asio::ip::tcp::socket& socket);

}  // namespace kemas::scanner
