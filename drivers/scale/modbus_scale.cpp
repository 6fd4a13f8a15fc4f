#include "drivers/scale/modbus_scale.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <exception>
#include <utility>

#include "core/assert.hpp"
#include "core/weighing/stability.hpp"
#include "drivers/modbus_device/modbus_device.hpp"
#include "drivers/scale/scale_codec.hpp"

namespace kemas::scale {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using modbus_device::Outcome;
using modbus_device::Round;
using std::chrono::milliseconds;

Instant utc_now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<milliseconds>(since).count()};
}
// The filter's time never runs backwards, whatever happens to the wall clock.
Instant steady(Clock::time_point at) {
    return {std::chrono::duration_cast<milliseconds>(at.time_since_epoch()).count()};
}

modbus_device::ModbusDeviceOptions device_options(const ModbusScaleOptions& options) {
    modbus_device::ModbusDeviceOptions result;
    result.name = options.name;
    result.unit = options.unit;
    result.poll_ms = options.poll_ms;
    return result;
}

std::string_view name_of(ScaleCommand what) {
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

Result<void> as_result(const Outcome& outcome) {
    switch (outcome.kind) {
        case Outcome::Kind::done:
            return {};
        case Outcome::Kind::unknown:
            return fail(Remedy::call_person, outcome.why);
        case Outcome::Kind::refused:
        case Outcome::Kind::not_sent:
            break;
    }
    return fail(Remedy::retry, outcome.why);
}

}  // namespace

struct ModbusScale::State : std::enable_shared_from_this<State> {
    State(const asio::any_io_executor& executor_, std::shared_ptr<bus::ModbusMaster> master,
          profile::ScaleProfile profile_, ModbusScaleOptions options_)
        : profile(std::move(profile_)),
          options(std::move(options_)),
          executor(executor_),
          device(executor_, std::move(master), profile, device_options(options)),
          age_watch(executor_) {
        health.name = options.name;
        health.kind = "scale";
        health.state = "stopped";
        health.since = utc_now();
    }

    profile::ScaleProfile profile;
    ModbusScaleOptions options;
    asio::any_io_executor executor;
    modbus_device::ModbusDevice device;
    asio::steady_timer age_watch;
    OnScaleEvent on_event;
    DeviceHealth health;
    std::optional<weighing::StabilityFilter> filter;
    ScaleReading last;
    Clock::time_point read_at;                 // of `last`
    Milligrams division;                       // that the filter was made for
    std::uint64_t settlings = 0, earlier = 0;  // all; those of filters before this one
    std::string told;                          // the fault last told, empty = none
    bool started = false, stopped = false, watching = false;

    void set_health(bool up, const std::string& state, const std::string& detail) {
        const bool changed = health.up != up || health.state != state;
        if (health.up != up) health.since = utc_now();
        health.up = up;
        health.state = state;
        if (!up) health.error = detail;
        if (changed && options.log)
            options.log(up ? "scale.up" : "scale.down", options.name + ": " + detail);
    }

    void emit(ScaleEvent event) {
        const OnScaleEvent call = on_event;  // a stop() from inside clears the member
        if (!stopped && call) call(std::move(event));
    }

    // Nothing read so far counts any more.
    void fault(const std::string& state, const std::string& why) {
        filter.reset();
        earlier = settlings;
        last = ScaleReading();
        last.fault = state;
        last.why = why;
        read_at = Clock::now();
        set_health(false, state, why);
        if (std::exchange(told, why) != why) emit(ScaleFaulted{why});
    }

    milliseconds max_age() const { return milliseconds(options.max_age.value); }
    void stale() {
        fault("stale", "no reading for " + std::to_string(options.max_age.value) +
                           " ms: the scale or its line is too slow; check max_age_ms and poll_ms");
    }
    // One wait at a time, however many readings come.
    void watch_age() {
        if (watching || stopped) return;
        watching = true;
        age_watch.expires_at(read_at + max_age() + milliseconds(1));
        age_watch.async_wait([self = shared_from_this()](const boost::system::error_code& ec) {
            self->watching = false;
            if (ec || self->stopped || !self->filter) return;
            if (Clock::now() - self->read_at > self->max_age())
                self->stale();
            else
                self->watch_age();
        });
    }

    void take(const Round& round) {
        health.heard = utc_now();
        if (Clock::now() - round.read_at > max_age()) return stale();
        ScaleReading reading = decode_scale(profile, options.site, round.words);
        if (!reading.fault.empty()) return fault(reading.fault, reading.why);
        if (filter && division != reading.division)
            fault("division",
                  "the scale's division has changed: take the goods off and weigh again");
        if (stopped) return;
        if (!filter) start_filter(reading.division);
        if (!told.empty() || !health.up) {
            told.clear();
            set_health(true, "ready", "readings of " + profile.vendor + " " + profile.model);
        }
        last = std::move(reading);
        read_at = round.read_at;
        watch_age();
        weighing::Reading next;
        next.at = steady(round.read_at);
        next.gross = last.gross;
        next.device_stable = last.stable;
        for (const weighing::Event& event : filter->take(next))
            pass_on(event, round.words, next.gross);
    }

    void start_filter(Milligrams e) {
        division = e;
        weighing::StabilityRules rules;
        rules.division = division;
        rules.min_readings = options.min_readings;
        rules.min_span = options.min_span;
        rules.max_age = {options.max_age.value + 1};  // age_watch tells first, with the next step
        filter.emplace(rules);
    }

    void pass_on(const weighing::Event& event, const std::vector<std::uint16_t>& words,
                 Milligrams gross) {
        if (const auto* settled = std::get_if<weighing::Settled>(&event)) {
            settlings = earlier + settled->n;
            emit(ScaleSettled{settlings, settled->gross, division,
                              hex_words(words) + " = " + std::to_string(gross.value) + " mg"});
        } else if (const auto* disturbed = std::get_if<weighing::Disturbed>(&event)) {
            emit(ScaleDisturbed{earlier + disturbed->n});
        } else if (const auto* faulted = std::get_if<weighing::Faulted>(&event)) {
            fault("stale", faulted->why);
        }
    }

    static asio::awaitable<void> run(std::shared_ptr<State> state, modbus_device::CommandCall call,
                                     OnScaleCommand done) {
        const Outcome outcome = co_await state->device.command(std::move(call));
        done(as_result(outcome));
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
    state_->on_event = std::move(on_event);
    state_->health.state = "connecting";
    if (const std::string gap = weighing_gap(state_->profile, state_->options.site); !gap.empty())
        return state_->fault("unusable", gap);
    modbus_device::Events events;
    std::weak_ptr<State> weak = state_;  // the device is part of the state
    events.round = [weak](const Round& round) {
        if (const auto state = weak.lock()) state->take(round);
    };
    events.lost = [weak](const std::string& why_short, const std::string& why) {
        if (const auto state = weak.lock()) state->fault(why_short, why);
    };
    state_->device.start(std::move(events));
}

void ModbusScale::stop() {
    state_->stopped = true;
    state_->on_event = nullptr;
    state_->options.log = nullptr;
    state_->device.stop();
    state_->age_watch.cancel();
    state_->health.state = "stopped";
    if (std::exchange(state_->health.up, false)) state_->health.since = utc_now();
}

DeviceHealth ModbusScale::health() const {
    return state_->health;
}

std::optional<ScaleNow> ModbusScale::now() const {
    if (!state_->started) return std::nullopt;
    const ScaleReading& last = state_->last;
    ScaleNow result;
    result.age = {std::chrono::duration_cast<milliseconds>(Clock::now() - state_->read_at).count()};
    if (state_->filter && result.age <= state_->options.max_age) {
        result.quality = last.stable ? ScaleNow::Quality::good : ScaleNow::Quality::moving;
        result.gross = last.gross;
        result.division = last.division;
    } else {
        result.why = last.why.empty() ? "nothing read yet" : last.why;
    }
    return result;
}

void ModbusScale::command(ScaleCommand what, OnScaleCommand done) {
    modbus_device::CommandCall call;
    call.name = name_of(what);
    call.authorised = true;  // whoever asks for it stands at the scale
    asio::co_spawn(state_->executor, State::run(state_, std::move(call), std::move(done)),
                   State::ended);
}

}  // namespace kemas::scale
