#include "drivers/printer/ipp_printer.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "drivers/printer/ipp_talk.hpp"
#include "drivers/printer/printer_state.hpp"

namespace kemas::printer {
namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using Kind = PrintOutcome::Kind;
using std::chrono::milliseconds;

namespace {

// The answer to on_ready, from the loop to the thread. The last copy of a Go lost means no.
struct Permission {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<bool> answer;

    void give(bool go) {
        const std::lock_guard lock(mutex);
        if (!answer) answer = go;
        changed.notify_all();
    }
};
struct Asked {
    explicit Asked(std::shared_ptr<Permission> permission_) : permission(std::move(permission_)) {}
    ~Asked() { permission->give(false); }
    std::shared_ptr<Permission> permission;
};

}  // namespace

struct IppPrinter::State : std::enable_shared_from_this<State> {
    State(asio::any_io_executor executor_, IppPrinterOptions options_)
        : executor(std::move(executor_)),
          options(std::move(options_)),
          talk(options.uri),
          shown(options.name, options.log) {}

    struct Job {
        std::string bytes;
        Printer::OnReady on_ready;
        Printer::OnEnd on_end;
    };

    asio::any_io_executor executor;
    IppPrinterOptions options;
    IppTalk talk;        // of the thread, but for stop()
    PrinterState shown;  // of the loop, as the next two
    JobTally tally;
    LiveFacts said;  // by the printer itself, at the last look
    std::atomic<bool> silent = false;
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Job> jobs;
    std::shared_ptr<Permission> waiting;
    std::thread thread;

    void run();
    PrintOutcome run_job(Job& job);
    std::optional<PrintOutcome> look();
    bool permitted(Job& job);
    PrintOutcome follow(int id);
    PrintOutcome down(Kind kind, const std::string& state, const std::string& why, bool heard);

    void show(bool up, const std::string& state, const std::string& error = {}, bool heard = true) {
        asio::post(executor, [self = shared_from_this(), up, state, error, heard] {
            if (!self->talk.stopped()) self->shown.set(up, state, error, heard);
        });
    }
    void tell(const IppPrinterFacts& facts) {
        const auto joined = [](const std::vector<std::string>& words) {
            std::string all;
            for (const auto& word : words) all += (all.empty() ? "" : " ") + word;
            return all;
        };
        LiveFacts now{{"model", facts.model},
                      {"printer-state", std::to_string(facts.state)},
                      {"accepts jobs", facts.accepts_jobs ? "yes" : "no"},
                      {"reasons", joined(facts.reasons)},
                      {"formats", joined(facts.formats)}};
        asio::post(executor, [self = shared_from_this(), now = std::move(now)]() mutable {
            self->said = std::move(now);
        });
    }
    bool pause(milliseconds time) {  // false: stopped
        std::unique_lock lock(mutex);
        wake.wait_for(lock, time, [this] { return talk.stopped(); });
        return !talk.stopped();
    }
};

void IppPrinter::State::run() {
    const auto poll = milliseconds(options.status_poll_ms);
    auto look_at = Clock::now();
    for (;;) {
        std::optional<Job> job;
        {
            std::unique_lock lock(mutex);
            const auto something = [this] { return talk.stopped() || !jobs.empty(); };
            if (poll.count() > 0)
                wake.wait_until(lock, look_at, something);
            else
                wake.wait(lock, something);
            if (jobs.empty() && talk.stopped()) return;
            if (!jobs.empty()) {
                job = std::move(jobs.front());
                jobs.pop_front();
            }
        }
        if (job) {
            PrintOutcome outcome{Kind::not_started,
                                 "The printer line was stopped before this job."};
            if (!talk.stopped()) outcome = run_job(*job);
            asio::post(executor,
                       [self = shared_from_this(), outcome, on_end = std::move(job->on_end)] {
                           self->tally.take(outcome);
                           if (!self->silent && on_end) on_end(outcome);
                       });
        } else {
            look();
        }
        look_at = Clock::now() + poll;
    }
}

PrintOutcome IppPrinter::State::down(Kind kind, const std::string& state, const std::string& why,
                                     bool heard) {
    show(false, state, why, heard);
    return {kind, why};
}

// Why it must not get a job, if so.
std::optional<PrintOutcome> IppPrinter::State::look() {
    const auto facts = talk.ask_printer(milliseconds(options.connect_timeout_ms));
    if (!facts)
        return down(Kind::not_started, "unreachable",
                    "The printer at " + options.uri + " cannot be reached: " + facts.error().what +
                        ". Check that it is on, its cable and its address.",
                    false);
    tell(*facts);
    const PrinterSays says = understand_ipp(*facts);
    if (says.obstacle)
        return down(Kind::not_started, says.obstacle->state, says.obstacle->why, true);
    const auto& formats = facts->formats;
    if (!formats.empty() &&
        std::find(formats.begin(), formats.end(), options.format) == formats.end())
        return down(Kind::not_started, "format",
                    "The printer at " + options.uri + " does not take " + options.format +
                        ": set another format, or make its queue raw.",
                    true);
    show(true, says.state);
    return std::nullopt;
}

bool IppPrinter::State::permitted(Job& job) {
    const auto permission = std::make_shared<Permission>();
    {
        const std::lock_guard lock(mutex);
        waiting = permission;
    }
    asio::post(executor,
               [self = shared_from_this(), permission, on_ready = std::move(job.on_ready)] {
                   const auto asked = std::make_shared<Asked>(permission);
                   if (self->silent || !on_ready) return;
                   on_ready([asked](bool go) { asked->permission->give(go); });
               });
    std::unique_lock lock(permission->mutex);
    permission->changed.wait(lock,
                             [&] { return permission->answer.has_value() || talk.stopped(); });
    return permission->answer.value_or(false) && !talk.stopped();
}

PrintOutcome IppPrinter::State::run_job(Job& job) {
    if (auto obstacle = look()) return *obstacle;
    if (!permitted(job)) return {Kind::not_started, "The job was dropped before its first byte."};
    show(true, "printing");
    const auto sent = talk.print(job.bytes, options.format, milliseconds(options.stall_timeout_ms));
    switch (sent.kind) {
        case IppTalk::Sent::Kind::accepted:
            return follow(sent.id);
        case IppTalk::Sent::Kind::refused:
            return down(Kind::not_started, "refused",
                        "The printer refused the job (" + sent.why +
                            "): nothing was printed; check its queue.",
                        true);
        case IppTalk::Sent::Kind::unsent:
            return down(Kind::not_started, "unreachable",
                        "The printer at " + options.uri + " cannot be reached (" + sent.why +
                            "): nothing was printed.",
                        false);
        case IppTalk::Sent::Kind::lost:
            break;
    }
    return down(Kind::unknown, "failed",
                "The printer " + sent.why + ": look whether the label is there.", false);
}

PrintOutcome IppPrinter::State::follow(int id) {
    const auto deadline = Clock::now() + milliseconds(options.close_timeout_ms);
    const std::string job = "job " + std::to_string(id);
    std::string last = "no word of it";
    do {
        const auto facts = talk.ask_job(id, milliseconds(options.connect_timeout_ms));
        if (talk.stopped()) break;
        if (facts) {
            std::string reasons;
            for (const auto& each : facts->reasons) reasons += " " + each;
            last = "state " + std::to_string(facts->state) + "," + reasons;
            const IppJobEnd end = end_of(*facts);
            if (end == IppJobEnd::completed) {
                show(true, "ready");
                return {Kind::sent, "The printer says that " + job + " is completed."};
            }
            if (end == IppJobEnd::broken_off)
                return down(Kind::unknown, "failed",
                            "The printer broke off " + job + " (" + last +
                                "): look whether the label is there.",
                            true);
        } else {
            last = facts.error().what;
        }
    } while (Clock::now() < deadline && pause(milliseconds(options.job_poll_ms)));
    return down(Kind::unknown, "failed",
                "The printer did not complete " + job +
                    (talk.stopped() ? " before the stop" : " in time") + " (" + last +
                    "): look whether the label is there.",
                false);
}

IppPrinter::IppPrinter(asio::any_io_executor executor, IppPrinterOptions options)
    : state_(std::make_shared<State>(std::move(executor), std::move(options))) {
    state_->thread = std::thread([state = state_.get()] { state->run(); });
}

IppPrinter::~IppPrinter() {
    state_->silent = true;
    state_->shown.forget_log();
    stop();
    state_->thread.join();
}

void IppPrinter::print(std::string bytes, OnReady on_ready, OnEnd on_end) {
    const std::lock_guard lock(state_->mutex);
    state_->jobs.push_back({std::move(bytes), std::move(on_ready), std::move(on_end)});
    state_->wake.notify_all();
    // The thread ends with a stop; what comes later is answered here.
    if (state_->talk.stopped()) {
        auto late = std::move(state_->jobs.back());
        state_->jobs.pop_back();
        asio::post(state_->executor, [state = state_, on_end = std::move(late.on_end)] {
            if (!state->silent && on_end)
                on_end({Kind::not_started, "The printer line was stopped before this job."});
        });
    }
}

void IppPrinter::stop() {
    state_->shown.set(false, "stopped");
    std::shared_ptr<Permission> waiting;
    {
        const std::lock_guard lock(state_->mutex);
        state_->talk.stop();
        waiting = state_->waiting;
    }
    state_->wake.notify_all();
    if (waiting) waiting->give(false);
}

LiveFacts IppPrinter::live() const {
    std::size_t waiting = 0;
    {
        const std::lock_guard lock(state_->mutex);
        waiting = state_->jobs.size();
    }
    LiveFacts facts = state_->tally.facts(waiting);
    facts.insert(facts.end(), state_->said.begin(), state_->said.end());
    return facts;
}

DeviceHealth IppPrinter::health() const {
    return state_->shown.health();
}

}  // namespace kemas::printer
