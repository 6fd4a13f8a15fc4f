// Jobs for children that run the same program: each waits for a child that is free and has it alone
// until it is served. Knows neither what is asked of a child nor what it answers.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/fault.hpp"
#include "drivers/sandbox/child.hpp"

namespace kemas::sandbox {

// One child and its clock.
class Worker : public std::enable_shared_from_this<Worker> {
 public:
    using Clock = boost::asio::steady_timer::clock_type;

    explicit Worker(const boost::asio::any_io_executor& executor)
        : child(executor), bell_(executor), deadline_(executor) {}

    // Ends the child at `at`, whatever it is doing: what waits on its socket wakes up. In place of
    // an earlier limit.
    void limit(Clock::time_point at);
    void unlimit() { deadline_.cancel(); }
    // Whether the last limit passed.
    bool overdue() const { return overdue_; }

    // A child that runs. A fault names the program and why it could not start.
    Result<void> start(const std::string& program);

    Child child;
    std::uint64_t served = 0;  // by this child; whoever serves counts

 private:
    template <class Job>
    friend class ChildPool;

    boost::asio::steady_timer bell_, deadline_;
    bool idle_ = false, overdue_ = false;
};

struct ChildPoolOptions {
    std::string program;
    std::size_t children = 1;  // started when first needed
    bool ready_ahead = false;  // a child is started before its job comes
};

template <class Job>
class ChildPool : public std::enable_shared_from_this<ChildPool<Job>> {
 public:
    // Serves one job to its end; the job outlives the coroutine. Let go of at stop(), but a
    // coroutine may still be under way then.
    using Serve = std::function<boost::asio::awaitable<void>(std::shared_ptr<Worker>, Job&)>;

    // Make it shared: its workers keep it.
    ChildPool(boost::asio::any_io_executor executor, ChildPoolOptions options, Serve serve)
        : executor_(std::move(executor)), options_(std::move(options)), serve_(std::move(serve)) {}

    void submit(Job job) {
        if (stopped_) return;
        jobs_.push_back(std::move(job));
        for (const auto& worker : workers_)
            if (worker->idle_) {
                worker->bell_.cancel();
                return;
            }
        if (workers_.size() >= options_.children) return;
        workers_.push_back(std::make_shared<Worker>(executor_));
        boost::asio::co_spawn(executor_, work(this->shared_from_this(), workers_.back()),
                              rethrow_end);
    }

    // Ends the children; jobs that wait are dropped.
    void stop() {
        stopped_ = true;
        serve_ = nullptr;
        jobs_.clear();
        for (const auto& worker : workers_) {
            worker->unlimit();
            worker->bell_.cancel();
            worker->child.end();
        }
        workers_.clear();
    }

    bool stopped() const { return stopped_; }
    std::size_t waiting() const { return jobs_.size(); }
    const boost::asio::any_io_executor& executor() const { return executor_; }

 private:
    static void rethrow_end(std::exception_ptr error) {
        if (error) std::rethrow_exception(error);
    }

    static boost::asio::awaitable<void> work(std::shared_ptr<ChildPool> pool,
                                             std::shared_ptr<Worker> worker) {
        constexpr auto as_tuple = boost::asio::as_tuple(boost::asio::use_awaitable);
        while (!pool->stopped_) {
            // One that cannot start is told to the next job.
            if (pool->options_.ready_ahead) std::ignore = worker->start(pool->options_.program);
            if (pool->jobs_.empty()) {
                worker->idle_ = true;
                worker->bell_.expires_at(Worker::Clock::time_point::max());
                co_await worker->bell_.async_wait(as_tuple);
                worker->idle_ = false;
                continue;
            }
            Job job = std::move(pool->jobs_.front());
            pool->jobs_.pop_front();
            co_await pool->serve_(worker, job);
            worker->unlimit();
        }
        worker->child.end();
    }

    boost::asio::any_io_executor executor_;
    ChildPoolOptions options_;
    Serve serve_;
    std::deque<Job> jobs_;
    std::vector<std::shared_ptr<Worker>> workers_;
    bool stopped_ = false;
};

}  // namespace kemas::sandbox
