// Connects to a fixed reader that serves its codes over TCP, and keeps connecting. Knows no
// station.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "drivers/scanner/scanner_options.hpp"
#include "ports/scanner.hpp"

namespace kemas::scanner {

struct TcpClientScannerOptions : ScannerOptions {
    std::string host;  // name or address of the reader
    std::uint16_t port = 0;
    int connect_timeout_ms = 3'000;  // resolve and connect
};

class TcpClientScanner : public Scanner {
 public:
    TcpClientScanner(boost::asio::any_io_executor executor, TcpClientScannerOptions options);
    ~TcpClientScanner() override;  // as stop()

    // Connects and, when that fails or ends, again after 100 ms, doubling up to 2 s.
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
