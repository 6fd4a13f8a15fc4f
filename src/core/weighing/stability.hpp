// Turns a scale's readings into verdicts: a load came to rest, moved, or nothing can be trusted.
// Knows no device; time comes with the readings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/quantities.hpp"

namespace kemas::weighing {

struct Reading {
    Instant at;  // when it was read
    Milligrams gross;
    bool device_stable = false;
    bool valid = true;
    std::string why;  // of an invalid one: "overload"
};

// A load came to rest; `n` counts settlings from 1.
struct Settled {
    std::uint64_t n = 0;
    Milligrams gross;
    friend bool operator==(const Settled&, const Settled&) = default;
};
// The load of settling `n` moved or left the pan.
struct Disturbed {
    std::uint64_t n = 0;
    friend bool operator==(const Disturbed&, const Disturbed&) = default;
};
// No reading can be trusted; a settled load is void. Told once per reason until a good reading.
struct Faulted {
    std::string why;
    friend bool operator==(const Faulted&, const Faulted&) = default;
};
using Event = std::variant<Settled, Disturbed, Faulted>;

struct StabilityRules {
    Milligrams division = grams(5);  // e
    std::size_t min_readings = 3;    // this many within 1 e, all stable ...
    Milliseconds min_span{300};      // ... and this long (optimisation.md, 5.2: 3 readings, 300 ms)
    Milliseconds max_age{1000};      // silence longer than this is a fault
    std::int64_t min_load_divisions = 20;  // class III minimum load, 20 e (optimisation.md, 5.1)
    std::int64_t change_divisions = 2;     // further away than this is another load
};

// One lying parcel settles once; the same weight after a change is a new settling; what already
// lies on the pan at the start is read (floor-behaviours.md, 33-35).
class StabilityFilter {
 public:
    explicit StabilityFilter(StabilityRules rules);

    // Readings come in the order of their times; one older than the newest is ignored.
    std::vector<Event> take(const Reading& reading);
    // Call now and then: raises the fault when readings have stopped coming.
    std::vector<Event> tick(Instant now);

 private:
    void raise(std::string why, std::vector<Event>& events);
    void remember(const Reading& reading);
    bool at_rest() const;

    StabilityRules rules_;
    std::deque<Reading> recent_;  // stable, within 1 e, no longer than a settling needs
    std::optional<Instant> newest_;
    std::optional<Milligrams> settled_;
    std::uint64_t settlings_ = 0;
    std::string fault_;
};

}  // namespace kemas::weighing
