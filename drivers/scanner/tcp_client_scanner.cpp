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

struct TcpClientScanner::State : ScannerState {
    State(const asio::any_io_executor& executor_, TcpClientScannerOptions given)
        : ScannerState(executor_, given),
          options(std::move(given)),
          resolver(executor_),
          deadline(executor_),
          settle(executor_) {}

    TcpClientScannerOptions options;
    tcp::resolver resolver;
    asio::steady_timer deadline, settle;
    std::shared_ptr<tcp::socket> connecting;
    std::uint64_t attempt = 0;
    bool lost = false;

    void begin(const std::shared_ptr<ScannerState>& self) override {
        asio::co_spawn(executor, keep_connected(std::static_pointer_cast<State>(self)),
                       rethrow_end);
    }
    void cancel() override {
        resolver.cancel();
        deadline.cancel();
        settle.cancel();
        error_code ignored;
        if (connecting) connecting->close(ignored);
    }

    // After a loss a connection counts as up once it scans or stays: a port server whose
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
                state->open_session(std::move(*socket), where, state);
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

    void open_session(tcp::socket socket, const std::string& where,
                      const std::shared_ptr<State>& self) {
        const std::weak_ptr<State> weak = self;
        session = std::make_shared<LineSession>(
            socket_wire(std::move(socket)), options, ++counts->connections, counts,
            [weak, where](ScannedLine line) {
                const auto state = weak.lock();
                if (!state || !state->on_line) return;
                state->health.up("connected", where);  // who scans is there
                const OnScannedLine tell = state->on_line;
                tell(std::move(line));
            },
            [weak] {
                if (const auto state = weak.lock()) state->health.heard();
            });
    }
};

TcpClientScanner::TcpClientScanner(asio::any_io_executor executor, TcpClientScannerOptions options)
    : DrivenScanner(std::make_shared<State>(executor, std::move(options))) {}

}  // namespace kemas::scanner
