#include "drivers/scanner/serial_scanner.hpp"

#include <sys/ioctl.h>

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

serial_port::parity parity_of(Parity parity) {
    if (parity == Parity::even) return serial_port::parity(serial_port::parity::even);
    if (parity == Parity::odd) return serial_port::parity(serial_port::parity::odd);
    return serial_port::parity(serial_port::parity::none);
}

error_code open(serial_port& port, const SerialScannerOptions& options) {
    error_code ec;
    port.open(options.device, ec);
    if (!ec) port.set_option(serial_port::baud_rate(options.baud), ec);
    if (!ec) port.set_option(parity_of(options.parity), ec);
    if (!ec) port.set_option(serial_port::character_size(options.data_bits), ec);
    if (!ec)
        port.set_option(
            serial_port::stop_bits(options.stop_bits == 2 ? serial_port::stop_bits::two
                                                          : serial_port::stop_bits::one),
            ec);
    if (!ec) port.set_option(serial_port::flow_control(serial_port::flow_control::none), ec);
    // Nobody else may read the codes away.
    if (!ec && ::ioctl(port.native_handle(), TIOCEXCL) != 0)
        ec.assign(errno, boost::system::system_category());
    return ec;
}

}  // namespace

struct SerialScanner::State {
    State(const asio::any_io_executor& executor_, SerialScannerOptions given)
        : options(std::move(given)),
          executor(executor_),
          pause(executor_),
          health(options.name, options.log) {}

    SerialScannerOptions options;
    asio::any_io_executor executor;
    asio::steady_timer pause;
    HealthRecord health;
    OnScannedLine on_line;
    std::shared_ptr<ScannerCounts> counts = std::make_shared<ScannerCounts>();
    std::shared_ptr<LineSession> session;
    bool stopped = false;

    static asio::awaitable<void> keep_open(std::shared_ptr<State> state) {
        auto back_off = kFirstBackOff;
        while (!state->stopped) {
            serial_port port(state->executor);
            const error_code ec = open(port, state->options);
            std::string why = "cannot open " + state->options.device + " (" + ec.message() +
                              "); check the plug and the device name";
            if (!ec) {
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
    : state_(std::make_shared<State>(executor, std::move(options))) {}

SerialScanner::~SerialScanner() {
    stop();
}

void SerialScanner::start(OnScannedLine on_line) {
    state_->on_line = std::move(on_line);
    state_->health.set_state("connecting");
    asio::co_spawn(state_->executor, State::keep_open(state_), rethrow_end);
}

void SerialScanner::stop() {
    state_->stopped = true;
    state_->pause.cancel();
    if (state_->session) state_->session->close("stopped");
    state_->on_line = nullptr;
    state_->health.stop();
}

DeviceHealth SerialScanner::health() const {
    return state_->health.now();
}
ScannerCounts SerialScanner::counts() const {
    return *state_->counts;
}

}  // namespace kemas::scanner
