// A printer takes bytes once. It asks before the first byte leaves, so that the ledger can record
// the start first (law 3), and it never repeats by itself.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "ports/device_health.hpp"

namespace kemas {

struct PrintOutcome {
    enum class Kind {
        not_started,  // no byte left: may be tried again
        done,         // the device took the whole job and closed it in good order
        unknown,      // bytes left, nobody can say what is on paper
    };
    Kind kind = Kind::unknown;
    std::string detail;
};

constexpr std::string_view word_for(PrintOutcome::Kind kind) {
    switch (kind) {
        case PrintOutcome::Kind::not_started:
            return "not_started";
        case PrintOutcome::Kind::done:
            return "done";
        case PrintOutcome::Kind::unknown:
            break;
    }
    return "unknown";
}

class Printer {
 public:
    using Go = std::function<void(bool)>;     // true: send now; false: drop the job
    using OnReady = std::function<void(Go)>;  // the printer is connected and idle
    using OnEnd = std::function<void(PrintOutcome)>;

    virtual ~Printer() = default;
    // One job at a time; a second call waits in line. Calls come and go on the loop thread.
    virtual void print(std::string bytes, OnReady on_ready, OnEnd on_end) = 0;
    virtual void stop() = 0;
    virtual DeviceHealth health() const = 0;
    virtual LiveFacts live() const { return {}; }
};

}  // namespace kemas
