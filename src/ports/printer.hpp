// A printer takes bytes once. It asks before the first byte leaves, so that the ledger can record
// the start first (law 3), and it never repeats by itself.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "ports/device_health.hpp"

namespace kemas {

struct PrintOutcome {
    enum class Kind {
        not_started,  // nothing is on paper: no byte left, or the device's own count stood still
        sent,     // the device took the whole job in good order; whether it printed, it cannot say
        done,     // the device's own count went up by this one
        unknown,  // bytes left, nobody can say what is on paper
    };
    Kind kind = Kind::unknown;
    std::string detail;
};

constexpr std::string_view word_for(PrintOutcome::Kind kind) {
    switch (kind) {
        case PrintOutcome::Kind::not_started:
            return "not_started";
        case PrintOutcome::Kind::sent:
            return "sent";
        case PrintOutcome::Kind::done:
            return "done";
        case PrintOutcome::Kind::unknown:
            break;
    }
    return "unknown";
}

// What a printer says of its own count.
struct PrintCount {
    enum class Kind {
        counted,      // it is idle and has printed `labels` so far
        unreachable,  // not now: ask again later
        cannot,       // it has no count, or does not tell it
    };
    Kind kind = Kind::cannot;
    std::int64_t labels = 0;
    std::string detail;
};

class Printer {
 public:
    using Go = std::function<void(bool)>;     // true: send now; false: drop the job
    using OnReady = std::function<void(Go)>;  // the printer is connected and idle
    using OnEnd = std::function<void(PrintOutcome)>;
    using OnCount = std::function<void(PrintCount)>;

    virtual ~Printer() = default;
    // One job at a time; a second call waits in line. Calls come and go on the loop thread.
    virtual void print(std::string bytes, OnReady on_ready, OnEnd on_end) = 0;
    // What it had counted when it asked for the Go of the job under way; none = it does not count.
    virtual std::optional<std::int64_t> counter() const { return std::nullopt; }
    // Its count once it is idle, in line with the jobs. A count that still stands at `before` is
    // told only when it stood there for a while: bytes of a line that broke may be on their way.
    virtual void count(std::int64_t before, OnCount on_count) {
        (void)before;
        on_count({});
    }
    virtual void stop() = 0;
    virtual DeviceHealth health() const = 0;
    virtual LiveFacts live() const { return {}; }
};

}  // namespace kemas
