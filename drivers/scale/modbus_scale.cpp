#include "drivers/scale/modbus_scale.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <exception>
#include <utility>

#include "core/assert.hpp"
#include "drivers/modbus_device/driver_health.hpp"
#include "drivers/profile/live_fields.hpp"
#include "drivers/scale/scale_codec.hpp"
#include "drivers/scale/settle_watch.hpp"

namespace kemas::scale {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using modbus_device::Outcome;
using modbus_device::Round;
using std::chrono::milliseconds;

modbus_device::ModbusDeviceOptions device_options(const ModbusScaleOptions& options) {
    modbus_device::ModbusDeviceOptions result;
    result.name = options.name;
    result.unit = options.unit;
    result.poll_ms = options.poll_ms;
    return result;
}

// What a profile calls it.
std::string_view profile_name(ScaleCommand what) {
    switch (what) {
        case ScaleCommand::zero:
            return "zero";
        case ScaleCommand::tare:
            return "tare";
        case ScaleCommand::clear_tare:
            return "clear_tare";
    }
    return "zero";
}

}  // namespace

struct ModbusScale::State : std::enable_shared_from_this<State> {
    State(const asio::any_io_executor& executor_, std::shared_ptr<bus::ModbusMaster> master,
          profile::ScaleProfile profile_, ModbusScaleOptions options_)
        : profile(std::move(profile_)),
          options(std::move(options_)),
          executor(executor_),
          device(executor_, std::move(master), profile, device_options(options)),
          watch({options.name, options.min_readings, options.min_span}, options.log),
          age_watch(executor_),
          from(profile.vendor + " " + profile.model) {}

    profile::ScaleProfile profile;
    ModbusScaleOptions options;
    asio::any_io_executor executor;
    modbus_device::ModbusDevice device;
    SettleWatch watch;
    asio::steady_timer age_watch;
    std::string from;
    bool started = false, watching = false;

    milliseconds max_age() const { return milliseconds(options.max_age.value); }
    void stale() {
        watch.fault("stale", "no reading for " + std::to_string(options.max_age.value) +
                                 " ms: the scale or its line is too slow; check max_age_ms and "
                                 "poll_ms");
    }
    // One wait at a time, however many readings come.
    void watch_age() {
        if (watching || watch.stopped()) return;
        watching = true;
        age_watch.expires_at(watch.read_at() + max_age() + milliseconds(1));
        age_watch.async_wait([self = shared_from_this()](const boost::system::error_code& ec) {
            self->watching = false;
            if (ec || !self->watch.has_reading()) return;
            if (Clock::now() - self->watch.read_at() > self->max_age())
                self->stale();
            else
                self->watch_age();
        });
    }

    void take(const Round& round) {
        if (Clock::now() - round.read_at > max_age()) return stale();
        const auto raw = [&round] { return hex_words(round.words); };
        watch.take(decode_scale(profile, options.site, round.words), raw, from, round.read_at);
        watch_age();
    }

    static asio::awaitable<void> run(std::shared_ptr<State> state, modbus_device::CommandCall call,
                                     OnScaleCommand done) {
        const Outcome outcome = co_await state->device.command(std::move(call));
        done(modbus_device::result_of(outcome));
    }

    static void ended(std::exception_ptr error) {
        if (error) std::rethrow_exception(error);  // our own mistake: not to be swallowed
    }
};

ModbusScale::ModbusScale(asio::any_io_executor executor, std::shared_ptr<bus::ModbusMaster> master,
                         profile::ScaleProfile profile, ModbusScaleOptions options)
    : state_(std::make_shared<State>(executor, std::move(master), std::move(profile),
                                     std::move(options))) {}

ModbusScale::~ModbusScale() {
    stop();
}

void ModbusScale::start(OnScaleEvent on_event) {
    KEMAS_ASSERT(!state_->started);
    state_->started = true;
    state_->watch.start(std::move(on_event));
    if (const std::string gap = weighing_gap(state_->profile, state_->options.site); !gap.empty())
        return state_->watch.fault("unusable", gap);
    modbus_device::Events events;
    std::weak_ptr<State> weak = state_;  // the device is part of the state
    events.round = [weak](const Round& round) {
        if (const auto state = weak.lock()) state->take(round);
    };
    events.lost = [weak](const std::string& word, const std::string& why) {
        if (const auto state = weak.lock()) state->watch.fault(word, why);
    };
    state_->device.start(std::move(events));
}

void ModbusScale::stop() {
    state_->watch.stop();
    state_->device.stop();
    state_->age_watch.cancel();
}

DeviceHealth ModbusScale::health() const {
    return state_->watch.health();
}

std::optional<ScaleNow> ModbusScale::now() const {
    ScaleNow now = state_->watch.now();
    if (now.quality == ScaleNow::Quality::fault || now.age <= state_->options.max_age) return now;
    ScaleNow old;  // its fault is about to be told
    old.age = now.age;
    old.why = "no reading for " + std::to_string(now.age.value) + " ms";
    return old;
}

LiveFacts ModbusScale::live() const {
    const Round* round = state_->device.latest();
    if (!round) return {};
    LiveFacts facts{{"words", hex_words(round->words)}};
    for (auto& field : profile::live_fields(state_->profile, round->words))
        facts.push_back(std::move(field));
    return facts;
}

void ModbusScale::command(ScaleCommand what, OnScaleCommand done) {
    modbus_device::CommandCall call;
    call.name = profile_name(what);
    call.authorised = true;  // whoever asks for it stands at the scale
    asio::co_spawn(state_->executor, State::run(state_, std::move(call), std::move(done)),
                   State::ended);
}

}  // namespace kemas::scale
