// A label printer behind a raw TCP port (9100 and the like): half-closes after a job and waits
// until the printer closes too.
#pragma once

#include <cstdint>

#include "drivers/printer/stream_printer.hpp"

namespace kemas::printer {

struct TcpPrinterOptions {
    std::string name;  // as the site file names it
    std::string host;  // name or address
    std::uint16_t port = 9100;
    Language language = Language::zpl;
    bool ask_status = false;         // before every job; silence is not ready
    int status_poll_ms = 0;          // between jobs, over a short connection of its own; 0 = never
    int connect_timeout_ms = 3'000;  // name look-up included
    int status_timeout_ms = 2'000;
    int stall_timeout_ms = 10'000;  // longest time without a byte taken while sending
    int close_timeout_ms = 30'000;  // from our end of the job to the printer's
    LogSink log;
};

class TcpPrinter : public StreamPrinter {
 public:
    TcpPrinter(const boost::asio::any_io_executor& executor, const TcpPrinterOptions& options);
};

}  // namespace kemas::printer
