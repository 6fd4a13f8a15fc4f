// A printer or CUPS queue behind IPP. A thread of its own talks (libcups blocks); callbacks come on
// the loop. Knows no label: it passes ready bytes.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>

#include "drivers/printer/stream_printer.hpp"
#include "ports/printer.hpp"

namespace kemas::printer {

struct IppPrinterOptions {
    std::string name;  // as the site file names it
    std::string uri;   // ipp://host:631/printers/label; ipps, http, https
    std::string format = "application/octet-stream";  // the queue passes the bytes as they are
    int status_poll_ms = 10'000;                      // between jobs; 0 = never
    int connect_timeout_ms = 3'000;                   // of a question
    int stall_timeout_ms = 10'000;                    // without progress while sending
    int close_timeout_ms = 60'000;                    // from the last byte to the job's end
    int job_poll_ms = 500;
    LogSink log;
};

class IppPrinter : public Printer {
 public:
    IppPrinter(boost::asio::any_io_executor executor, IppPrinterOptions options);
    ~IppPrinter() override;  // stops; no callback follows; waits for the thread

    /// Outcomes: not_started when it cannot be reached, is not ready, refused the job or was told
    /// not to go; done when the job's state is completed (of a CUPS queue: its backend has handed
    /// it to the printer); else unknown. A job once sent is never sent again.
    void print(std::string bytes, OnReady on_ready, OnEnd on_end) override;
    void stop() override;
    DeviceHealth health() const override;
    /// Jobs, and what the printer last said of itself: model, state, reasons, formats.
    LiveFacts live() const override;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::printer
