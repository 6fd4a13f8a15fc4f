// What tests of scale drivers share: a loop to run, and the events and log lines that came.
#pragma once

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "ports/scale.hpp"

namespace kemas::test {

class ScaleTest : public ::testing::Test {
 protected:
    using milliseconds = std::chrono::milliseconds;

    void listen_to(std::unique_ptr<Scale> made) {
        scale = std::move(made);
        scale->start([this](const ScaleEvent& event) { events.push_back(event); });
    }
    auto log_sink() {
        return [this](std::string_view event, const std::string& detail) {
            log.push_back(std::string(event) + " " + detail);
        };
    }
    // Runs the loop until there are `count` events, or too long.
    void run_until(std::size_t count) {
        run_until([&] { return events.size() >= count; });
        ASSERT_GE(events.size(), count);
    }
    template <class Condition>
    void run_until(const Condition& condition) requires requires {
        bool{condition()};
    }
    {
        const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        loop.restart();
        while (!condition() && std::chrono::steady_clock::now() < last)
            loop.run_one_for(milliseconds(20));
    }
    void run_for(milliseconds span) {
        loop.restart();
        loop.run_for(span);
    }
    // What a command ends with: "done", or the sentence. "" = it never ended.
    std::string ask(ScaleCommand what) {
        std::string answer;
        scale->command(what,
                       [&](Result<void> done) { answer = done ? "done" : done.error().what; });
        run_until([&] { return !answer.empty(); });
        return answer;
    }
    template <class T>
    T event(std::size_t i) {
        const T* found = i < events.size() ? std::get_if<T>(&events[i]) : nullptr;
        EXPECT_NE(found, nullptr) << "event " << i << " of " << events.size();
        return found ? *found : T{};
    }

    boost::asio::io_context loop;
    std::vector<ScaleEvent> events;
    std::vector<std::string> log;
    std::unique_ptr<Scale> scale;
};

}  // namespace kemas::test
