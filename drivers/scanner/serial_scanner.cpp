#include "drivers/scanner/serial_scanner.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/serial_port.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>

#include "drivers/scanner/line_session.hpp"
#include "drivers/scanner/scanner_health.hpp"

namespace kemas::scanner {
namespace {

namespace asio = boost::asio;
using asio::serial_port;
using boost::system::error_code;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr int kQuietEnds = 3;  // reads of nothing that are no unplugging

}  // namespace

struct SerialScanner::State : ScannerState {
    State(const asio::any_io_executor& executor_, SerialScannerOptions given)
        : ScannerState(executor_, given), options(std::move(given)) {}

    SerialScannerOptions options;

    void begin(const std::shared_ptr<ScannerState>& self) override {
        asio::co_spawn(executor, keep_open(std::static_pointer_cast<State>(self)), rethrow_end);
    }
    void cancel() override {}

    static asio::awaitable<void> keep_open(std::shared_ptr<State> state) {
        auto back_off = kFirstBackOff;
        while (!state->stopped) {
            serial_port port(state->executor);
            const auto opened = bus::open_serial(state->options.device, state->options.line);
            error_code ec;
            if (opened) port.assign(*opened, ec);
            std::string why = opened ? "cannot open " + state->options.device + ": " + ec.message()
                                     : opened.error().what;
            if (opened && !ec) {
                const auto began = std::chrono::steady_clock::now();
                state->open_session(std::move(port), state);
                state->health.up("connected", state->options.device);
                const std::string end = co_await LineSession::run(state->session);
                state->session.reset();
                if (std::chrono::steady_clock::now() - began > kLastBackOff)
                    back_off = kFirstBackOff;
                why = state->options.device + " is gone: " + end + "; plug the scanner in again";
            }
            if (state->stopped) break;
            state->health.down("connecting", why);
            state->pause.expires_after(back_off);
            co_await state->pause.async_wait(kAsTuple);
            back_off = std::min(back_off * 2, kLastBackOff);
        }
    }

    void open_session(serial_port port, const std::shared_ptr<State>& self) {
        auto wire = std::make_unique<StreamWire<serial_port>>(std::move(port), kQuietEnds);
        session = std::make_shared<LineSession>(std::move(wire), options, ++counts->connections,
                                                counts, on_line, [weak = std::weak_ptr(self)] {
                                                    if (const auto state = weak.lock())
                                                        state->health.heard();
                                                });
    }
};

SerialScanner::SerialScanner(asio::any_io_executor executor, SerialScannerOptions options)
    : DrivenScanner(std::make_shared<State>(executor, std::move(options))) {}

}  // namespace kemas::scanner
