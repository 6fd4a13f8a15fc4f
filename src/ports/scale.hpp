// A scale tells only verdicts: raw readings, stability and age stay in the driver.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "core/fault.hpp"
#include "core/quantities.hpp"
#include "ports/device_health.hpp"

namespace kemas {

// A load came to rest. A new settling needs a change since the one before, so one lying parcel
// settles once and the same weight twice is two settlings.
struct ScaleSettled {
    std::uint64_t settling = 0;  // counts up from 1 per start of the daemon
    Milligrams gross;
    Milligrams division;  // e, the scale's verification interval
    std::string raw;      // the words read and their meaning, for the weighing record
};
// The load that settled as `settling` moved or left the pan.
struct ScaleDisturbed {
    std::uint64_t settling = 0;
};
// No reading can be trusted (silent, frozen, overload, fault bit); any settled load is void.
struct ScaleFaulted {
    std::string why;
};
using ScaleEvent = std::variant<ScaleSettled, ScaleDisturbed, ScaleFaulted>;
// What lies on the pan as it was last read, for people to look at: never a weight to ship by.
struct ScaleNow {
    enum class Quality { good, moving, fault };
    Quality quality = Quality::fault;
    Milligrams gross, division;  // 0 of a fault
    Milliseconds age;            // since it was read; of a fault: since it is known
    std::string why;             // of a fault, with the next step
};

enum class ScaleCommand { zero, tare, clear_tare };
// Fault: retry = the scale refuses or it was not sent, nothing was done; call_person = it was sent
// and nobody knows. The sentence is for the operator.
using OnScaleCommand = std::function<void(Result<void>)>;  // called once, on the loop thread

using OnScaleEvent = std::function<void(ScaleEvent)>;  // called on the loop thread

class Scale {
 public:
    virtual ~Scale() = default;
    virtual void start(OnScaleEvent on_event) = 0;
    virtual void stop() = 0;  // returns at once; no event follows
    virtual DeviceHealth health() const = 0;
    virtual LiveFacts live() const { return {}; }
    // Empty when the driver cannot say.
    virtual std::optional<ScaleNow> now() const { return std::nullopt; }
    // Done only when the scale itself has shown it.
    virtual void command(ScaleCommand, OnScaleCommand done) {
        done(fail(Remedy::retry, "this scale takes no commands: use its own keys"));
    }
};

}  // namespace kemas
