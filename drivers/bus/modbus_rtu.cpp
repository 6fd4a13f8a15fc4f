#include "drivers/bus/modbus_rtu.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>

#include "drivers/bus/rtu_line.hpp"
#include "drivers/bus/turns.hpp"
#include "drivers/bus/unanswered.hpp"

namespace kemas::bus {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
constexpr milliseconds idle_beat(500), kShortestRest(100), kLongestRest(1'000);
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

// One exchange on its way to the thread and back.
struct Job {
    explicit Job(const asio::any_io_executor& executor) : done(executor) {}
    Query query;
    Deadline not_after;
    asio::steady_timer done;  // loop thread only, as is
    std::optional<Result<Answer>> answer;
};

}  // namespace

struct ModbusRtu::Link : std::enable_shared_from_this<Link> {
    Link(const asio::any_io_executor& executor_, ModbusRtuOptions options_)
        : executor(executor_), options(options_), turns(executor_), line(std::move(options_)) {}

    asio::any_io_executor executor;
    ModbusRtuOptions options;
    // Loop thread.
    Turns turns;
    std::map<std::uint8_t, Clock::time_point> leave_alone;  // units whose answer may still come
    Unanswered unanswered;
    // Both threads.
    std::mutex mutex;
    std::condition_variable given;
    std::shared_ptr<Job> job;
    std::atomic<bool> stopped = false;
    std::atomic<std::uint64_t> beats = 0;
    bool drop = false;
    // The line's thread, but for wake() and is_open().
    RtuLine line;

    void serve() {
        while (true) {
            std::shared_ptr<Job> mine;
            bool drop_now = false;
            ++beats;
            {
                std::unique_lock lock(mutex);
                given.wait_for(lock, idle_beat, [this] { return job || drop || stopped; });
                if (stopped && !job) break;
                mine = std::move(job);
                drop_now = std::exchange(drop, false);
            }
            if (drop_now) line.close();
            if (mine) run(std::move(mine));
        }
        line.close();
    }
    // The answer goes out at once; the line is free again only when it has settled.
    void run(std::shared_ptr<Job> mine) {
        Result<Answer> answer = line.exchange(mine->query, mine->not_after);
        const bool unsettled = !answer && answer.error().remedy == Remedy::reconnect;
        const bool late = line.answer_may_follow();
        asio::post(executor, [self = shared_from_this(), mine = std::move(mine),
                              answer = std::move(answer), late]() mutable {
            self->remember(mine->query, answer, late);
            mine->answer = std::move(answer);
            mine->done.cancel();
        });
        if (unsettled) line.settle();
        asio::post(executor, [self = shared_from_this()] { self->turns.give(); });
    }
    // Before anybody else has the line.
    void remember(const Query& query, const Result<Answer>& answer, bool late) {
        const auto now = Clock::now();
        const milliseconds rest(4 * options.timeout_ms);
        if (late) leave_alone[query.unit] = now + std::clamp(rest, kShortestRest, kLongestRest);
        if (answer)
            unanswered.answered(query);
        else if (answer.error().remedy == Remedy::retry)
            unanswered.refused(query, now);
        else if (answer.error().remedy == Remedy::reconnect)
            unanswered.note(query, now);
    }
    void hand_over(std::shared_ptr<Job> next) {
        const std::lock_guard lock(mutex);
        job = std::move(next);
        given.notify_one();
    }
};

struct ModbusRtu::Call {
    using LinkPtr = std::shared_ptr<Link>;

    static tl::unexpected<Fault> not_sent(const LinkPtr& link) {
        return fail(
            Remedy::stop,
            link->options.device +
                (link->stopped ? ": stopped" : ": the command was not sent, its time had passed"));
    }

    // A unit that did not answer may still do so; the others go on meanwhile.
    static asio::awaitable<void> let_late_answers_pass(LinkPtr link, std::uint8_t unit,
                                                       Deadline not_after) {
        while (!link->stopped) {
            const auto until = std::min(link->leave_alone[unit], not_after);
            if (Clock::now() >= until) break;
            asio::steady_timer timer(link->executor);
            timer.expires_at(std::min(until, Clock::now() + milliseconds(50)));
            co_await timer.async_wait(kAsTuple);
        }
    }

    // The turn is ours and ends with it.
    static asio::awaitable<Result<Answer>> ask(LinkPtr link, Query query, Deadline not_after) {
        const auto job = std::make_shared<Job>(link->executor);
        job->query = std::move(query);
        job->not_after = not_after;
        job->done.expires_at(Clock::time_point::max());
        link->hand_over(job);
        while (!job->answer) co_await job->done.async_wait(kAsTuple);
        co_return std::move(*job->answer);
    }

    // Nothing when the query may be sent now; else what hinders it.
    static asio::awaitable<std::optional<Fault>> ask_first(LinkPtr link, Query question,
                                                           Query query, Deadline not_after) {
        const auto answer = co_await ask(link, std::move(question), not_after);
        if (answer || answer.error().remedy == Remedy::retry) co_return std::nullopt;
        Fault fault = answer.error();
        if (!query.writes()) co_return fault;
        fault.remedy = Remedy::stop;
        fault.what += "; the command was not sent";
        co_return fault;
    }

    static asio::awaitable<Result<Answer>> run(LinkPtr link, Query query, Deadline not_after) {
        if (const auto wrong = wrong_with(query); !wrong.empty())
            co_return fail(Remedy::call_person, link->options.device + ": " + std::string(wrong));
        const std::uint8_t unit = query.unit;
        bool ours = false;
        while (!ours) {
            co_await let_late_answers_pass(link, unit, not_after);
            ours = co_await link->turns.take(query.writes(), not_after);
            if (!ours || link->stopped) {
                if (ours) link->turns.give();
                co_return not_sent(link);
            }
            // Another user of this unit may have had no answer while we waited.
            if (Clock::now() < link->leave_alone[unit]) {
                ours = false;
                link->turns.give();
                if (Clock::now() > not_after) co_return not_sent(link);
                continue;
            }
            const auto question = link->unanswered.question_before(query, Clock::now());
            if (!question) break;
            const auto hindered = co_await ask_first(link, *question, query, not_after);
            if (hindered) co_return tl::unexpected(*hindered);
            ours = false;
        }
        co_return co_await ask(link, std::move(query), not_after);
    }
};

ModbusRtu::ModbusRtu(asio::any_io_executor executor, ModbusRtuOptions options)
    : link_(std::make_shared<Link>(executor, std::move(options))),
      thread_([link = link_] { link->serve(); }) {}

ModbusRtu::~ModbusRtu() {
    stop();
    thread_.join();
}

asio::awaitable<Result<Answer>> ModbusRtu::exchange(Query query, Deadline not_after) {
    return Call::run(link_, std::move(query), not_after);
}

std::uint64_t ModbusRtu::beats() const {
    return link_->beats;
}

bool ModbusRtu::connected() const {
    return link_->line.is_open();
}

void ModbusRtu::close() {
    const std::lock_guard lock(link_->mutex);
    link_->drop = true;
    link_->given.notify_one();
}

void ModbusRtu::stop() {
    if (link_->stopped.exchange(true)) return;
    link_->line.wake();
    link_->turns.stop();
    const std::lock_guard lock(link_->mutex);
    link_->given.notify_one();
}

}  // namespace kemas::bus
