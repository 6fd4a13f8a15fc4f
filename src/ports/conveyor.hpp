// The PLC of a line as the line's state machine sees it: looks come, diverts go. Nothing here
// starts, stops or moves a belt but what a person asked for.
#pragma once

#include <functional>
#include <string>

#include "core/fault.hpp"
#include "core/line/decision.hpp"
#include "core/line/event.hpp"
#include "ports/device_health.hpp"

namespace kemas {

struct ConveyorEvents {
    // Every look, whole and fresh; `at` counts milliseconds of a steady clock.
    std::function<void(line::Polled)> look;
    // No look can be trusted any more; told once a change.
    std::function<void(std::string why)> lost;
};

// Called once, on the loop thread. Faults: retry = nothing was done; call_person = nobody knows.
using OnJamCleared = std::function<void(Result<void>)>;

class Conveyor {
 public:
    virtual ~Conveyor() = default;
    virtual void start(ConveyorEvents events) = 0;  // calls come on the loop thread
    virtual void stop() = 0;                        // returns at once; no event follows
    virtual DeviceHealth health() const = 0;
    // Sent within its time or not at all. Whether it was done, the looks will tell. A number that
    // is on its way is not sent beside itself.
    virtual void divert(const line::WriteDivert& divert) = 0;
    // The line is alive: the PLC's watchdog is fed on. Without a call for a second it is fed no
    // more.
    virtual void beat() = 0;
    // Only for a person.
    virtual void clear_jam(const std::string& by, OnJamCleared done) = 0;
};

}  // namespace kemas
