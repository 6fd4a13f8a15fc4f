// A scanner delivers framed lines and shows answers; it knows no dialog.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/fault.hpp"
#include "ports/device_health.hpp"

namespace kemas {

struct ScannedLine {
    std::string text;  // what was read, without terminator; printable ASCII and GS (0x1D) only
    std::string key;   // unique id of this read: the sender's (`#id;code`) or made by the driver
    std::function<void(std::string line)>
        reply;  // sends one answer line; safe to call after a disconnect
    std::function<void(std::string line)>
        push;  // sends a line that answers no scan; keep it as long as wanted
};
using OnScannedLine = std::function<void(ScannedLine)>;  // called on the loop thread

class Scanner {
 public:
    virtual ~Scanner() = default;
    virtual void start(OnScannedLine on_line) = 0;
    virtual void stop() = 0;
    virtual DeviceHealth health() const = 0;
    virtual LiveFacts live() const { return {}; }
    // Makes a fixed reader begin to read, or stop. Fault: it takes no such command, or is away.
    virtual Result<void> trigger(bool on) {
        (void)on;
        return fail(Remedy::stop, "this reader takes no trigger: press its own");
    }
};

}  // namespace kemas
