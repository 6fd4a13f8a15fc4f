// The questions of a serial line whose answers may still come. RTU answers carry no number: one is
// believed only when no open question could have asked for it. Pure; keeps no clock, sends nothing.
//
// Why it holds: a unit answers in the order it was asked. So the answer to a question of a shape
// that no open one has tells that the answers to all before it came or never will. Where a query
// has the shape of an open one, such a question is asked first.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>

#include "drivers/bus/modbus_codec.hpp"

namespace kemas::bus {

class Unanswered {
 public:
    using Moment = std::chrono::steady_clock::time_point;
    // A unit that answers no other question at all may be asked the same one again after this, or
    // after so many others.
    static constexpr std::chrono::seconds kLongestLateness{10};
    static constexpr std::size_t kMostOpen = 100;  // of 125 shapes that a read can have

    // Sent, and nothing came that can be believed.
    void note(const Query& query, Moment now);
    // Its own answer came, or an exception, which may be that of any open question of its function.
    void answered(const Query& query);
    void refused(const Query& query, Moment now);
    // A read to ask first, so that the answer to `query` cannot be mistaken; empty when it cannot.
    std::optional<Query> question_before(const Query& query, Moment now);

 private:
    struct Open {
        Query query;
        Moment since;
    };
    struct Unit {
        std::deque<Open> open;       // in the order they were asked
        std::optional<Query> known;  // a read that this unit has answered
    };
    std::map<std::uint8_t, Unit> units_;
};

}  // namespace kemas::bus
