// Listens for scanners that connect to us: handhelds and readers in push mode. Every connection is
// a scanner of the same station. Knows no station.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "drivers/scanner/scanner_options.hpp"
#include "ports/scanner.hpp"

namespace kemas::scanner {

struct TcpServerScannerOptions : ScannerOptions {
    std::string bind = "127.0.0.1";   // address to listen on
    std::uint16_t port = 0;           // 0 = any free one, see port()
    std::size_t max_connections = 8;  // more are refused with an answer
};

class TcpServerScanner : public Scanner {
 public:
    TcpServerScanner(boost::asio::any_io_executor executor, TcpServerScannerOptions options);
    ~TcpServerScanner() override;  // as stop()

    // Binds at once; when that fails, health() says why and it is tried again (100 ms to 2 s).
    void start(OnScannedLine on_line) override;
    void stop() override;
    DeviceHealth health() const override;
    Result<void> trigger(bool on) override;  // every reader that is connected
    LiveFacts live() const override { return live_of(counts()); }

    std::uint16_t port() const;  // the bound one; 0 = not listening
    ScannerCounts counts() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::scanner
