#include "drivers/printer/tcp_printer.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <deque>
#include <optional>

#include "drivers/printer/tcp_link.hpp"
#include "drivers/printer/zpl_status.hpp"

namespace kemas::printer {
namespace asio = boost::asio;
using End = TcpLink::End;
using Kind = PrintOutcome::Kind;

namespace {

Instant wall_clock() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

struct Job {
    std::string bytes;
    Printer::OnReady on_ready;
    Printer::OnEnd on_end;
};

// The answer to on_ready. When the last copy of the Go is gone without one, it is no.
struct Permission {
    std::shared_ptr<TcpLink> link;
    std::shared_ptr<std::optional<bool>> answer;

    void give(bool go) {
        if (!answer->has_value()) *answer = go;
        link->ring();
    }
    ~Permission() { give(false); }
};

}  // namespace

struct TcpPrinter::Line {
    asio::any_io_executor executor;
    TcpPrinterOptions options;
    std::deque<Job> jobs;
    std::shared_ptr<TcpLink> link;
    DeviceHealth health;
    bool working = false, stopped = false, silent = false;

    std::string place() const { return options.host + ":" + std::to_string(options.port); }

    void set(bool up, const std::string& state, const std::string& error = {}) {
        const Instant now = wall_clock();
        if (health.up != up || health.since.value == 0) health.since = now;
        if (up) health.heard = now;
        health.up = up;
        health.state = state;
        if (!error.empty()) health.error = error;
    }
    PrintOutcome down(Kind kind, const std::string& state, const std::string& why) {
        set(false, state, why);
        return {kind, why};
    }
    void finish(const Job& job, const PrintOutcome& outcome) const {
        if (!silent && job.on_end) job.on_end(outcome);
    }

    static asio::awaitable<void> work(std::shared_ptr<Line> line);
    asio::awaitable<PrintOutcome> run(Job& job);
    asio::awaitable<std::optional<PrintOutcome>> connect();
    asio::awaitable<std::optional<PrintOutcome>> ask_status();
    asio::awaitable<bool> permitted(Job& job);
    asio::awaitable<PrintOutcome> deliver(Job& job);
};

asio::awaitable<void> TcpPrinter::Line::work(std::shared_ptr<Line> line) {
    while (!line->jobs.empty()) {
        Job job = std::move(line->jobs.front());
        line->jobs.pop_front();
        PrintOutcome outcome{Kind::not_started, "The printer line was stopped before this job."};
        if (!line->stopped) {
            line->link = std::make_shared<TcpLink>(line->executor);
            outcome = co_await line->run(job);
            line->link->close();
            line->link.reset();
        }
        if (line->stopped) line->set(false, "stopped");
        line->finish(job, outcome);
    }
    line->working = false;
}

asio::awaitable<PrintOutcome> TcpPrinter::Line::run(Job& job) {
    std::optional<PrintOutcome> obstacle = co_await connect();
    if (!obstacle && options.ask_zpl_status) obstacle = co_await ask_status();
    if (obstacle) co_return *obstacle;
    set(true, "ready");
    const bool go = co_await permitted(job);
    PrintOutcome outcome{Kind::not_started, "The job was dropped before its first byte."};
    if (stopped) {
        outcome.detail = "The printer line was stopped before the first byte.";
    } else if (go && (link->closed_by_peer() || link->broken())) {
        outcome = down(Kind::not_started, "failed",
                       "The printer at " + place() +
                           " closed the connection before the first byte: it is tried again.");
    } else if (go) {
        outcome = co_await deliver(job);
    }
    co_return outcome;
}

asio::awaitable<std::optional<PrintOutcome>> TcpPrinter::Line::connect() {
    set(health.up, "connecting");
    const End end = co_await link->connect(options.host, options.port, options.connect_timeout_ms);
    if (end == End::ok) co_return std::nullopt;
    const std::string why = end == End::timeout   ? "no answer in time"
                            : end == End::stopped ? "stopped"
                                                  : link->error();
    co_return down(Kind::not_started, "unreachable",
                   "The printer at " + place() + " cannot be reached: " + why +
                       ". Check that it is on, its cable and its address.");
}

asio::awaitable<std::optional<PrintOutcome>> TcpPrinter::Line::ask_status() {
    std::string question = "~HS\r\n";
    End end = co_await link->send(std::move(question), options.status_timeout_ms);
    const TcpLink::Condition answered = [this] {
        return is_whole_host_status(link->heard()) || link->closed_by_peer() || link->broken();
    };
    if (end == End::ok) end = co_await link->until(answered, options.status_timeout_ms);
    if (end == End::stopped)
        co_return PrintOutcome{Kind::not_started, "The printer line was stopped before this job."};
    if (end != End::ok || !is_whole_host_status(link->heard()))
        co_return down(Kind::not_started, "silent",
                       "The printer at " + place() +
                           " is silent when asked for its status: look for open head, missing "
                           "labels or ribbon, then switch it off and on.");
    const auto status = parse_host_status(link->heard());
    if (!status) co_return down(Kind::not_started, "failed", status.error().what);
    const auto obstacle = why_not_ready(*status);
    if (obstacle) co_return down(Kind::not_started, obstacle->state, obstacle->why);
    co_return std::nullopt;
}

asio::awaitable<bool> TcpPrinter::Line::permitted(Job& job) {
    const auto answer = std::make_shared<std::optional<bool>>();
    auto permission = std::make_shared<Permission>();
    permission->link = link;
    permission->answer = answer;
    Go go = [permission](bool yes) { permission->give(yes); };
    permission.reset();
    if (job.on_ready) job.on_ready(std::move(go));
    go = nullptr;
    job.on_ready = nullptr;
    const TcpLink::Condition given = [answer] { return answer->has_value(); };
    const End end = co_await link->until(given, -1);
    co_return end == End::ok&&** answer;
}

asio::awaitable<PrintOutcome> TcpPrinter::Line::deliver(Job& job) {
    set(true, "printing");
    const std::string size = std::to_string(job.bytes.size());
    End end = co_await link->send(std::move(job.bytes), options.stall_timeout_ms);
    const std::string so_far = std::to_string(link->sent()) + " of " + size + " bytes";
    if (end != End::ok) {
        const std::string why = end == End::timeout   ? "took no more bytes in time"
                                : end == End::stopped ? "line was stopped"
                                                      : "connection broke (" + link->error() + ")";
        const bool none = link->sent() == 0;
        co_return down(
            none ? Kind::not_started : Kind::unknown, "failed",
            "The printer's " + why + " after " + so_far +
                (none ? ": nothing was printed." : ": look whether the label is there."));
    }
    if (link->closed_by_peer())
        co_return down(Kind::unknown, "failed",
                       "The printer closed before the end of the job was sent: look whether the "
                       "label is there.");
    link->finish_sending();
    const TcpLink::Condition over = [this] { return link->closed_by_peer() || link->broken(); };
    end = co_await link->until(over, options.close_timeout_ms);
    if (end == End::ok && !link->broken() && link->everything_acknowledged()) {
        set(true, "ready");
        co_return PrintOutcome{Kind::done, "The printer took " + size + " bytes and closed."};
    }
    const std::string why = end == End::timeout   ? "did not close the job in time"
                            : end == End::stopped ? "line was stopped before it closed the job"
                            : link->broken()      ? "broke the connection (" + link->error() + ")"
                                                  : "closed without taking everything";
    co_return down(
        Kind::unknown, "failed",
        "The printer " + why + " after " + so_far + ": look whether the label is there.");
}

TcpPrinter::TcpPrinter(asio::any_io_executor executor, TcpPrinterOptions options)
    : line_(std::make_shared<Line>()) {
    line_->executor = std::move(executor);
    line_->options = std::move(options);
    line_->health.name = line_->options.name;
    line_->health.kind = "printer";
    line_->health.state = "idle";
}

TcpPrinter::~TcpPrinter() {
    line_->silent = true;
    stop();
}

void TcpPrinter::print(std::string bytes, OnReady on_ready, OnEnd on_end) {
    line_->jobs.push_back({std::move(bytes), std::move(on_ready), std::move(on_end)});
    if (std::exchange(line_->working, true)) return;
    asio::co_spawn(line_->executor, Line::work(line_), asio::detached);
}

void TcpPrinter::stop() {
    line_->stopped = true;
    line_->set(false, "stopped");
    if (line_->link) line_->link->stop();
}

DeviceHealth TcpPrinter::health() const {
    return line_->health;
}

}  // namespace kemas::printer
