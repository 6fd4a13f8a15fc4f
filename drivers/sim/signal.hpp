// Wakes one waiting coroutine of the same thread. A raise before the wait is not lost.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <utility>

#include "core/quantities.hpp"

namespace kemas::sim {

class Signal {
 public:
    explicit Signal(boost::asio::any_io_executor executor) : timer_(std::move(executor)) {}

    void raise() {
        raised_ = true;
        timer_.cancel();
    }
    // True when it was raised, false when the time ran out.
    boost::asio::awaitable<bool> wait(Milliseconds at_most) {
        if (!raised_) {
            timer_.expires_after(std::chrono::milliseconds(at_most.value));
            const auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
            co_await timer_.async_wait(token);
        }
        co_return std::exchange(raised_, false);
    }

 private:
    boost::asio::steady_timer timer_;
    bool raised_ = false;
};

}  // namespace kemas::sim
