#include "drivers/printer/tcp_link.hpp"

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <optional>
#include <vector>

namespace kemas::printer {
namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t most_heard = 4096;
constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

}  // namespace

TcpLink::TcpLink(asio::any_io_executor executor)
    : socket_(executor), resolver_(executor), bell_(executor) {}

asio::awaitable<TcpLink::End> TcpLink::until(const Condition& condition, int timeout_ms) {
    const auto deadline = timeout_ms < 0 ? Clock::time_point::max()
                                         : Clock::now() + std::chrono::milliseconds(timeout_ms);
    for (;;) {
        if (stopped_) co_return End::stopped;
        if (condition()) co_return End::ok;
        if (Clock::now() >= deadline) co_return End::timeout;
        bell_.expires_at(deadline);
        co_await bell_.async_wait(quietly);
    }
}

asio::awaitable<TcpLink::End> TcpLink::connect(std::string host, std::uint16_t port,
                                               int timeout_ms) {
    const auto start = Clock::now();
    const auto left_ms = [&] {
        const auto gone =
            std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
        return std::max(0, timeout_ms - static_cast<int>(gone.count()));
    };
    // What the callbacks write must outlive this coroutine: a name look-up cannot be cut short.
    struct Found {
        bool over = false;
        Error error;
        std::vector<tcp::endpoint> endpoints;
    };
    const auto found = std::make_shared<Found>();
    const auto self = shared_from_this();
    Error not_numeric;
    const auto address = asio::ip::make_address(host, not_numeric);
    if (!not_numeric) {
        found->over = true;
        found->endpoints.emplace_back(address, port);
    } else {
        resolver_.async_resolve(host, std::to_string(port),
                                [self, found](Error error, tcp::resolver::results_type results) {
                                    found->over = true;
                                    found->error = error;
                                    for (const auto& each : results)
                                        found->endpoints.push_back(each.endpoint());
                                    self->ring();
                                });
    }
    const Condition resolved = [found] { return found->over; };
    End end = co_await until(resolved, left_ms());
    if (end != End::ok) co_return end;
    if (found->error) error_ = "its name cannot be resolved (" + found->error.message() + ")";

    for (const auto& endpoint : found->endpoints) {
        const auto answer = std::make_shared<std::optional<Error>>();
        close();
        socket_.async_connect(endpoint, [self, answer](Error error) {
            *answer = error;
            self->ring();
        });
        const Condition answered = [answer] { return answer->has_value(); };
        end = co_await until(answered, left_ms());
        if (end != End::ok) co_return end;
        if (!**answer) {
            Error ignored;
            socket_.set_option(tcp::no_delay(true), ignored);
            listen();
            co_return End::ok;
        }
        error_ = (*answer)->message();
    }
    co_return End::failed;
}

void TcpLink::listen() {
    socket_.async_read_some(asio::buffer(incoming_),
                            [self = shared_from_this()](Error error, std::size_t n) {
                                if (self->heard_.size() < most_heard)
                                    self->heard_.append(self->incoming_.data(), n);
                                if (!error) {
                                    self->listen();
                                } else if (error == asio::error::eof) {
                                    self->peer_closed_ = true;
                                } else if (error != asio::error::operation_aborted) {
                                    self->broken_ = true;
                                    self->error_ = error.message();
                                }
                                self->ring();
                            });
}

void TcpLink::send_more() {
    const auto rest = asio::buffer(outgoing_) + sent_;
    socket_.async_write_some(rest, [self = shared_from_this()](Error error, std::size_t n) {
        self->sent_ += n;
        if (error) {
            self->send_failed_ = true;
            if (!self->broken_) self->error_ = error.message();
        } else if (self->sent_ < self->outgoing_.size() && !self->stopped_) {
            self->send_more();
        }
        self->ring();
    });
}

asio::awaitable<TcpLink::End> TcpLink::send(std::string bytes, int stall_ms) {
    outgoing_ = std::move(bytes);
    sent_ = 0;
    send_failed_ = false;
    send_more();
    while (sent_ < outgoing_.size()) {
        const std::size_t before = sent_;
        const Condition moved = [this, before] {
            return send_failed_ || broken_ || sent_ > before;
        };
        const End end = co_await until(moved, stall_ms);
        if (end != End::ok) co_return end;
        if (send_failed_ || broken_) co_return End::failed;
    }
    co_return End::ok;
}

void TcpLink::stop() {
    stopped_ = true;
    resolver_.cancel();
    ring();
}

void TcpLink::close() {
    Error ignored;
    socket_.close(ignored);
}

void TcpLink::finish_sending() {
    Error ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

bool TcpLink::everything_acknowledged() {
    int waiting = 0;
    return ioctl(socket_.native_handle(), SIOCOUTQ, &waiting) == 0 && waiting == 0;
}

}  // namespace kemas::printer
