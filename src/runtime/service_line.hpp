// The calls to one outside service: how many are under way, how fast they may begin, its breaker,
// and how it is for people. Knows no act and no service's words; its clock is told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/breaker.hpp"
#include "ports/device_health.hpp"

namespace kemas::runtime {

struct ServiceLimits {
    Breaker::Limits breaker;
    int at_once = 4;        // calls under way
    int rate_per_s = 0;     // calls begun; 0 = no limit
    Milliseconds deadline;  // of one call, for people
};

// How a call went, whatever it was about.
struct CallEnd {
    bool unknown = false;  // no answer, or nonsense
    bool limited = false;  // it wants fewer calls, and did nothing
    std::string error;     // unknown: what is wrong
    Milliseconds retry_after;
};

// One service, for people.
struct ServiceLive {
    std::string name;
    Breaker::State breaker = Breaker::State::closed;
    Instant until, heard;  // open until; last answer, 0 = none
    std::string error;     // the last one
    std::size_t waiting = 0, under_way = 0;
    Milliseconds deadline;
};

class ServiceLine {
 public:
    ServiceLine(ServiceLimits limits, Instant now);

    bool may_call(Instant now) const;
    void take_place(Instant now);  // a call begins
    void give_back();              // ... and was not made after all
    void call_over(const CallEnd& end, Instant now);
    // ... of a call that could wait: how it went is no reason to leave the service alone.
    void aside_over() { --under_way_; }
    bool may_call_aside(Instant now) const {
        return breaker_.state() == Breaker::State::closed && may_call(now);
    }
    // When a call that is due then may begin; nothing while only an answer can make room.
    std::optional<Instant> earliest(Instant due) const;

    ServiceLive live(std::string name, std::size_t waiting) const;
    DeviceHealth health(std::string name, std::string kind) const;

 private:
    ServiceLimits limits_;
    Breaker breaker_;
    int under_way_ = 0, begun_ = 0;  // begun: in this window of a second
    Instant window_, not_before_;    // not_before: it told us to wait
    Instant heard_, since_;
    std::string error_;
};

// "field reason" of what an answer says.
std::string sentence_of(const std::string& field, const std::string& why);

}  // namespace kemas::runtime
