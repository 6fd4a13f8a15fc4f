// What every scale driver does with a reading once it is decoded: the stability filter, the
// verdicts, health, and each fault told once. Knows no line and no protocol.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/weighing/stability.hpp"
#include "drivers/scale/scale_codec.hpp"
#include "ports/scale.hpp"

namespace kemas::scale {

struct SettleRules {
    std::string name;              // as the site file names it
    std::size_t min_readings = 3;  // a load has settled after this many readings within 1 e ...
    Milliseconds min_span{300};    // ... over at least this time
};

class SettleWatch {
 public:
    using Log = std::function<void(std::string_view event, std::string detail)>;

    SettleWatch(SettleRules rules, Log log);

    void start(OnScaleEvent on_event);
    void stop();  // no event follows
    bool stopped() const { return stopped_; }

    using Moment = std::chrono::steady_clock::time_point;
    using Raw = std::function<std::string()>;  // called only when a load has settled

    /// One reading of `read_at`. `raw` is kept in the weighing record, `from` in the log.
    void take(const ScaleReading& reading, const Raw& raw, const std::string& from, Moment read_at);
    /// The same for a reading of now.
    void take(const ScaleReading& reading, const std::string& raw, const std::string& from);
    /// Nothing read so far counts any more. Told once, until a good reading or another fault.
    void fault(const std::string& state, const std::string& why);

    const DeviceHealth& health() const { return health_; }
    /// What was last read or is wrong, with its age; a reading counts until the next fault.
    ScaleNow now() const;
    bool has_reading() const { return filter_.has_value(); }
    Moment read_at() const { return read_at_; }

 private:
    void set_health(bool up, const std::string& state, const std::string& detail);
    void emit(ScaleEvent event);
    void pass_on(const weighing::Event& event, const std::string& raw);

    SettleRules rules_;
    Log log_;
    OnScaleEvent on_event_;
    DeviceHealth health_;
    std::optional<weighing::StabilityFilter> filter_;
    Milligrams division_;                        // that the filter was made for
    std::uint64_t settlings_ = 0, earlier_ = 0;  // all; those of filters before this one
    ScaleReading last_;                          // or the fault
    Moment read_at_;                             // of `last_`
    std::string told_;                           // the fault last told, empty = none
    bool stopped_ = false;
};

}  // namespace kemas::scale
