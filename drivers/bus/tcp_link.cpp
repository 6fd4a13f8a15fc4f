#include "drivers/bus/tcp_link.hpp"

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <boost/asio/buffer.hpp>
#include <chrono>
#include <optional>
#include <vector>

namespace kemas::bus {
namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

asio::awaitable<Link::End> TcpLink::open(int timeout_ms) {
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
    const auto address = asio::ip::make_address(host_, not_numeric);
    if (!not_numeric) {
        found->over = true;
        found->endpoints.emplace_back(address, port_);
    } else {
        resolver_.async_resolve(host_, std::to_string(port_),
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

void TcpLink::read_some(char* to, std::size_t room, Handler handler) {
    socket_.async_read_some(asio::buffer(to, room), std::move(handler));
}

void TcpLink::write_some(const char* from, std::size_t size, Handler handler) {
    socket_.async_write_some(asio::buffer(from, size), std::move(handler));
}

void TcpLink::stop() {
    resolver_.cancel();
    Link::stop();
}

void TcpLink::close() {
    Error ignored;
    socket_.close(ignored);
}

void TcpLink::finish_sending() {
    Error ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

bool TcpLink::everything_delivered() {
    int waiting = 0;
    return ioctl(socket_.native_handle(), SIOCOUTQ, &waiting) == 0 && waiting == 0;
}

}  // namespace kemas::bus
