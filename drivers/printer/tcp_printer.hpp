// A label printer behind a raw TCP port (9100 and the like): connect, ask the ledger, send, half-
// close, wait until the printer closes too. Knows no label; of languages only ZPL's status answer.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "ports/printer.hpp"

namespace kemas::printer {

struct TcpPrinterOptions {
    std::string name;  // as the site file names it
    std::string host;  // name or address
    std::uint16_t port = 9100;
    bool ask_zpl_status = false;     // status = "zpl": ~HS before every job; silence is not ready
    int connect_timeout_ms = 3'000;  // name look-up included
    int status_timeout_ms = 2'000;
    int stall_timeout_ms = 10'000;  // longest time without a byte taken while sending
    int close_timeout_ms = 30'000;  // from our end of the job to the printer's
};

class TcpPrinter : public Printer {
 public:
    TcpPrinter(boost::asio::any_io_executor executor, TcpPrinterOptions options);
    ~TcpPrinter() override;  // stops; no callback follows

    /// Outcomes: not_started when it could not connect, was not ready, was told not to go or no
    /// byte was taken; done when the printer closed in good order after our end of the job and had
    /// acknowledged every byte; else unknown. A Go that is lost without an answer counts as false.
    void print(std::string bytes, OnReady on_ready, OnEnd on_end) override;

    /// The job under way ends at once (unknown if bytes left), waiting ones as not_started; their
    /// on_end comes from the loop.
    void stop() override;

    /// state: "idle" (no job yet), "connecting", "ready", "printing", "unreachable", "silent",
    /// "failed", "stopped", or what ~HS said ("paper-out", "head-open", "paused" ...).
    DeviceHealth health() const override;

 private:
    struct Line;
    std::shared_ptr<Line> line_;
};

}  // namespace kemas::printer
