// A printer at the end of a byte stream, whatever carries it: opens, asks how it is, asks the
// ledger, sends, and looks for proof that the job ended. Between jobs it asks how the printer is at
// a slow pace. Knows no label; of languages only their status answers.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "drivers/bus/link.hpp"
#include "drivers/printer/profile_status.hpp"
#include "ports/printer.hpp"

namespace kemas::printer {

// One call per change of state, never one per failure. `event` is "printer.up" or "printer.down".
using LogSink = std::function<void(std::string_view event, std::string detail)>;

struct StreamPrinterOptions {
    std::string name;   // as the site file names it
    std::string place;  // where it is, for messages: "192.0.2.41:9100", "/dev/usb/lp0"
    Language language = Language::none;
    StatusQueries queries;        // instead of what the language's codec asks before a job
    bool ask_status = false;      // before every job, and between jobs; silence is not ready
    bool counts = false;          // it is a Zebra that tells its count of labels; needs ask_status
    int status_poll_ms = 0;       // between jobs; 0 = never
    int open_timeout_ms = 3'000;  // name look-up included
    int status_timeout_ms = 2'000;
    int stall_timeout_ms = 10'000;  // longest time without a byte taken while sending
    int close_timeout_ms = 30'000;  // from our end of the job to its proof
    int proof_pause_ms = 250;       // between two questions around a job
    int quiet_ms = 2'000;  // how long a count must stand still to say that nothing will come
    LogSink log;
};

class StreamPrinter : public Printer {
 public:
    using MakeLink = std::function<std::shared_ptr<bus::Link>()>;

    StreamPrinter(boost::asio::any_io_executor executor, StreamPrinterOptions options,
                  MakeLink make_link);
    ~StreamPrinter() override;  // stops; no callback follows

    /// Waits until the printer has nothing left to print, if its status is asked. Outcomes:
    /// not_started when it could not be opened, was not ready, was told not to go, no byte was
    /// taken, or its count stood still. done only by its count: one up. sent: it closed in good
    /// order and had taken every byte (TCP), or said after the job that it is idle (twice in a row,
    /// unless its language answers in turn). Else unknown. A Go that is lost without an answer
    /// counts as false.
    void print(std::string bytes, OnReady on_ready, OnEnd on_end) override;

    std::optional<std::int64_t> counter() const override;
    void count(std::int64_t before, OnCount on_count) override;

    /// The job under way ends at once (unknown if bytes left), waiting ones as not_started; their
    /// on_end comes from the loop.
    void stop() override;

    /// state: "idle" (nothing known yet), "connecting", "ready", "printing", "reachable" (open, but
    /// its status is not asked), "unreachable", "unknown" (silent when asked), "failed", "stopped",
    /// or what the printer said ("paper-out", "head-open", "paused" ...).
    DeviceHealth health() const override;
    LiveFacts live() const override;  // how many jobs wait, and how the last one ended

 private:
    struct Line;
    std::shared_ptr<Line> line_;
};

}  // namespace kemas::printer
