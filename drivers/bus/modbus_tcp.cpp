#include "drivers/bus/modbus_tcp.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <optional>
#include <span>

#include "drivers/bus/modbus_codec.hpp"

namespace kemas::bus {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Words = std::vector<std::uint16_t>;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

struct Resolved {
    error_code error;
    std::vector<tcp::endpoint> endpoints;
};

}  // namespace

struct ModbusTcp::Link : std::enable_shared_from_this<Link> {
    Link(const asio::any_io_executor& executor, ModbusTcpOptions given)
        : options(std::move(given)),
          socket(executor),
          resolver(executor),
          deadline(executor),
          wake(executor) {}

    ModbusTcpOptions options;
    tcp::socket socket;
    tcp::resolver resolver;
    asio::steady_timer deadline;  // closes the socket under a call that takes too long
    asio::steady_timer wake;      // waits for a name or a gap
    std::array<std::uint8_t, 12> request_bytes{};
    std::array<std::uint8_t, kMaxFrameBytes> frame{};
    std::optional<Resolved> resolved;
    Clock::time_point last_end;
    std::uint64_t call = 0;  // tells a late deadline from the present one
    std::uint16_t transaction = 0;
    bool busy = false, resolving = false, connected = false, timed_out = false, stopped = false;

    void close() {
        error_code ignored;
        socket.close(ignored);
        connected = false;
    }

    void begin_call() {
        busy = true;
        timed_out = false;
        deadline.expires_after(std::chrono::milliseconds(options.timeout_ms));
        deadline.async_wait([self = shared_from_this(), mine = ++call](error_code ec) {
            if (ec || self->call != mine) return;
            self->timed_out = true;
            self->close();
            self->wake.cancel();
        });
    }
    void end_call() {
        ++call;
        deadline.cancel();
        busy = false;
        last_end = Clock::now();
    }

    std::string where() const { return options.host + ":" + std::to_string(options.port); }

    tl::unexpected<Fault> lost(const std::string& what) const {
        if (stopped) return fail(Remedy::stop, where() + ": stopped");
        if (timed_out)
            return fail(Remedy::reconnect, where() + " did not answer within " +
                                               std::to_string(options.timeout_ms) +
                                               " ms: check its power and network cable");
        return fail(Remedy::reconnect, where() + ": " + what);
    }

    // getaddrinfo cannot be interrupted: it is left running beside the call, and its answer kept
    // for the next one when it comes too late for this.
    void start_resolving() {
        if (resolving || resolved) return;
        resolving = true;
        resolver.async_resolve(
            options.host, std::to_string(options.port),
            [self = shared_from_this()](error_code ec, tcp::resolver::results_type results) {
                self->resolving = false;
                Resolved found;
                found.error = ec;
                for (const auto& entry : results) found.endpoints.push_back(entry.endpoint());
                self->resolved = std::move(found);
                self->wake.cancel();
            });
    }
};

// The three steps of a call. Each holds the link by value, so that it lives as long as they do.
struct ModbusCall {
    template <class Link>
    static asio::awaitable<Result<void>> connect(std::shared_ptr<Link> link) {
        std::vector<tcp::endpoint> endpoints;
        error_code not_numeric;
        const auto address = asio::ip::make_address(link->options.host, not_numeric);
        if (!not_numeric) {
            endpoints.emplace_back(address, link->options.port);
        } else {
            link->start_resolving();
            while (!link->resolved && !link->timed_out && !link->stopped) {
                link->wake.expires_at(Clock::time_point::max());
                co_await link->wake.async_wait(kAsTuple);
            }
            if (!link->resolved || link->timed_out || link->stopped)
                co_return link->lost("its name was not resolved in time");
            const Resolved found = std::move(*link->resolved);
            link->resolved.reset();
            if (found.error)
                co_return link->lost("the name cannot be resolved (" + found.error.message() +
                                     "): check the host in the site file");
            endpoints = found.endpoints;
        }
        std::string why = "no address";
        for (const tcp::endpoint& endpoint : endpoints) {
            link->close();
            auto [ec] = co_await link->socket.async_connect(endpoint, kAsTuple);
            if (link->timed_out || link->stopped) break;
            if (!ec) {
                link->connected = true;
                error_code ignored;
                link->socket.set_option(tcp::no_delay(true), ignored);
                co_return Result<void>();
            }
            why = ec.message();
        }
        co_return link->lost("no connection (" + why + "): check that the device is on");
    }

    template <class Link>
    static asio::awaitable<Result<Words>> exchange(std::shared_ptr<Link> link,
                                                   ReadRequest request) {
        link->request_bytes = encode(request);
        auto [write_error, written] =
            co_await asio::async_write(link->socket, asio::buffer(link->request_bytes), kAsTuple);
        if (write_error) co_return link->lost("connection lost (" + write_error.message() + ")");

        auto [head_error, head_bytes] = co_await asio::async_read(
            link->socket, asio::buffer(link->frame.data(), kHeaderBytes), kAsTuple);
        if (head_error) co_return link->lost("connection lost (" + head_error.message() + ")");
        const std::span<const std::uint8_t> header(link->frame.data(), kHeaderBytes);
        const Result<std::size_t> rest = check_header(request, header);
        if (!rest) co_return link->lost(rest.error().what);

        auto [body_error, body_bytes] = co_await asio::async_read(
            link->socket, asio::buffer(link->frame.data() + kHeaderBytes, *rest), kAsTuple);
        if (body_error) co_return link->lost("answer cut short (" + body_error.message() + ")");
        // The deadline may have struck in the same turn of the loop: then the answer is late.
        if (link->timed_out || link->stopped) co_return link->lost("late");
        const std::span<const std::uint8_t> frame(link->frame.data(), kHeaderBytes + *rest);
        Result<Words> words = decode_registers(request, frame);
        if (!words) words.error().what = link->where() + ": " + words.error().what;
        co_return words;
    }

    template <class Link>
    static asio::awaitable<Result<Words>> read(std::shared_ptr<Link> link, ReadRequest request) {
        if (link->busy) co_return fail(Remedy::retry, link->where() + ": a request is under way");
        link->busy = true;
        const auto earliest = link->last_end + std::chrono::milliseconds(link->options.min_gap_ms);
        if (link->options.min_gap_ms > 0 && Clock::now() < earliest && !link->stopped) {
            link->wake.expires_at(earliest);
            co_await link->wake.async_wait(kAsTuple);
        }
        if (link->stopped) {
            link->busy = false;
            co_return link->lost("stopped");
        }
        link->begin_call();
        request.transaction = ++link->transaction;
        // Bytes that nobody asked for mean the line is out of step.
        error_code ec;
        if (link->connected && (link->socket.available(ec) > 0 || ec)) link->close();
        Result<Words> words = fail(Remedy::reconnect, "");
        Result<void> up;
        if (!link->connected) up = co_await connect(link);
        if (up)
            words = co_await exchange(link, request);
        else
            words = tl::unexpected(up.error());
        link->end_call();
        if (!words && words.error().remedy != Remedy::retry) link->close();
        co_return words;
    }
};

ModbusTcp::ModbusTcp(asio::any_io_executor executor, ModbusTcpOptions options)
    : link_(std::make_shared<Link>(executor, std::move(options))) {}

ModbusTcp::~ModbusTcp() {
    stop();
}

asio::awaitable<Result<Words>> ModbusTcp::read_registers(std::uint8_t unit, int function_code,
                                                         std::uint16_t start, std::uint16_t count) {
    ReadRequest request;
    request.unit = unit;
    request.function_code = static_cast<std::uint8_t>(function_code);
    request.start = start;
    request.count = count;
    return ModbusCall::read(link_, request);
}

bool ModbusTcp::connected() const {
    return link_->connected;
}

void ModbusTcp::close() {
    link_->close();
    link_->wake.cancel();
}

void ModbusTcp::stop() {
    link_->stopped = true;
    link_->resolver.cancel();
    close();
}

}  // namespace kemas::bus
