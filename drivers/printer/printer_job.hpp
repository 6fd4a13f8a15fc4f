// One job, or one look between jobs, over one link that is opened for it. Knows no queue.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "drivers/bus/link.hpp"
#include "drivers/printer/printer_state.hpp"
#include "drivers/printer/stream_printer.hpp"

namespace kemas::printer {

struct Job {
    std::string bytes;
    Printer::OnReady on_ready;
    Printer::OnEnd on_end;
};

class JobRun {
 public:
    JobRun(const StreamPrinterOptions& options, bus::Link& link, PrinterState& state)
        : options_(options), link_(link), state_(state) {}

    boost::asio::awaitable<PrintOutcome> run(Job& job);
    boost::asio::awaitable<void> look();

 private:
    using Outcome = std::optional<PrintOutcome>;
    using Kind = PrintOutcome::Kind;

    boost::asio::awaitable<Outcome> open();
    boost::asio::awaitable<Outcome> ask_pins();
    boost::asio::awaitable<Outcome> ask_status();
    boost::asio::awaitable<bus::Link::End> ask(Moment moment, int timeout_ms);
    boost::asio::awaitable<bool> permitted(Job& job);
    boost::asio::awaitable<PrintOutcome> deliver(Job& job);
    boost::asio::awaitable<PrintOutcome> prove_by_close();
    boost::asio::awaitable<PrintOutcome> prove_by_words();
    boost::asio::awaitable<std::string> why_silent();
    bool by_profile(Moment moment) const;
    bool answered(Moment moment) const;  // in full
    Result<PrinterSays> says(Moment moment) const;
    PrintOutcome down(Kind kind, const std::string& state, const std::string& why);
    PrintOutcome doubt(const std::string& why);

    const StreamPrinterOptions& options_;
    bus::Link& link_;
    PrinterState& state_;
    std::string so_far_;  // "5 of 5 bytes"
};

}  // namespace kemas::printer
