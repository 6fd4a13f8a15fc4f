// How a printer is doing, and one log line whenever that changes. Knows no transport.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "ports/device_health.hpp"
#include "ports/printer.hpp"

namespace kemas::printer {

// What a printer's line has done since the start, for the live view.
struct JobTally {
    std::uint64_t ended = 0;
    std::string last;  // "done: ..."

    void take(const PrintOutcome& outcome) {
        ++ended;
        last = std::string(word_for(outcome.kind)) + ": " + outcome.detail;
    }
    LiveFacts facts(std::size_t waiting) const {
        LiveFacts facts{{"jobs waiting", std::to_string(waiting)},
                        {"jobs ended", std::to_string(ended)}};
        if (ended) facts.emplace_back("last job", last);
        return facts;
    }
};

class PrinterState {
 public:
    using Log = std::function<void(std::string_view event, std::string detail)>;

    PrinterState(const std::string& name, Log log);

    /// `heard`: the printer itself has just said something. An error stays until the next one.
    void set(bool up, const std::string& state, const std::string& error = {}, bool heard = false);
    bool up() const { return health_.up; }
    const DeviceHealth& health() const { return health_; }
    void forget_log() { log_ = nullptr; }

 private:
    DeviceHealth health_;
    Log log_;
    std::string told_;  // the trouble last logged; empty = up, or nothing yet
    bool told_up_ = false;
};

}  // namespace kemas::printer
