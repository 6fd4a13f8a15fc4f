#include "drivers/printer/stream_printer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>

#include "drivers/printer/printer_job.hpp"
#include "drivers/printer/printer_state.hpp"

namespace kemas::printer {
namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using Kind = PrintOutcome::Kind;

struct StreamPrinter::Line {
    Line(const asio::any_io_executor& executor_, StreamPrinterOptions options_, MakeLink make_link_)
        : executor(executor_),
          options(std::move(options_)),
          make_link(std::move(make_link_)),
          state(options.name, options.log),
          bell(executor_) {}

    asio::any_io_executor executor;
    StreamPrinterOptions options;
    MakeLink make_link;
    PrinterState state;
    asio::steady_timer bell;  // a job came, or the line stops
    std::deque<Job> jobs;
    std::shared_ptr<bus::Link> link;
    bool working = false, stopped = false, silent = false;
    Counting counting;
    JobTally tally;

    bool polls() const { return options.ask_status && options.status_poll_ms > 0; }

    static asio::awaitable<void> work(std::shared_ptr<Line> line);
    static asio::awaitable<void> run_jobs(std::shared_ptr<Line> line);
    static asio::awaitable<void> look(std::shared_ptr<Line> line);
    static void ended(std::exception_ptr error) {
        if (error) std::rethrow_exception(error);  // our own mistake: not to be swallowed
    }
    void start() {
        if (!std::exchange(working, true)) asio::co_spawn(executor, work(shared()), ended);
    }
    std::shared_ptr<Line> shared() { return self.lock(); }
    std::weak_ptr<Line> self;
};

asio::awaitable<void> StreamPrinter::Line::work(std::shared_ptr<Line> line) {
    for (;;) {
        co_await run_jobs(line);
        if (line->stopped || !line->polls()) break;
        co_await look(line);
        if (line->stopped || !line->jobs.empty()) continue;
        line->bell.expires_after(std::chrono::milliseconds(line->options.status_poll_ms));
        const auto quietly = asio::as_tuple(asio::use_awaitable);
        co_await line->bell.async_wait(quietly);
    }
    line->working = false;
}

asio::awaitable<void> StreamPrinter::Line::run_jobs(std::shared_ptr<Line> line) {
    while (!line->jobs.empty()) {
        Job job = std::move(line->jobs.front());
        line->jobs.pop_front();
        PrintOutcome outcome{Kind::not_started, "The printer line was stopped before this job."};
        PrintCount counted{PrintCount::Kind::unreachable, 0, ""};
        if (!line->stopped) {
            line->link = line->make_link();
            JobRun run(line->options, *line->link, line->state, line->counting);
            if (job.on_count)
                counted = co_await run.count(job.before);
            else
                outcome = co_await run.run(job);
            line->link->close();
            line->link.reset();
        }
        if (line->stopped) line->state.set(false, "stopped");
        if (job.on_count) {
            if (!line->silent) job.on_count(counted);
            continue;
        }
        line->tally.take(outcome);
        if (!line->silent && job.on_end) job.on_end(outcome);
    }
}

// Asks how the printer is, between jobs.
asio::awaitable<void> StreamPrinter::Line::look(std::shared_ptr<Line> line) {
    line->link = line->make_link();
    JobRun run(line->options, *line->link, line->state, line->counting);
    co_await run.look();
    line->link->close();
    line->link.reset();
    if (line->stopped) line->state.set(false, "stopped");
}

StreamPrinter::StreamPrinter(asio::any_io_executor executor, StreamPrinterOptions options,
                             MakeLink make_link)
    : line_(std::make_shared<Line>(executor, std::move(options), std::move(make_link))) {
    line_->self = line_;
    if (line_->polls()) line_->start();
}

StreamPrinter::~StreamPrinter() {
    line_->silent = true;
    line_->state.forget_log();
    stop();
}

void StreamPrinter::print(std::string bytes, OnReady on_ready, OnEnd on_end) {
    line_->jobs.push_back({std::move(bytes), std::move(on_ready), std::move(on_end), {}, 0});
    line_->bell.cancel();
    line_->start();
}

std::optional<std::int64_t> StreamPrinter::counter() const {
    return line_->counting.before;
}

void StreamPrinter::count(std::int64_t before, OnCount on_count) {
    if (!line_->options.counts || !line_->options.ask_status)
        return asio::post(line_->executor, [on_count = std::move(on_count)] {
            on_count({PrintCount::Kind::cannot, 0, "its printer does not count"});
        });
    line_->jobs.push_back({{}, {}, {}, std::move(on_count), before});
    line_->bell.cancel();
    line_->start();
}

void StreamPrinter::stop() {
    line_->stopped = true;
    line_->state.set(false, "stopped");
    line_->bell.cancel();
    if (line_->link) line_->link->stop();
}

DeviceHealth StreamPrinter::health() const {
    return line_->state.health();
}

LiveFacts StreamPrinter::live() const {
    return line_->tally.facts(line_->jobs.size());
}

}  // namespace kemas::printer
