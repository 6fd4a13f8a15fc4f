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
    Printer::OnCount on_count;  // instead of all three: it is only asked for its count
    std::int64_t before = 0;
};

// What is known of a printer's own count, from job to job.
struct Counting {
    bool silent = false;                 // it does not know the question: not asked again
    std::optional<std::int64_t> before;  // of the job under way
};

class JobRun {
 public:
    JobRun(const StreamPrinterOptions& options, bus::Link& link, PrinterState& state,
           Counting& counting)
        : options_(options), link_(link), state_(state), counting_(counting) {}

    boost::asio::awaitable<PrintOutcome> run(Job& job);
    boost::asio::awaitable<void> look();
    boost::asio::awaitable<PrintCount> count(std::int64_t before);

 private:
    using Outcome = std::optional<PrintOutcome>;
    using Kind = PrintOutcome::Kind;

    boost::asio::awaitable<Outcome> open();
    boost::asio::awaitable<Outcome> ask_pins();
    boost::asio::awaitable<Outcome> ask_status();
    // Until it has printed all it was given; a job never meets another one in its buffer.
    boost::asio::awaitable<Outcome> wait_idle();
    boost::asio::awaitable<Outcome> read_counter();
    boost::asio::awaitable<void> ask_counter();
    boost::asio::awaitable<bus::Link::End> ask(Moment moment, int timeout_ms);
    boost::asio::awaitable<bool> permitted(Job& job);
    boost::asio::awaitable<PrintOutcome> deliver(Job& job);
    boost::asio::awaitable<PrintOutcome> prove_by_close();
    boost::asio::awaitable<PrintOutcome> prove_by_words();
    boost::asio::awaitable<PrintOutcome> prove_by_counter();
    boost::asio::awaitable<std::string> why_silent();
    bool by_profile(Moment moment) const;
    bool answered(Moment moment) const;  // in full
    Result<PrinterSays> says(Moment moment) const;
    PrintOutcome down(Kind kind, const std::string& state, const std::string& why);
    PrintOutcome doubt(const std::string& why);

    const StreamPrinterOptions& options_;
    bus::Link& link_;
    PrinterState& state_;
    Counting& counting_;
    int pauses_ = 0;  // between questions: short ones first
    int next_pause_ms();
    bool busy_ = false;                 // when last asked
    std::optional<std::int64_t> told_;  // its count, when last asked
    std::string so_far_;                // "5 of 5 bytes"
};

}  // namespace kemas::printer
