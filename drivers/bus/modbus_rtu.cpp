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

namespace kemas::bus {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);

// One exchange on its way to the thread and back.
struct Job {
    explicit Job(const asio::any_io_executor& executor) : done(executor) {}
    Query query;
    Deadline not_after;
    asio::steady_timer done;  // loop thread only, as is
    std::optional<Result<Answer>> answer;
    bool answer_may_follow = false;
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
    // Both threads.
    std::mutex mutex;
    std::condition_variable given;
    std::shared_ptr<Job> job;
    std::atomic<bool> stopped = false;
    bool drop = false;
    // The line's thread, but for wake() and is_open().
    RtuLine line;

    void serve() {
        while (true) {
            std::shared_ptr<Job> mine;
            bool drop_now = false;
            {
                std::unique_lock lock(mutex);
                given.wait(lock, [this] { return job || drop || stopped; });
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
        asio::post(executor, [mine = std::move(mine), answer = std::move(answer), late]() mutable {
            mine->answer_may_follow = late;
            mine->answer = std::move(answer);
            mine->done.cancel();
        });
        if (unsettled) line.settle();
        asio::post(executor, [self = shared_from_this()] { self->turns.give(); });
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
            }
        }
        const auto job = std::make_shared<Job>(link->executor);
        job->query = std::move(query);
        job->not_after = not_after;
        job->done.expires_at(Clock::time_point::max());
        link->hand_over(job);
        while (!job->answer) co_await job->done.async_wait(kAsTuple);
        if (job->answer_may_follow) {
            const milliseconds wait(4 * link->options.timeout_ms);
            link->leave_alone[unit] = Clock::now() + std::min(wait, milliseconds(1'000));
        }
        co_return std::move(*job->answer);
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
