#include "drivers/scale/scale_stream.hpp"

#include <utility>

#include "drivers/modbus_device/modbus_device.hpp"
#include "drivers/scale/scale_codec.hpp"

namespace kemas::scale {

namespace asio = boost::asio;

namespace {

Instant wall_now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace

struct ScaleStream::State {
    State(const asio::any_io_executor& executor, std::shared_ptr<bus::ModbusMaster> master,
          profile::ScaleProfile profile_, ScaleStreamOptions options_)
        : profile(std::move(profile_)),
          options(std::move(options_)),
          device(executor, std::move(master), profile,
                 {options.name, options.unit, options.poll_ms}) {
        health.name = options.name;
        health.kind = "scale";
        health.state = "connecting";
        health.since = wall_now();
    }

    profile::ScaleProfile profile;
    ScaleStreamOptions options;
    modbus_device::ModbusDevice device;
    StreamEvents events;
    DeviceHealth health;
    bool running = false;

    void take(const modbus_device::Round& round) {
        const auto reading = decode_scale(profile, options.site, round.words);
        health.heard = wall_now();
        if (!reading.fault.empty()) return lose(reading.fault, reading.why);
        turn(true, "ready", "");
        events.reading(round.read_at, reading.gross);
    }
    void lose(const std::string& state, const std::string& why) {
        turn(false, state, why);
        events.fault(why);
    }
    void turn(bool up, const std::string& state, const std::string& why) {
        if (up != health.up || (!up && state != health.state)) {
            if (up != health.up) health.since = wall_now();
            if (options.log) options.log(up ? "scale.up" : "scale.down", why);
        }
        health.up = up;
        health.state = state;
        health.error = why;
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
    std::weak_ptr<State> weak = state_;
    modbus_device::Events heard;
    heard.round = [weak](const modbus_device::Round& round) {
        const auto state = weak.lock();
        if (state && state->running) state->take(round);
    };
    heard.lost = [weak](const std::string& what, const std::string& why) {
        const auto state = weak.lock();
        if (state && state->running) state->lose(what, why);
    };
    state_->device.start(std::move(heard));
}

void ScaleStream::stop() {
    state_->running = false;
    state_->device.stop();
}

DeviceHealth ScaleStream::health() const {
    return state_->health;
}

}  // namespace kemas::scale
