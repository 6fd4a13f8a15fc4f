// Runs one coroutine on a loop of its own, with a limit of 10 s: a test never hangs.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <string>
#include <utility>

namespace kemas::sim {

inline boost::asio::awaitable<void> sleep_ms(int ms) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    timer.expires_after(std::chrono::milliseconds(ms));
    co_await timer.async_wait(boost::asio::use_awaitable);
}

// Returns when `story` is done; devices that still listen do not keep it.
inline void play(boost::asio::io_context& loop, boost::asio::awaitable<void> story) {
    bool done = false;
    std::string thrown;
    boost::asio::co_spawn(loop, std::move(story), [&](std::exception_ptr error) {
        done = true;
        try {
            if (error) std::rethrow_exception(error);
        } catch (const std::exception& e) {
            thrown = e.what();
        }
    });
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!done && std::chrono::steady_clock::now() < limit)
        loop.run_one_for(std::chrono::milliseconds(100));
    EXPECT_TRUE(done) << "not over after 10 s";
    EXPECT_EQ(thrown, "");
}

}  // namespace kemas::sim
