// A test's own future: what happens when, on a clock that the test moves.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "core/quantities.hpp"

namespace kemas::testing {

// What is to happen later, in order.
class Agenda {
 public:
    void at(Instant when, std::function<void()> what) {
        events_.emplace(std::pair(when.value, ++count_), std::move(what));
    }
    bool empty() const { return events_.empty(); }
    Instant next() const { return {events_.begin()->first.first}; }
    void run_due(Instant now) {
        while (!events_.empty() && next() <= now) {
            auto what = std::move(events_.begin()->second);
            events_.erase(events_.begin());
            what();
        }
    }
    void clear() { events_.clear(); }

 private:
    std::map<std::pair<std::int64_t, std::uint64_t>, std::function<void()>> events_;
    std::uint64_t count_ = 0;
};

}  // namespace kemas::testing
