#include "drivers/scale/modbus_scale.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <exception>
#include <utility>
#include <vector>

#include "core/weighing/stability.hpp"
#include "drivers/bus/modbus_tcp.hpp"
#include "drivers/scale/scale_codec.hpp"

namespace kemas::scale {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using Words = std::vector<std::uint16_t>;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr milliseconds kFirstBackOff{100}, kLastBackOff{2'000};
constexpr int kMinPollMs = 5;

Instant utc_now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<milliseconds>(since).count()};
}
// The filter's time never runs backwards, whatever happens to the wall clock.
Instant steady_now() {
    return {std::chrono::duration_cast<milliseconds>(Clock::now().time_since_epoch()).count()};
}

bus::ModbusTcpOptions bus_options(const profile::ScaleProfile& profile,
                                  const ModbusScaleOptions& options) {
    bus::ModbusTcpOptions result;
    result.host = options.host;
    result.port = options.port;
    result.timeout_ms = options.timeout_ms.value_or(profile.limits.response_timeout_ms);
    result.min_gap_ms = profile.limits.min_gap_ms;
    return result;
}

}  // namespace

struct ModbusScale::State {
    State(const asio::any_io_executor& executor_, profile::ScaleProfile profile_,
          ModbusScaleOptions options_)
        : profile(std::move(profile_)),
          options(std::move(options_)),
          executor(executor_),
          master(executor_, bus_options(profile, options)),
          pause(executor_) {
        health.name = options.name;
        health.kind = "scale";
        health.state = "stopped";
        health.since = utc_now();
    }

    profile::ScaleProfile profile;
    ModbusScaleOptions options;
    asio::any_io_executor executor;
    bus::ModbusTcp master;
    asio::steady_timer pause;
    OnScaleEvent on_event;
    DeviceHealth health;
    std::optional<weighing::StabilityFilter> filter;
    Milligrams division;                       // that the filter was made for
    std::uint64_t settlings = 0, earlier = 0;  // all; those of filters before this one
    std::string told;                          // the fault last told, empty = none
    std::optional<std::uint32_t> heartbeat;
    Clock::time_point beat_at;  // when the heartbeat last changed
    bool beating = false;       // it has changed since the connection was made
    bool stopped = false;

    void set_health(bool up, std::string state, const std::string& detail) {
        const bool changed = health.up != up || health.state != state;
        if (health.up != up) health.since = utc_now();
        health.up = up;
        health.state = std::move(state);
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
        set_health(false, state, why);
        if (std::exchange(told, why) != why) emit(ScaleFaulted{why});
    }

    void lost_line(const Fault& error) {
        heartbeat.reset();
        beating = false;
        fault("offline", error.what);
    }

    // False while it cannot be said whether the device still measures.
    bool alive(std::uint32_t beat) {
        const auto now = Clock::now();
        if (heartbeat != beat) {
            beating = heartbeat.has_value();
            heartbeat = beat;
            beat_at = now;
        } else if (now - beat_at > milliseconds(profile.liveness->max_age.value)) {
            beating = false;
            fault("frozen", "frozen: the scale answers but has not measured for " +
                                std::to_string(profile.liveness->max_age.value) +
                                " ms: switch it off and on");
        }
        return beating;
    }

    void take(const Words& words) {
        health.heard = utc_now();
        const ScaleReading reading = decode_scale(profile, options.site, words);
        if (reading.heartbeat && !alive(*reading.heartbeat)) return;
        if (!reading.fault.empty()) return fault(reading.fault, reading.why);
        if (filter && division != reading.division)
            fault("division",
                  "the scale's division has changed: take the goods off and weigh again");
        if (stopped) return;
        if (!filter) {
            division = reading.division;
            weighing::StabilityRules rules;
            rules.division = division;
            rules.min_readings = options.min_readings;
            rules.min_span = options.min_span;
            // Silence is this driver's to judge, by the deadline of every single call.
            rules.max_age = {3'600'000};
            filter.emplace(rules);
        }
        told.clear();
        set_health(true, "ready", "readings of " + options.host);
        weighing::Reading next;
        next.at = steady_now();
        next.gross = reading.gross;
        next.device_stable = reading.stable;
        for (const weighing::Event& event : filter->take(next)) pass_on(event, words, next.gross);
    }

    void pass_on(const weighing::Event& event, const Words& words, Milligrams gross) {
        if (const auto* settled = std::get_if<weighing::Settled>(&event)) {
            settlings = earlier + settled->n;
            emit(ScaleSettled{settlings, settled->gross, division,
                              hex_words(words) + " = " + std::to_string(gross.value) + " mg"});
        } else if (const auto* disturbed = std::get_if<weighing::Disturbed>(&event)) {
            emit(ScaleDisturbed{earlier + disturbed->n});
        } else if (const auto* faulted = std::get_if<weighing::Faulted>(&event)) {
            fault("fault", faulted->why);
        }
    }

    static asio::awaitable<Result<Words>> read_all(std::shared_ptr<State> state) {
        Words all;
        for (const profile::ReadBlock& block : state->profile.blocks) {
            Result<Words> words = co_await state->master.read_registers(
                state->options.unit, block.function_code, static_cast<std::uint16_t>(block.start),
                static_cast<std::uint16_t>(block.count));
            if (!words) co_return words;
            all.insert(all.end(), words->begin(), words->end());
        }
        co_return all;
    }

    static asio::awaitable<void> poll(std::shared_ptr<State> state) {
        const milliseconds period(std::max(state->options.poll_ms, kMinPollMs));
        auto back_off = kFirstBackOff;
        auto next = Clock::now();
        while (!state->stopped) {
            const Result<Words> words = co_await read_all(state);
            if (state->stopped) break;
            if (words) {
                back_off = kFirstBackOff;
                state->take(*words);
                next = std::max(next + period, Clock::now());
            } else {
                state->lost_line(words.error());
                next = Clock::now() + back_off;
                back_off = std::min(back_off * 2, kLastBackOff);
            }
            if (state->stopped) break;
            state->pause.expires_at(next);
            co_await state->pause.async_wait(kAsTuple);
        }
    }

    static void ended(std::exception_ptr error) {
        if (error) std::rethrow_exception(error);  // our own mistake: not to be swallowed
    }
};

ModbusScale::ModbusScale(asio::any_io_executor executor, profile::ScaleProfile profile,
                         ModbusScaleOptions options)
    : state_(std::make_shared<State>(executor, std::move(profile), std::move(options))) {}

ModbusScale::~ModbusScale() {
    stop();
}

void ModbusScale::start(OnScaleEvent on_event) {
    state_->on_event = std::move(on_event);
    state_->health.state = "connecting";
    if (const std::string gap = weighing_gap(state_->profile, state_->options.site); !gap.empty())
        return state_->fault("unusable", gap);
    asio::co_spawn(state_->executor, State::poll(state_), State::ended);
}

void ModbusScale::stop() {
    state_->stopped = true;
    state_->on_event = nullptr;
    state_->options.log = nullptr;
    state_->master.stop();
    state_->pause.cancel();
    state_->health.state = "stopped";
    if (std::exchange(state_->health.up, false)) state_->health.since = utc_now();
}

DeviceHealth ModbusScale::health() const {
    return state_->health;
}

}  // namespace kemas::scale
