// Keeps us from calling a service that does not answer: after some failures in a row it opens, lets
// one call through at a time after a while, and closes when that one succeeds. Knows no clock.
#pragma once

#include <algorithm>
#include <string_view>

#include "core/quantities.hpp"

namespace kemas {

class Breaker {
 public:
    enum class State { closed, open, half_open };
    struct Limits {
        int failures = 5;               // in a row
        Milliseconds open_for{15'000};  // the first time; doubled each time in a row
        Milliseconds longest{300'000};
    };
    Breaker() = default;
    explicit Breaker(Limits limits) : limits_(limits) {}

    // Whether a call may go now. In half-open state only one call is out: say how it ended.
    bool may_call(Instant now) const {
        if (state_ == State::closed) return true;
        return !probing_ && now >= until_;
    }
    void called() {
        if (state_ == State::closed) return;
        state_ = State::half_open;
        probing_ = true;
    }
    // The call was not made after all.
    void let_go() { probing_ = false; }
    void succeeded() {
        state_ = State::closed;
        probing_ = false;
        failures_ = opened_ = 0;
    }
    // `retry_after`: what the service itself asked for; 0 = nothing.
    void failed(Instant now, Milliseconds retry_after = {}) {
        probing_ = false;
        ++failures_;
        if (state_ == State::closed && failures_ < limits_.failures && !retry_after.value) return;
        const auto doubled = limits_.open_for.value << std::min(opened_, 20);
        const auto wait = std::max(std::min(doubled, limits_.longest.value), retry_after.value);
        until_ = {now.value + std::min(wait, limits_.longest.value)};
        state_ = State::open;
        ++opened_;
    }
    bool is_probing() const { return probing_; }
    State state() const { return state_; }
    Instant until() const { return until_; }  // open: no call before

 private:
    Limits limits_;
    State state_ = State::closed;
    bool probing_ = false;
    int failures_ = 0, opened_ = 0;
    Instant until_;
};

constexpr std::string_view word_for(Breaker::State state) {
    switch (state) {
        case Breaker::State::open:
            return "open";
        case Breaker::State::half_open:
            return "half-open";
        case Breaker::State::closed:
            break;
    }
    return "closed";
}

}  // namespace kemas
