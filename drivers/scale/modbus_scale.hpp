// A scale behind Modbus, TCP or RTU, as its profile describes it. Decodes rounds of reading and
// passes them through the stability filter; tells verdicts only. A silent, frozen, faulty or stale
// scale is a fault at once, and no reading survives a reconnect. Knows no station and no parcel.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "drivers/bus/modbus_master.hpp"
#include "drivers/profile/scale_profile.hpp"
#include "ports/scale.hpp"

namespace kemas::scale {

// One call per change of health, never one per failure. `event` is "scale.up" or "scale.down".
using LogSink = std::function<void(std::string_view event, std::string detail)>;

struct ModbusScaleOptions {
    std::string name;  // as the site file names it
    std::uint8_t unit = 1;
    int poll_ms = 50;              // 0 = without a pause
    profile::SiteFacts site;       // decimals, unit, division where the profile has none
    std::size_t min_readings = 3;  // a load has settled after this many readings within 1 e ...
    Milliseconds min_span{300};    // ... over at least this time
    Milliseconds max_age{1'000};   // an older reading is no reading
    LogSink log;
};

class ModbusScale : public Scale {
 public:
    // Scales on one serial line or gateway share its master.
    ModbusScale(boost::asio::any_io_executor executor, std::shared_ptr<bus::ModbusMaster> master,
                profile::ScaleProfile profile, ModbusScaleOptions options);
    ~ModbusScale() override;  // as stop()

    // A profile that leaves a gap (weighing_gap) is a fault, told from within this call. One owner:
    // a second start is our own mistake.
    void start(OnScaleEvent on_event) override;
    void stop() override;
    DeviceHealth health() const override;
    LiveFacts live() const override;  // the words of the newest round, and each field by name
    std::optional<ScaleNow> now() const override;
    void command(ScaleCommand what, OnScaleCommand done) override;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::scale
