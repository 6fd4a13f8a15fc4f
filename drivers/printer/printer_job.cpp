#include "drivers/printer/printer_job.hpp"

namespace kemas::printer {
namespace asio = boost::asio;
using End = bus::Link::End;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto look_for_label = ": look whether the label is there.";

// The answer to on_ready. When the last copy of the Go is gone without one, it is no.
struct Permission {
    std::shared_ptr<bus::Link> link;
    std::shared_ptr<std::optional<bool>> answer;

    void give(bool go) {
        if (!answer->has_value()) *answer = go;
        link->ring();
    }
    ~Permission() { give(false); }
};

int left_ms(Clock::time_point deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    return std::max(0, static_cast<int>(left.count()));
}

}  // namespace

int JobRun::next_pause_ms() {
    const int pause_ms = 20 << std::min(pauses_++, 8);
    return std::min(pause_ms, options_.proof_pause_ms);
}

PrintOutcome JobRun::down(Kind kind, const std::string& state, const std::string& why) {
    state_.set(false, state, why);
    return {kind, why};
}

PrintOutcome JobRun::doubt(const std::string& why) {
    return down(Kind::unknown, "failed", "The printer " + why + look_for_label);
}

asio::awaitable<PrintOutcome> JobRun::run(Job& job) {
    Outcome obstacle = co_await open();
    if (!obstacle) obstacle = co_await wait_idle();
    if (!obstacle) obstacle = co_await read_counter();
    if (obstacle) co_return *obstacle;
    const bool go = co_await permitted(job);
    PrintOutcome outcome{Kind::not_started, "The job was dropped before its first byte."};
    if (link_.closed_by_peer() || link_.broken()) {
        if (go)
            outcome = down(Kind::not_started, "failed",
                           "The printer at " + options_.place +
                               " closed the connection before the first byte: it is tried again.");
    } else if (go) {
        outcome = co_await deliver(job);
    }
    co_return outcome;
}

asio::awaitable<void> JobRun::look() {
    const Outcome obstacle = co_await open();
    if (!obstacle) co_await ask_status();
}

asio::awaitable<JobRun::Outcome> JobRun::open() {
    if (!state_.up()) state_.set(false, "connecting");
    const End end = co_await link_.open(options_.open_timeout_ms);
    if (end == End::ok) co_return std::nullopt;
    if (end == End::stopped)
        co_return PrintOutcome{Kind::not_started, "The printer line was stopped before this job."};
    const std::string why = end == End::timeout ? "no answer in time" : link_.error();
    co_return down(Kind::not_started, "unreachable",
                   "The printer at " + options_.place + " cannot be reached: " + why +
                       (why.find(": ") == std::string::npos
                            ? ". Check that it is on, its cable and its address."
                            : "."));  // a device file says its own next step
}

asio::awaitable<JobRun::Outcome> JobRun::ask_pins() {
    link_.ask_pins();
    const bus::Link::Condition told = [this] { return link_.pins().has_value(); };
    const End end = co_await link_.until(told, options_.status_timeout_ms);
    if (end != End::ok) co_return std::nullopt;  // it has none, or will not say
    const auto obstacle = read_pins(*link_.pins());
    if (!obstacle) co_return std::nullopt;
    co_return down(Kind::not_started, obstacle->state, obstacle->why);
}

// ESC/POS has another question behind a job, which its profile does not lay out.
bool JobRun::by_profile(Moment moment) const {
    return !options_.queries.empty() &&
           (moment == Moment::before_job || !answers_in_turn(options_.language) ||
            options_.language == Language::cpcl);
}

bool JobRun::answered(Moment moment) const {
    return by_profile(moment) ? is_whole_answer(options_.queries, link_.heard())
                              : is_whole_answer(options_.language, moment, link_.heard());
}

Result<PrinterSays> JobRun::says(Moment moment) const {
    return by_profile(moment) ? understand(options_.language, options_.queries, link_.heard())
                              : understand(options_.language, moment, link_.heard());
}

asio::awaitable<End> JobRun::ask(Moment moment, int timeout_ms) {
    link_.forget_heard();
    std::string question =
        by_profile(moment) ? question_of(options_.queries) : question_of(options_.language, moment);
    End end = co_await link_.send(std::move(question), options_.status_timeout_ms);
    const bus::Link::Condition over = [this, moment] {
        return answered(moment) || link_.closed_by_peer() || link_.broken();
    };
    if (end == End::ok) end = co_await link_.until(over, timeout_ms);
    if (end == End::ok && !answered(moment)) end = End::failed;
    co_return end;
}

asio::awaitable<JobRun::Outcome> JobRun::ask_status() {
    if (!options_.ask_status) {
        state_.set(true, "reachable");
        co_return std::nullopt;
    }
    if (link_.has_pins()) {
        const Outcome obstacle = co_await ask_pins();
        if (obstacle) co_return obstacle;
    }
    const End end = co_await ask(Moment::before_job, options_.status_timeout_ms);
    if (end == End::stopped)
        co_return PrintOutcome{Kind::not_started, "The printer line was stopped before this job."};
    if (end != End::ok)
        co_return down(Kind::not_started, "unknown",
                       "The printer at " + options_.place +
                           " is silent when asked for its status: look for open head, missing "
                           "labels or ribbon, then switch it off and on.");
    const auto told = says(Moment::before_job);
    if (!told) co_return down(Kind::not_started, "failed", told.error().what);
    if (told->obstacle) {
        state_.set(false, told->obstacle->state, told->obstacle->why, true);
        co_return PrintOutcome{Kind::not_started, told->obstacle->why};
    }
    state_.set(true, told->state);
    busy_ = told->busy;
    co_return std::nullopt;
}

asio::awaitable<JobRun::Outcome> JobRun::wait_idle() {
    const auto deadline = Clock::now() + std::chrono::milliseconds(options_.close_timeout_ms);
    const bus::Link::Condition never = [this] { return link_.broken(); };
    Outcome obstacle;
    for (bool first = true; first || (busy_ && !obstacle); first = false) {
        if (!first) {
            const End end = co_await link_.until(never, next_pause_ms());
            if (end == End::stopped)
                co_return PrintOutcome{Kind::not_started,
                                       "The printer line was stopped before this job."};
        }
        obstacle = co_await ask_status();
        if (!obstacle && busy_ && left_ms(deadline) == 0)
            obstacle = PrintOutcome{Kind::not_started,
                                    "The printer at " + options_.place +
                                        " has not printed all that it was given before: wait, or "
                                        "cancel it there."};
    }
    co_return obstacle;
}

asio::awaitable<void> JobRun::ask_counter() {
    link_.forget_heard();
    told_.reset();
    const End sent = co_await link_.send(counter_question(), options_.status_timeout_ms);
    if (sent != End::ok) co_return;
    const bus::Link::Condition over = [this] {
        return counter_told(link_.heard()) || link_.closed_by_peer() || link_.broken();
    };
    co_await link_.until(over, options_.status_timeout_ms);
    told_ = counter_told(link_.heard());
}

asio::awaitable<JobRun::Outcome> JobRun::read_counter() {
    counting_.before.reset();
    if (!options_.counts || !options_.ask_status || counting_.silent) co_return std::nullopt;
    co_await ask_counter();
    if (!told_ && (link_.closed_by_peer() || link_.broken()))
        co_return down(Kind::not_started, "failed",
                       "The printer at " + options_.place +
                           " closed the connection before the first byte: it is tried again.");
    counting_.silent = !told_;
    counting_.before = told_;
    co_return std::nullopt;
}

asio::awaitable<PrintCount> JobRun::count(std::int64_t before) {
    Outcome obstacle = co_await open();
    std::optional<Clock::time_point> quiet_since;
    while (!obstacle) {
        obstacle = co_await wait_idle();
        if (obstacle) break;
        co_await ask_counter();
        if (!told_ && !link_.broken() && !link_.closed_by_peer())
            co_return PrintCount{PrintCount::Kind::cannot, 0,
                                 "the printer does not tell its count"};
        if (!told_) break;
        const auto now = Clock::now();
        if (!quiet_since) quiet_since = now;
        if (*told_ != before || now - *quiet_since >= std::chrono::milliseconds(options_.quiet_ms))
            co_return PrintCount{PrintCount::Kind::counted, *told_, ""};
        const bus::Link::Condition never = [this] { return link_.broken(); };
        const End end = co_await link_.until(never, next_pause_ms());
        if (end == End::stopped) break;
    }
    co_return PrintCount{PrintCount::Kind::unreachable, 0,
                         obstacle ? obstacle->detail : link_.error()};
}

asio::awaitable<bool> JobRun::permitted(Job& job) {
    const auto answer = std::make_shared<std::optional<bool>>();
    auto permission = std::make_shared<Permission>();
    permission->link = link_.shared_from_this();
    permission->answer = answer;
    Printer::Go go = [permission](bool yes) { permission->give(yes); };
    permission.reset();
    if (job.on_ready) job.on_ready(std::move(go));
    go = nullptr;
    job.on_ready = nullptr;
    const bus::Link::Condition given = [answer] { return answer->has_value(); };
    const End end = co_await link_.until(given, -1);
    if (end != End::ok) co_return false;
    co_return **answer;
}

asio::awaitable<PrintOutcome> JobRun::deliver(Job& job) {
    pauses_ = 0;
    state_.set(true, "printing");
    const std::string size = std::to_string(job.bytes.size());
    const End end = co_await link_.send(std::move(job.bytes), options_.stall_timeout_ms);
    so_far_ = std::to_string(link_.sent()) + " of " + size + " bytes";
    if (end != End::ok) {
        const std::string why = end == End::timeout   ? "took no more bytes in time"
                                : end == End::stopped ? "line was stopped"
                                                      : "connection broke (" + link_.error() + ")";
        const bool none = link_.sent() == 0;
        co_return down(none ? Kind::not_started : Kind::unknown, "failed",
                       "The printer's " + why + " after " + so_far_ +
                           (none ? ": nothing was printed." : look_for_label));
    }
    PrintOutcome outcome;
    if (counting_.before)
        outcome = co_await prove_by_counter();
    else if (link_.has_an_end())
        outcome = co_await prove_by_close();
    else if (options_.ask_status)
        outcome = co_await prove_by_words();
    else
        outcome = doubt("took " + so_far_ + ", but is never asked whether it printed them");
    co_return outcome;
}

asio::awaitable<PrintOutcome> JobRun::prove_by_close() {
    if (link_.closed_by_peer()) co_return doubt("closed before the end of the job was sent");
    link_.finish_sending();
    const bus::Link::Condition over = [this] { return link_.closed_by_peer() || link_.broken(); };
    const End end = co_await link_.until(over, options_.close_timeout_ms);
    if (end == End::ok && !link_.broken() && link_.everything_delivered()) {
        state_.set(true, options_.ask_status ? "ready" : "reachable");
        co_return PrintOutcome{Kind::sent, "The printer took " + so_far_ + " and closed."};
    }
    const std::string why = end == End::timeout   ? "did not close the job in time"
                            : end == End::stopped ? "line was stopped before it closed the job"
                            : link_.broken()      ? "broke the connection (" + link_.error() + ")"
                                                  : "closed without taking everything";
    co_return doubt(why + " after " + so_far_);
}

asio::awaitable<PrintOutcome> JobRun::prove_by_words() {
    const auto deadline = Clock::now() + std::chrono::milliseconds(options_.close_timeout_ms);
    const bus::Link::Condition never = [this] { return link_.broken(); };
    const int needed = answers_in_turn(options_.language) ? 1 : 2;
    for (int idle = 0; idle < needed;) {
        if (!link_.everything_delivered()) {
            co_await link_.until(never, 20);
            if (left_ms(deadline) > 0 && !link_.broken()) continue;
        }
        const End end = co_await ask(Moment::after_job, left_ms(deadline));
        if (end == End::stopped) co_return doubt("line was stopped before it said it was done");
        if (end == End::failed)
            co_return doubt("connection broke (" + link_.error() + ") after " + so_far_);
        if (end == End::timeout) {
            const std::string why = co_await why_silent();
            co_return doubt("did not say in time that it was done after " + so_far_ + why);
        }
        const auto told = says(Moment::after_job);
        if (!told) co_return down(Kind::unknown, "failed", told.error().what);
        if (told->obstacle) {
            const std::string why =
                told->obstacle->why + " The job may be half printed" + std::string(look_for_label);
            state_.set(false, told->obstacle->state, why, true);
            co_return PrintOutcome{Kind::unknown, why};
        }
        idle = told->busy ? 0 : idle + 1;
        if (idle >= needed) {
            state_.set(true, told->state);
            break;
        }
        if (left_ms(deadline) == 0)
            co_return doubt("was still busy when the time was up after " + so_far_);
        co_await link_.until(never, next_pause_ms());
    }
    co_return PrintOutcome{Kind::sent,
                           "The printer took " + so_far_ + " and says that it is idle."};
}

// One label was sent to an idle printer whose count is known: one up is the proof, and a count that
// stands still while it is idle again says that nothing came out (a job it could not read).
asio::awaitable<PrintOutcome> JobRun::prove_by_counter() {
    const auto before = *counting_.before;
    const auto deadline = Clock::now() + std::chrono::milliseconds(options_.close_timeout_ms);
    const bus::Link::Condition never = [this] { return link_.broken(); };
    std::optional<Clock::time_point> quiet_since;
    for (;;) {
        const End end = co_await ask(Moment::after_job, std::max(left_ms(deadline), 1));
        if (end == End::stopped) co_return doubt("line was stopped before it counted the label");
        if (end == End::failed)
            co_return doubt("connection broke (" + link_.error() + ") after " + so_far_);
        if (end == End::timeout)
            co_return doubt("did not say in time that it was done after " + so_far_);
        const auto says_now = says(Moment::after_job);
        if (!says_now) co_return down(Kind::unknown, "failed", says_now.error().what);
        if (says_now->obstacle) {
            state_.set(false, says_now->obstacle->state, says_now->obstacle->why, true);
            co_return PrintOutcome{Kind::unknown,
                                   says_now->obstacle->why + " Its count will tell afterwards."};
        }
        if (says_now->busy) {
            quiet_since.reset();
        } else {
            state_.set(true, says_now->state);
            co_await ask_counter();
            if (!told_) co_return doubt("no longer tells its count after " + so_far_);
            if (*told_ == before + 1)
                co_return PrintOutcome{Kind::done, "The printer took " + so_far_ +
                                                       " and counted label " +
                                                       std::to_string(*told_) + "."};
            if (*told_ != before)
                co_return doubt("counted from " + std::to_string(before) + " to " +
                                std::to_string(*told_) + " for one label");
            if (!quiet_since) quiet_since = Clock::now();
            if (Clock::now() - *quiet_since >= std::chrono::milliseconds(options_.quiet_ms))
                co_return down(Kind::not_started, "failed",
                               "The printer took " + so_far_ +
                                   ", is idle and has counted no label: check its language and "
                                   "what is loaded.");
        }
        if (left_ms(deadline) == 0)
            co_return doubt("was still busy when the time was up after " + so_far_);
        co_await link_.until(never, next_pause_ms());
    }
}

// " (The printer is out of labels: load a roll.)", if a question that overtakes the job tells.
asio::awaitable<std::string> JobRun::why_silent() {
    if (!answers_in_turn(options_.language)) co_return std::string();
    const End end = co_await ask(Moment::before_job, options_.status_timeout_ms);
    if (end != End::ok) co_return std::string();
    const auto told = says(Moment::before_job);
    if (!told || !told->obstacle) co_return std::string();
    co_return " (" + told->obstacle->why + ")";
}

}  // namespace kemas::printer
