// One connection to a printer: connect, send, listen, each with its own time limit. Knows no
// printer language and no jobs. One coroutine waits at a time; all on the loop thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>

namespace kemas::printer {

class TcpLink : public std::enable_shared_from_this<TcpLink> {
 public:
    enum class End { ok, failed, timeout, stopped };
    using Condition = std::function<bool()>;

    explicit TcpLink(boost::asio::any_io_executor executor);

    /// Resolves (off the loop) and connects to the first address that answers.
    boost::asio::awaitable<End> connect(std::string host, std::uint16_t port, int timeout_ms);
    /// Sends all of `bytes`; `stall_ms` is the longest time without progress.
    boost::asio::awaitable<End> send(std::string bytes, int stall_ms);
    /// Waits until the condition holds. A negative time waits for ever. The condition must outlive
    /// the wait; ring() makes it look again.
    boost::asio::awaitable<End> until(const Condition& condition, int timeout_ms);

    void ring() { bell_.cancel(); }
    void stop();  // every wait ends with End::stopped
    void close();
    void finish_sending();  // half-close: the printer sees the end of the job

    const std::string& heard() const { return heard_; }  // the first few KiB of what came back
    std::size_t sent() const { return sent_; }           // bytes the kernel took in the last send()
    bool closed_by_peer() const { return peer_closed_; }  // in good order
    bool broken() const { return broken_; }               // reset, or any other error while reading
    const std::string& error() const { return error_; }
    /// Whether the peer has acknowledged every byte that left.
    bool everything_acknowledged();

 private:
    using Error = boost::system::error_code;
    void listen();
    void send_more();

    boost::asio::ip::tcp::socket socket_;
    boost::asio::ip::tcp::resolver resolver_;
    boost::asio::steady_timer bell_;
    std::array<char, 1024> incoming_{};
    std::string outgoing_, heard_, error_;
    std::size_t sent_ = 0;
    bool stopped_ = false, peer_closed_ = false, broken_ = false, send_failed_ = false;
};

}  // namespace kemas::printer
