// A label printer behind a raw TCP port (9100 and the like): half-closes after a job and waits
// until the printer closes too.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "drivers/printer/stream_printer.hpp"

namespace kemas::printer {

struct TcpPrinterOptions : StreamPrinterOptions {  // whose place is host and port
    TcpPrinterOptions() { language = Language::zpl; }
    TcpPrinterOptions(std::string name_, std::string host_, std::uint16_t port_ = 9100)
        : TcpPrinterOptions() {
        name = std::move(name_);
        host = std::move(host_);
        port = port_;
    }
    std::string host;  // name or address
    std::uint16_t port = 9100;
};

class TcpPrinter : public StreamPrinter {
 public:
    TcpPrinter(const boost::asio::any_io_executor& executor, const TcpPrinterOptions& options);
};

}  // namespace kemas::printer
