#include "drivers/bus/modbus_tcp.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/completion_condition.hpp>
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

#include "drivers/bus/turns.hpp"

namespace kemas::bus {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

struct Resolved {
    error_code error;
    std::vector<tcp::endpoint> endpoints;
};

}  // namespace

struct ModbusTcp::Link : std::enable_shared_from_this<Link> {
    Link(const asio::any_io_executor& executor, ModbusTcpOptions given)
        : options(std::move(given)),
          turns(executor),
          socket(executor),
          resolver(executor),
          deadline(executor),
          wake(executor) {}

    ModbusTcpOptions options;
    Turns turns;
    tcp::socket socket;
    tcp::resolver resolver;
    asio::steady_timer deadline;  // closes the socket under an exchange that takes too long
    asio::steady_timer wake;      // waits for a name or a gap
    Frame request;
    std::array<std::uint8_t, kMaxFrameBytes> answer{};
    std::optional<Resolved> resolved;
    Clock::time_point last_end, due;
    std::uint16_t transaction = 0;
    bool busy = false, watching = false, resolving = false, connected = false, timed_out = false,
         stopped = false;
    bool spoilt = false;  // more bytes came than were asked for

    // A request that is under way is taken back: without the linger the system would go on sending
    // it behind our back, and a divert could arrive seconds after its time.
    void close() {
        error_code ignored;
        if (busy && connected) socket.set_option(tcp::socket::linger(true, 0), ignored);
        socket.close(ignored);
        connected = false;
    }

    void begin(milliseconds limit) {
        busy = true;
        timed_out = false;
        due = Clock::now() + limit;
        if (!watching || due < deadline.expiry()) watch();
    }
    void end() {
        busy = false;
        last_end = Clock::now();
    }
    // One wait for many exchanges: it looks again at the time of the one that is under way then.
    void watch() {
        watching = true;
        deadline.expires_at(due);
        deadline.async_wait([self = shared_from_this()](error_code ec) {
            if (ec) return;
            self->watching = false;
            if (!self->busy) return;
            if (Clock::now() < self->due) return self->watch();
            self->timed_out = true;
            self->close();
            self->wake.cancel();
        });
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
    // Of a write that may have arrived nobody knows whether it was done, stopped or not.
    tl::unexpected<Fault> lost_after_sending(const Query& query, const std::string& what) const {
        auto fault = lost(what);
        if (query.writes()) fault.value().remedy = Remedy::reconnect;
        return fault;
    }
    tl::unexpected<Fault> too_late() const {
        return fail(Remedy::stop, where() + ": the command was not sent, its time had passed");
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

// The steps of a call. Each holds the link by value, so that it lives as long as they do.
struct ModbusTcp::Call {
    using LinkPtr = std::shared_ptr<Link>;

    static asio::awaitable<void> sleep_until(LinkPtr link, Clock::time_point moment) {
        link->wake.expires_at(moment);
        co_await link->wake.async_wait(kAsTuple);
    }

    static asio::awaitable<Result<std::vector<tcp::endpoint>>> resolve(LinkPtr link) {
        error_code not_numeric;
        const auto address = asio::ip::make_address(link->options.host, not_numeric);
        if (!not_numeric)
            co_return std::vector<tcp::endpoint>(1, tcp::endpoint(address, link->options.port));
        link->start_resolving();
        while (!link->resolved && !link->timed_out && !link->stopped)
            co_await sleep_until(link, Clock::time_point::max());
        if (!link->resolved || link->timed_out || link->stopped)
            co_return link->lost("its name was not resolved in time");
        Resolved found = std::move(*link->resolved);
        link->resolved.reset();
        if (found.error)
            co_return link->lost("the name cannot be resolved (" + found.error.message() +
                                 "): check the host in the site file");
        co_return std::move(found.endpoints);
    }

    static asio::awaitable<Result<void>> connect(LinkPtr link) {
        const auto endpoints = co_await resolve(link);
        if (!endpoints) co_return tl::unexpected(endpoints.error());
        std::string why = "no address";
        for (const tcp::endpoint& endpoint : *endpoints) {
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

    static asio::awaitable<Result<Answer>> talk(LinkPtr link, Query query, Deadline not_after) {
        const std::uint16_t transaction = ++link->transaction;
        link->request = encode_tcp(query, transaction);
        if (Clock::now() > not_after) co_return link->too_late();
        auto [write_error, written] = co_await asio::async_write(
            link->socket, asio::buffer(link->request.data.data(), link->request.size), kAsTuple);
        if (write_error)
            co_return link->lost_after_sending(query,
                                               "connection lost (" + write_error.message() + ")");

        // Most answers come whole: then this is the only read.
        auto [head_error, got] =
            co_await asio::async_read(link->socket, asio::buffer(link->answer),
                                      asio::transfer_at_least(kHeaderBytes), kAsTuple);
        if (head_error)
            co_return link->lost_after_sending(query,
                                               "connection lost (" + head_error.message() + ")");
        const std::span<const std::uint8_t> header(link->answer.data(), kHeaderBytes);
        const Result<std::size_t> rest = check_header(query, transaction, header);
        if (!rest) co_return link->lost_after_sending(query, rest.error().what);

        const std::size_t whole = kHeaderBytes + *rest;
        if (got > whole) link->spoilt = true;  // bytes behind it: it alone is still good
        const std::size_t missing = got < whole ? whole - got : 0;
        error_code body_error;
        if (missing > 0) {
            auto [error, more] = co_await asio::async_read(
                link->socket, asio::buffer(link->answer.data() + got, missing), kAsTuple);
            body_error = error;
        }
        if (body_error)
            co_return link->lost_after_sending(query,
                                               "answer cut short (" + body_error.message() + ")");
        // The deadline may have struck in the same turn of the loop: then the answer is late.
        if (link->timed_out || link->stopped) co_return link->lost_after_sending(query, "late");
        const std::span<const std::uint8_t> pdu(link->answer.data() + kHeaderBytes, *rest);
        Result<Answer> answer = decode_pdu(query, pdu);
        if (!answer) answer.error().what = link->where() + ": " + answer.error().what;
        co_return answer;
    }

    // The line is ours; gives it back at its end.
    static asio::awaitable<Result<Answer>> with_turn(LinkPtr link, Query query,
                                                     Deadline not_after) {
        const milliseconds limit(link->options.timeout_ms);
        link->begin(limit);
        // Bytes that nobody asked for mean the line is out of step.
        error_code ec;
        if (link->connected && (link->spoilt || link->socket.available(ec) > 0 || ec))
            link->close();
        link->spoilt = false;
        Result<void> up;
        if (!link->connected) {
            up = co_await connect(link);
            const milliseconds pause(link->options.pause_after_connect_ms);
            if (up && pause > milliseconds(0)) {
                link->begin(limit + pause);
                co_await sleep_until(link, Clock::now() + pause);
                if (link->stopped || !link->connected) up = link->lost("closed");
            }
        }
        Result<Answer> answer = fail(Remedy::reconnect, "");
        if (up)
            answer = co_await talk(link, std::move(query), not_after);
        else
            answer = tl::unexpected(up.error());
        if (!answer && answer.error().remedy == Remedy::reconnect) link->close();
        link->end();
        co_return answer;
    }

    static asio::awaitable<Result<Answer>> run(LinkPtr link, Query query, Deadline not_after) {
        if (const auto wrong = wrong_with(query); !wrong.empty())
            co_return fail(Remedy::call_person, link->where() + ": " + std::string(wrong));
        if (!link->turns.try_take()) {
            const bool ours = co_await link->turns.take(query.writes(), not_after);
            if (!ours && link->stopped) co_return link->lost("stopped");
            if (!ours) co_return link->too_late();
        }
        const auto earliest = link->last_end + milliseconds(link->options.min_gap_ms);
        if (link->options.min_gap_ms > 0)
            while (Clock::now() < earliest && !link->stopped) co_await sleep_until(link, earliest);
        Result<Answer> answer = fail(Remedy::stop, link->where() + ": stopped");
        if (!link->stopped) answer = co_await with_turn(link, std::move(query), not_after);
        link->turns.give();
        co_return answer;
    }
};

ModbusTcp::ModbusTcp(asio::any_io_executor executor, ModbusTcpOptions options)
    : link_(std::make_shared<Link>(executor, std::move(options))) {}

ModbusTcp::~ModbusTcp() {
    stop();
}

asio::awaitable<Result<Answer>> ModbusTcp::exchange(Query query, Deadline not_after) {
    return Call::run(link_, std::move(query), not_after);
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
    link_->turns.stop();
    link_->resolver.cancel();
    link_->deadline.cancel();
    close();
}

}  // namespace kemas::bus
