#include "drivers/scale/scale_stream.hpp"

#include <utility>

#include "drivers/modbus_device/driver_health.hpp"
#include "drivers/scale/scale_codec.hpp"

namespace kemas::scale {

namespace asio = boost::asio;

struct ScaleStream::State {
    State(const asio::any_io_executor& executor, std::shared_ptr<bus::ModbusMaster> master,
          profile::ScaleProfile profile_, ScaleStreamOptions options_)
        : profile(std::move(profile_)),
          options(std::move(options_)),
          device(executor, std::move(master), profile,
                 {options.name, options.unit, options.poll_ms}),
          health(options.name, "scale", "scale", options.log) {}

    profile::ScaleProfile profile;
    ScaleStreamOptions options;
    modbus_device::ModbusDevice device;
    StreamEvents events;
    modbus_device::DriverHealth health;
    bool running = false;

    void see(const modbus_device::Round& round) {
        const auto reading = decode_scale(profile, options.site, round.words);
        if (!reading.fault.empty()) return lose(reading.fault, reading.why);
        health.up("ready");
        events.reading(round.read_at, reading.gross);
    }
    void lose(const std::string& state, const std::string& why) {
        health.down(state, why);
        events.fault(why);
    }
};

ScaleStream::ScaleStream(asio::any_io_executor executor, std::shared_ptr<bus::ModbusMaster> master,
                         profile::ScaleProfile profile, ScaleStreamOptions options)
    : state_(std::make_shared<State>(executor, std::move(master), std::move(profile),
                                     std::move(options))) {}

ScaleStream::~ScaleStream() {
    stop();
}

void ScaleStream::start(StreamEvents events) {
    state_->events = std::move(events);
    state_->running = true;
    state_->device.start(modbus_device::heard_while_running(state_));
}

void ScaleStream::stop() {
    state_->running = false;
    state_->device.stop();
}

DeviceHealth ScaleStream::health() const {
    return state_->health.now();
}

}  // namespace kemas::scale
