// One connection to a device, whatever carries the bytes: open, send, listen, each with its own
// time limit. Knows no language. One coroutine waits at a time; all on the loop thread.
#pragma once

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kemas::bus {

class Link : public std::enable_shared_from_this<Link> {
 public:
    enum class End { ok, failed, timeout, stopped };
    using Condition = std::function<bool()>;

    explicit Link(const boost::asio::any_io_executor& executor) : bell_(executor) {}
    virtual ~Link() = default;

    /// Opens; after End::failed error() says why.
    virtual boost::asio::awaitable<End> open(int timeout_ms) = 0;
    /// Sends all of `bytes`; `stall_ms` is the longest time without progress.
    boost::asio::awaitable<End> send(std::string bytes, int stall_ms);
    /// Waits until the condition holds. A negative time waits for ever. The condition must outlive
    /// the wait; ring() makes it look again.
    boost::asio::awaitable<End> until(const Condition& condition, int timeout_ms);

    void ring() { bell_.cancel(); }
    virtual void stop();  // every wait ends with End::stopped
    virtual void close() = 0;

    /// Whether a peer that has taken all closes its side (TCP); a device file has no such end.
    virtual bool has_an_end() const { return false; }
    virtual void finish_sending() {}  // half-close: the peer sees the end of what we send
    /// Whether nothing that left is still on its way.
    virtual bool everything_delivered() { return true; }
    /// Pins of a parallel port (LP_POUTPA ...) where the transport has them; blocks nobody.
    virtual bool has_pins() const { return false; }
    virtual void ask_pins() {}
    virtual std::optional<int> pins() const { return std::nullopt; }

    const std::string& heard() const { return heard_; }  // the first few KiB of what came back
    void forget_heard() { heard_.clear(); }
    std::size_t sent() const { return sent_; }  // bytes the kernel took in the last send()
    bool closed_by_peer() const { return peer_closed_; }  // in good order
    bool broken() const { return broken_; }               // reset, unplugged, or any other error
    const std::string& error() const { return error_; }

 protected:
    using Error = boost::system::error_code;
    using Handler = std::function<void(Error, std::size_t)>;
    virtual void read_some(char* to, std::size_t room, Handler handler) = 0;
    virtual void write_some(const char* from, std::size_t size, Handler handler) = 0;
    /// What the end of the stream means; a device may come back from it.
    virtual void on_end_of_stream() { peer_closed_ = true; }

    void listen();
    void break_off(const std::string& why);
    bool stopped() const { return stopped_; }
    std::string error_;
    bool peer_closed_ = false;

 private:
    void send_more();

    boost::asio::steady_timer bell_;
    std::array<char, 1024> incoming_{};
    std::string outgoing_, heard_;
    std::size_t sent_ = 0;
    bool stopped_ = false, broken_ = false, send_failed_ = false;
};

}  // namespace kemas::bus
