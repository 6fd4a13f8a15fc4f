#include "drivers/scanner/tcp_client_scanner.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "drivers/scanner/line_session.hpp"
#include "drivers/scanner/scanner_health.hpp"

namespace kemas::scanner {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds kSettle{500};

}  // namespace

struct TcpClientScanner::State {
    State(const asio::any_io_executor& executor_, TcpClientScannerOptions given)
        : options(std::move(given)),
          executor(executor_),
          resolver(executor_),
          pause(executor_),
          deadline(executor_),
          settle(executor_),
          health(options.name, options.log) {}

    TcpClientScannerOptions options;
    asio::any_io_executor executor;
    tcp::resolver resolver;
    asio::steady_timer pause, deadline, settle;
    HealthRecord health;
    OnScannedLine on_line;
    std::shared_ptr<ScannerCounts> counts = std::make_shared<ScannerCounts>();
    std::shared_ptr<tcp::socket> connecting;
    std::shared_ptr<LineSession> session;
    std::uint64_t attempt = 0;
    bool stopped = false, lost = false;

    // After a loss a connection counts as up once it says something or stays: a port server whose
    // device is gone takes connections only to end them.
    void up_when_it_stays(const std::string& where, const std::shared_ptr<State>& self) {
        if (!lost) return health.up("connected", where);
        settle.expires_after(kSettle);
        settle.async_wait([self, where](error_code ec) {
            if (!ec && self->session) self->health.up("connected", where);
        });
    }

    void limit_attempt(const std::shared_ptr<State>& self) {
        deadline.expires_after(std::chrono::milliseconds(options.connect_timeout_ms));
        deadline.async_wait([self, mine = ++attempt](error_code ec) {
            if (ec || self->attempt != mine) return;
            self->resolver.cancel();
            error_code ignored;
            if (self->connecting) self->connecting->close(ignored);
        });
    }
    void end_attempt() {
        ++attempt;
        deadline.cancel();
        connecting.reset();
    }

    static asio::awaitable<error_code> connect(std::shared_ptr<State> state,
                                               std::shared_ptr<tcp::socket> socket) {
        const std::string port = std::to_string(state->options.port);
        auto [resolve_error, found] =
            co_await state->resolver.async_resolve(state->options.host, port, kAsTuple);
        if (resolve_error) co_return resolve_error;
        error_code last = asio::error::host_not_found;
        for (const auto& entry : found) {
            const tcp::endpoint endpoint = entry.endpoint();
            auto [ec] = co_await socket->async_connect(endpoint, kAsTuple);
            last = ec;
            if (!ec || ec == asio::error::operation_aborted || state->stopped) break;
            error_code ignored;
            socket->close(ignored);
        }
        co_return last;
    }

    static asio::awaitable<void> keep_connected(std::shared_ptr<State> state) {
        auto back_off = kFirstBackOff;
        const std::string where = state->options.host + ":" + std::to_string(state->options.port);
        while (!state->stopped) {
            const auto socket = std::make_shared<tcp::socket>(state->executor);
            state->connecting = socket;
            state->limit_attempt(state);
            const error_code ec = co_await connect(state, socket);
            state->end_attempt();
            if (state->stopped) break;
            std::string why = "cannot connect to " + where + " (" + ec.message() + ")";
            if (!ec && socket->is_open()) {
                const auto began = std::chrono::steady_clock::now();
                state->open_session(std::move(*socket), state);
                state->up_when_it_stays(where, state);
                const std::string end = co_await LineSession::run(state->session);
                state->settle.cancel();
                state->session.reset();
                // A reader that accepts and hangs up at once must not be hammered.
                if (std::chrono::steady_clock::now() - began > kLastBackOff)
                    back_off = kFirstBackOff;
                if (state->stopped) break;
                why = "connection to " + where + " lost: " + end;
            }
            state->lost = true;
            state->health.down("connecting", why + "; check the reader's power and cable");
            state->pause.expires_after(back_off);
            co_await state->pause.async_wait(kAsTuple);
            back_off = std::min(back_off * 2, kLastBackOff);
        }
    }

    void open_session(tcp::socket socket, const std::shared_ptr<State>& self) {
        session = std::make_shared<LineSession>(socket_wire(std::move(socket)), options,
                                                ++counts->connections, counts, on_line,
                                                [weak = std::weak_ptr(self)] {
                                                    if (const auto state = weak.lock()) {
                                                        state->health.heard();
                                                        if (!state->health.now().up)
                                                            state->health.up("connected", "heard");
                                                    }
                                                });
    }
};

TcpClientScanner::TcpClientScanner(asio::any_io_executor executor, TcpClientScannerOptions options)
    : state_(std::make_shared<State>(executor, std::move(options))) {}

TcpClientScanner::~TcpClientScanner() {
    stop();
}

void TcpClientScanner::start(OnScannedLine on_line) {
    state_->on_line = std::move(on_line);
    state_->health.set_state("connecting");
    asio::co_spawn(state_->executor, State::keep_connected(state_), rethrow_end);
}

void TcpClientScanner::stop() {
    state_->stopped = true;
    state_->resolver.cancel();
    state_->pause.cancel();
    state_->deadline.cancel();
    state_->settle.cancel();
    error_code ignored;
    if (state_->connecting) state_->connecting->close(ignored);
    if (state_->session) state_->session->close("stopped");
    state_->on_line = nullptr;
    state_->health.stop();
}

DeviceHealth TcpClientScanner::health() const {
    return state_->health.now();
}
ScannerCounts TcpClientScanner::counts() const {
    return *state_->counts;
}

}  // namespace kemas::scanner
