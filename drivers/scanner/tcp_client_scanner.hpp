// Connects to a fixed reader that serves its codes over TCP, and keeps connecting. Knows no
// station.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <string>

#include "drivers/scanner/driven_scanner.hpp"

namespace kemas::scanner {

struct TcpClientScannerOptions : ScannerOptions {
    std::string host;  // name or address of the reader
    std::uint16_t port = 0;
    int connect_timeout_ms = 3'000;  // resolve and connect
};

class TcpClientScanner : public DrivenScanner {
 public:
    TcpClientScanner(boost::asio::any_io_executor executor, TcpClientScannerOptions options);

 private:
    struct State;
};

}  // namespace kemas::scanner
