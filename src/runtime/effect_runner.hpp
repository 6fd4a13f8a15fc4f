// Performs what was planned, once: prepares labels, prints them, and reports how it ended. Decides
// nothing; a print that cannot start stays planned and is tried again.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ports/label_press.hpp"
#include "ports/printer.hpp"
#include "runtime/inbox.hpp"

namespace kemas::runtime {

struct RunnerOptions {
    std::function<void(Envelope, OnDone)> submit;
    std::function<void(const std::string& station, const Answer&)> show;  // to the operator
    LabelPress* press = nullptr;
    std::map<std::string, Printer*> printers;  // by device name
    std::string epoch;                         // id of this start, for keys
    int retry_first_ms = 500, retry_most_ms = 10'000;
};

class EffectRunner {
 public:
    EffectRunner(boost::asio::any_io_executor loop, RunnerOptions options);

    // In order: planned ones are performed, those cut off are asked about at printers that count.
    void take(std::vector<EffectRow> effects);
    void stop();  // starts nothing more
    // From its next job on `device` prints here; nullptr = there is none any more. `released` is
    // called when the former printer has no job of ours left.
    void use_printer(const std::string& device, Printer* printer, std::function<void()> released);
    std::size_t waiting() const;

 private:
    enum class Start { not_asked, recorded, unwanted };  // what the books said to the start
    struct Begun {
        Start start = Start::not_asked;
        std::optional<std::int64_t> counter;  // of the printer, before it
    };
    struct Line {  // one printer's queue: one job under way
        // Cut off, and the printer may know: asked before anything else is printed there.
        std::deque<EffectRow> checks;
        std::deque<EffectRow> queue;
        bool busy = false;
        int failures = 0;
        std::unique_ptr<boost::asio::steady_timer> pause;
        std::vector<std::function<void()>> swaps;  // of printers, when the job under way is over
    };
    void prepare(const EffectRow& effect);
    void next(const std::string& device);
    void check(const std::string& device);
    void on_count(const std::string& device, const PrintCount& count);
    void end_check(const std::string& device, const Done& done);
    void print(const std::string& device, EffectRow effect, std::string bytes);
    void on_ready(const EffectRow& effect, Printer::Go go, std::shared_ptr<Begun> begun);
    void on_end(const std::string& device, EffectRow effect, const PrintOutcome& outcome,
                const Begun& begun);
    void try_later(const std::string& device, EffectRow effect);
    void pause(const std::string& device);
    void report(const EffectRow& effect, Input input);

    boost::asio::any_io_executor loop_;
    RunnerOptions options_;
    std::map<std::string, Line> lines_;
    std::uint64_t reports_ = 0;
    bool stopped_ = false;
};

}  // namespace kemas::runtime
