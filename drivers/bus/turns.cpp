#include "drivers/bus/turns.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace kemas::bus {
namespace {

namespace asio = boost::asio;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr int kCommandsInARow = 4;  // then a poll that waits has its turn: nobody starves

}  // namespace

struct Turns::Waiter {
    explicit Waiter(const asio::any_io_executor& executor) : timer(executor) {}
    asio::steady_timer timer;
    bool granted = false, stopped = false;
};

Turns::Turns(asio::any_io_executor executor) : executor_(std::move(executor)) {}
Turns::~Turns() = default;

bool Turns::try_take() {
    if (taken_ || stopped_) return false;
    return taken_ = true;
}

asio::awaitable<bool> Turns::take(bool command, Moment not_after) {
    if (stopped_) co_return false;
    if (try_take()) co_return true;
    const auto waiter = std::make_shared<Waiter>(executor_);
    waiter->timer.expires_at(not_after);
    Queue& queue = command ? commands_ : polls_;
    queue.push_back(waiter);
    co_await waiter->timer.async_wait(kAsTuple);
    if (waiter->stopped) co_return false;
    if (!waiter->granted) std::erase(queue, waiter);
    co_return waiter->granted;
}

void Turns::give() {
    const bool poll_first = !polls_.empty() && commands_in_a_row_ >= kCommandsInARow;
    Queue& queue = commands_.empty() || poll_first ? polls_ : commands_;
    if (queue.empty()) {
        taken_ = false;
        return;
    }
    commands_in_a_row_ = &queue == &commands_ ? commands_in_a_row_ + 1 : 0;
    const auto next = queue.front();
    queue.pop_front();
    next->granted = true;  // taken_ stays: the line changes hands
    next->timer.cancel();
}

void Turns::stop() {
    stopped_ = true;
    for (Queue* queue : {&commands_, &polls_}) {
        for (const auto& waiter : *queue) {
            waiter->stopped = true;
            waiter->timer.cancel();
        }
        queue->clear();
    }
}

}  // namespace kemas::bus
