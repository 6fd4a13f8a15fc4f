// A scale behind Modbus TCP, as its profile describes it. Polls, decodes, and passes readings
// through the stability filter; tells verdicts only. A silent, frozen or faulty scale is a fault at
// once, and no reading survives a reconnect. Knows no station and no parcel.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/profile/scale_profile.hpp"
#include "ports/scale.hpp"

namespace kemas::scale {

// One call per change of health, never one per failure. `event` is "scale.up" or "scale.down".
using LogSink = std::function<void(std::string_view event, std::string detail)>;

struct ModbusScaleOptions {
    std::string name;  // as the site file names it
    std::string host;
    std::uint16_t port = 502;
    std::uint8_t unit = 1;
    int poll_ms = 50;               // 5 at least
    profile::SiteFacts site;        // decimals, unit, division where the profile has none
    std::size_t min_readings = 3;   // a load has settled after this many readings within 1 e ...
    Milliseconds min_span{300};     // ... over at least this time
    std::optional<int> timeout_ms;  // instead of the profile's
    LogSink log;
};

class ModbusScale : public Scale {
 public:
    ModbusScale(boost::asio::any_io_executor executor, profile::ScaleProfile profile,
                ModbusScaleOptions options);
    ~ModbusScale() override;  // as stop()

    // A profile that leaves a gap (weighing_gap) is a fault, told from within this call.
    void start(OnScaleEvent on_event) override;
    void stop() override;
    DeviceHealth health() const override;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::scale
