// A Modbus scale beside a belt, as its profile describes it: tells every reading, stable or not,
// with the time it was asked for. A heartbeat that stands is a fault, as everywhere; one that is
// slower than the polls says nothing of a single reading. Knows no parcel, decides on no weight.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "drivers/bus/modbus_master.hpp"
#include "drivers/profile/scale_profile.hpp"
#include "ports/device_health.hpp"

namespace kemas::scale {

struct ScaleStreamOptions {
    std::string name;  // as the site file names it
    std::uint8_t unit = 1;
    int poll_ms = 10;  // 0 = without a pause
    profile::SiteFacts site;
    std::function<void(std::string_view event, std::string detail)>
        log;  // "scale.up", "scale.down"
};

struct StreamEvents {
    std::function<void(std::chrono::steady_clock::time_point read_at, Milligrams gross)> reading;
    // No reading until the next one: silent, frozen, overload, fault bit.
    std::function<void(const std::string& why)> fault;
};

class ScaleStream {
 public:
    // The profile has no weighing_gap with these site facts.
    ScaleStream(boost::asio::any_io_executor executor, std::shared_ptr<bus::ModbusMaster> master,
                profile::ScaleProfile profile, ScaleStreamOptions options);
    ~ScaleStream();  // as stop()
    ScaleStream(const ScaleStream&) = delete;
    ScaleStream& operator=(const ScaleStream&) = delete;

    void start(StreamEvents events);
    void stop();
    DeviceHealth health() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::scale
