#include "drivers/scanner/tcp_server_scanner.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <vector>

#include "drivers/scanner/line_session.hpp"
#include "drivers/scanner/scanner_health.hpp"

namespace kemas::scanner {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

}  // namespace

struct TcpServerScanner::State {
    State(const asio::any_io_executor& executor_, TcpServerScannerOptions given)
        : options(std::move(given)),
          executor(executor_),
          acceptor(executor_),
          retry(executor_),
          health(options.name, options.log) {}

    TcpServerScannerOptions options;
    asio::any_io_executor executor;
    tcp::acceptor acceptor;
    asio::steady_timer retry;
    HealthRecord health;
    OnScannedLine on_line;
    std::shared_ptr<ScannerCounts> counts = std::make_shared<ScannerCounts>();
    std::vector<std::shared_ptr<LineSession>> sessions;
    bool stopped = false, refusing = false;

    error_code listen() {
        error_code ec;
        const auto address = asio::ip::make_address(options.bind, ec);
        if (ec) return ec;
        const tcp::endpoint endpoint(address, options.port);
        acceptor.open(endpoint.protocol(), ec);
        if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
        if (!ec) acceptor.bind(endpoint, ec);
        if (!ec) acceptor.listen(16, ec);
        error_code ignored;
        if (ec)
            acceptor.close(ignored);
        else
            options.port = acceptor.local_endpoint(ignored).port();  // keeps it over a re-listen
        return ec;
    }

    bool try_listen() {
        const error_code ec = listen();
        const std::string where = options.bind + ":" + std::to_string(options.port);
        if (ec)
            health.down("listening", "cannot listen on " + where + " (" + ec.message() +
                                         "): free the port or change it in the site file");
        else
            health.up("listening", where);
        return !ec;
    }

    // Says why and hangs up; a scanner must not take silence for a station.
    void turn_away(tcp::socket socket) {
        ++counts->refused;
        if (!refusing && options.log)
            options.log("scanner.refused", options.name + ": more than " +
                                               std::to_string(options.max_connections) +
                                               " connections");
        refusing = true;
        static constexpr std::string_view kAnswer =
            "-|too_many|Too many scanners at this station: switch one off and connect again\r\n";
        error_code ignored;
        socket.non_blocking(true, ignored);
        socket.write_some(asio::buffer(kAnswer), ignored);
    }

    static asio::awaitable<void> serve(std::shared_ptr<State> state,
                                       std::shared_ptr<LineSession> session) {
        const std::string why = co_await LineSession::run(session);
        std::erase(state->sessions, session);
        state->refusing = false;
        if (state->stopped) co_return;
        if (state->sessions.empty()) state->health.set_state("listening");
        if (state->options.log)
            state->options.log("scanner.disconnected", state->options.name + ": " + why);
    }

    static asio::awaitable<void> accept(std::shared_ptr<State> state) {
        auto pause = kFirstBackOff;
        while (!state->stopped) {
            if (!state->acceptor.is_open() && !state->try_listen()) {
                state->retry.expires_after(pause);
                co_await state->retry.async_wait(kAsTuple);
                pause = std::min(pause * 2, kLastBackOff);
                continue;
            }
            tcp::socket socket(state->executor);
            auto [ec] = co_await state->acceptor.async_accept(socket, kAsTuple);
            if (state->stopped) break;
            if (ec) {  // out of descriptors or memory: others must give some back first
                state->health.down("refusing", "cannot accept (" + ec.message() + ")");
                state->retry.expires_after(pause);
                co_await state->retry.async_wait(kAsTuple);
                pause = std::min(pause * 2, kLastBackOff);
                continue;
            }
            pause = kFirstBackOff;
            state->admit(std::move(socket), state);
        }
    }

    void admit(tcp::socket socket, const std::shared_ptr<State>& self) {
        if (sessions.size() >= options.max_connections) return turn_away(std::move(socket));
        error_code ec;
        const auto peer = socket.remote_endpoint(ec);
        health.up("connected", options.name);
        auto session = std::make_shared<LineSession>(socket_wire(std::move(socket)), options,
                                                     ++counts->connections, counts, on_line,
                                                     [weak = std::weak_ptr(self)] {
                                                         if (const auto state = weak.lock())
                                                             state->health.heard();
                                                     });
        sessions.push_back(session);
        if (options.log)
            options.log("scanner.connected",
                        options.name + ": " + (ec ? "unknown" : peer.address().to_string()));
        asio::co_spawn(executor, serve(self, session), rethrow_end);
    }
};

TcpServerScanner::TcpServerScanner(asio::any_io_executor executor, TcpServerScannerOptions options)
    : state_(std::make_shared<State>(executor, std::move(options))) {}

TcpServerScanner::~TcpServerScanner() {
    stop();
}

void TcpServerScanner::start(OnScannedLine on_line) {
    state_->on_line = std::move(on_line);
    state_->try_listen();
    asio::co_spawn(state_->executor, State::accept(state_), rethrow_end);
}

void TcpServerScanner::stop() {
    state_->stopped = true;
    error_code ignored;
    state_->acceptor.close(ignored);
    state_->retry.cancel();
    for (const auto& session : state_->sessions) session->close("stopped");
    state_->on_line = nullptr;
    state_->health.stop();
}

Result<void> TcpServerScanner::trigger(bool on) {
    const auto bytes = trigger_bytes(state_->options, on);
    if (!bytes) return tl::unexpected(bytes.error());
    if (state_->sessions.empty())
        return fail(Remedy::retry, "no reader is connected: nothing was sent");
    for (const auto& session : state_->sessions) session->send(*bytes);
    return {};
}

DeviceHealth TcpServerScanner::health() const {
    return state_->health.now();
}

std::uint16_t TcpServerScanner::port() const {
    return state_->acceptor.is_open() ? state_->options.port : std::uint16_t{0};
}

ScannerCounts TcpServerScanner::counts() const {
    return *state_->counts;
}

}  // namespace kemas::scanner
