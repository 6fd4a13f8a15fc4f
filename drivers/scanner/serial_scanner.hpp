// A scanner on a serial line: RS-232, USB-CDC, a pty. Opens the device and keeps opening it, for a
// plug may be pulled at any time. Knows no station.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>

#include "drivers/scanner/scanner_options.hpp"
#include "ports/scanner.hpp"

namespace kemas::scanner {

enum class Parity { none, even, odd };

struct SerialScannerOptions : ScannerOptions {
    std::string device;  // /dev/serial/by-id/...: a name that survives a replug
    unsigned baud = 9'600;
    Parity parity = Parity::none;
    unsigned data_bits = 8;  // 7 or 8
    unsigned stop_bits = 1;  // 1 or 2
};

class SerialScanner : public Scanner {
 public:
    SerialScanner(boost::asio::any_io_executor executor, SerialScannerOptions options);
    ~SerialScanner() override;  // as stop()

    // Opens and, when that fails or the device goes, again after 100 ms, doubling up to 2 s.
    void start(OnScannedLine on_line) override;
    void stop() override;
    DeviceHealth health() const override;
    LiveFacts live() const override { return live_of(counts()); }
    ScannerCounts counts() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::scanner
