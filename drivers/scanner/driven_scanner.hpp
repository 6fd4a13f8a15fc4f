// What scanners that Kemas opens itself share: their face, and the state behind it. How a device is
// opened and read is each one's own. Knows no station.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>

#include "drivers/scanner/line_session.hpp"
#include "drivers/scanner/scanner_health.hpp"
#include "drivers/scanner/scanner_options.hpp"
#include "ports/scanner.hpp"

namespace kemas::scanner {

struct ScannerState {
    ScannerState(const boost::asio::any_io_executor& executor_, const ScannerOptions& options)
        : executor(executor_),
          pause(executor_),
          health(options.name, options.log),
          triggers(options) {}
    ScannerState(const ScannerState&) = delete;
    ScannerState& operator=(const ScannerState&) = delete;
    virtual ~ScannerState() = default;

    /// Begins to open the device and keeps opening it; `self` is this.
    virtual void begin(const std::shared_ptr<ScannerState>& self) = 0;
    /// Ends whatever of its own it waits for.
    virtual void cancel() = 0;

    boost::asio::any_io_executor executor;
    boost::asio::steady_timer pause;  // between two attempts
    HealthRecord health;
    OnScannedLine on_line;
    std::shared_ptr<ScannerCounts> counts = std::make_shared<ScannerCounts>();
    std::shared_ptr<LineSession> session;  // while there is a line to talk over
    const ScannerOptions triggers;         // of which only the trigger's bytes are asked
    bool stopped = false;
};

class DrivenScanner : public Scanner {
 public:
    DrivenScanner(const DrivenScanner&) = delete;
    DrivenScanner& operator=(const DrivenScanner&) = delete;
    ~DrivenScanner() override { stop_now(); }

    // Opens and, when that fails or the device goes, again after 100 ms, doubling up to 2 s.
    void start(OnScannedLine on_line) override;
    void stop() override { stop_now(); }
    DeviceHealth health() const override { return state_->health.now(); }
    LiveFacts live() const override { return live_of(counts()); }
    Result<void> trigger(bool on) override;
    ScannerCounts counts() const { return *state_->counts; }

 protected:
    explicit DrivenScanner(std::shared_ptr<ScannerState> state) : state_(std::move(state)) {}

 private:
    void stop_now();
    std::shared_ptr<ScannerState> state_;
};

}  // namespace kemas::scanner
