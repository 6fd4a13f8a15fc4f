#include "drivers/modbus_device/modbus_device.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>

#include "drivers/modbus_device/device_state.hpp"
#include "drivers/profile/decode.hpp"

namespace kemas::modbus_device {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr milliseconds kFirstBackOff{100}, kLastBackOff{2'000}, kLeastPeriod{5};
constexpr int kTornInARow = 5;

void ended(std::exception_ptr error) {
    if (error) std::rethrow_exception(error);  // our own mistake: not to be swallowed
}

}  // namespace

std::string_view name_of(Outcome::Kind kind) {
    switch (kind) {
        case Outcome::Kind::done:
            return "done";
        case Outcome::Kind::refused:
            return "refused";
        case Outcome::Kind::not_sent:
            return "not sent";
        case Outcome::Kind::unknown:
            return "unknown";
    }
    return "unknown";
}

ModbusDevice::State::State(const asio::any_io_executor& executor_,
                           std::shared_ptr<bus::ModbusMaster> master_,
                           profile::ModbusProfile profile_, ModbusDeviceOptions options_)
    : executor(executor_),
      master(std::move(master_)),
      profile(std::move(profile_)),
      options(std::move(options_)),
      plan(profile),
      commands(executor_),
      pause(executor_),
      feed_pause(executor_),
      words(static_cast<std::size_t>(profile.word_count())) {}

// Nothing read so far counts any more.
void ModbusDevice::State::lose(const std::string& state, const std::string& why) {
    latest.reset();
    ready = false;
    beat.reset();
    beating = false;
    expired = false;
    fed_since.reset();
    torn = 0;
    if (stopped || std::exchange(told, why) == why) return;
    const auto call = events.lost;  // a stop() from inside clears the member
    if (call) call(state, why);
}

// False while it cannot be said whether the device still measures.
bool ModbusDevice::State::alive() {
    if (!profile.liveness) return true;
    const auto now = Clock::now();
    const std::uint32_t seen = profile::code_of(profile.liveness->at(), words);
    const std::int64_t max_age = profile.liveness->max_age.value;
    if (beat != seen) {
        beating = beat.has_value();
        beat = seen;
        beat_at = now;
    } else if (now - beat_at > milliseconds(max_age)) {
        const auto since = beat_at;
        lose("frozen", "frozen: the device answers but its heartbeat has stood still for " +
                           std::to_string(max_age) + " ms: switch it off and on");
        beat = seen;  // the next change is a sign of life
        beat_at = since;
        ready = true;  // the line is in order
    }
    return beating;
}

std::vector<CounterStep> ModbusDevice::State::count(bool new_session) {
    std::vector<CounterStep> result;
    std::vector<std::uint32_t> values;
    for (std::size_t i = 0; i < profile.counters.size(); ++i) {
        const profile::Counter& counter = profile.counters[i];
        CounterStep step;
        step.counter = &counter;
        step.value = profile::code_of(counter.at, words);
        const auto* reset = profile.status_bit(counter.reset_status);
        // After an outage a device that says nothing about restarts may have restarted.
        bool known = !counters.empty();
        if (new_session) known = known && (reset || counter.kept_over_reboot);
        if (reset && profile::holds(reset->at, words) && (new_session || !restarted)) known = false;
        if (known) step.steps = profile::steps(counter, counters[i], step.value);
        values.push_back(step.value);
        result.push_back(step);
    }
    restarted = std::any_of(profile.counters.begin(), profile.counters.end(), [&](const auto& c) {
        const auto* reset = profile.status_bit(c.reset_status);
        return reset && profile::holds(reset->at, words);
    });
    counters = std::move(values);
    return result;
}

void ModbusDevice::State::serve_waiters(const Round& round) {
    std::erase_if(waiters, [&](const auto& waiter) {
        if (round.read_at < waiter->since || (!latest && !waiter->for_command)) return false;
        waiter->round = round;
        waiter->timer.cancel();
        return true;
    });
}

void ModbusDevice::State::deliver(Clock::time_point read_at) {
    const bool new_session = !latest;
    Round round;
    round.words = words;
    if (!profile.counters.empty()) round.counters = count(new_session);
    round.read_at = read_at;
    round.session = new_session ? ++session : session;
    latest = std::move(round);
    told.clear();
    serve_waiters(*latest);
    const auto call = events.round;
    if (call) call(*latest);
}

asio::awaitable<void> ModbusDevice::State::poll(StatePtr state) {
    const milliseconds period(state->options.poll_ms);
    auto back_off = kFirstBackOff;
    auto& next = state->next_poll;
    next = Clock::now();
    while (!state->stopped) {
        const auto started = state->last_poll = Clock::now();
        Result<void> up;
        if (!state->ready) up = co_await set_up(state);
        Result<bool> good = false;
        if (up)
            good = co_await read_round(state);
        else
            good = tl::unexpected(up.error());
        if (state->stopped) break;
        if (good) {
            back_off = kFirstBackOff;
            next = std::max(next + period, Clock::now());
            state->torn = *good ? 0 : state->torn + 1;
            if (state->torn >= kTornInARow)
                state->lose("torn",
                            "its answers contradict each other: it changes faster than it "
                            "can be read; check the profile's read blocks");
            if (*good && state->alive()) state->take_round(started);
        } else {
            const bool person = good.error().remedy == Remedy::call_person;
            const bool refused = good.error().remedy == Remedy::retry;
            state->lose(person ? "foreign" : refused ? "refuses" : "offline", good.error().what);
            next = Clock::now() + back_off;
            back_off = std::min(back_off * 2, kLastBackOff);
        }
        // Somebody waits for a round that begins now.
        if (!state->waiters.empty() && good) next = std::min(next, started + kLeastPeriod);
        while (!state->stopped && Clock::now() < next) {
            state->pause.expires_at(next);
            co_await state->pause.async_wait(kAsTuple);
        }
    }
}

asio::awaitable<std::optional<Round>> ModbusDevice::State::next_round(StatePtr state,
                                                                      Clock::time_point not_after,
                                                                      bool for_command) {
    if (state->stopped) co_return std::nullopt;
    const auto waiter = std::make_shared<Waiter>(state->executor);
    waiter->since = Clock::now();
    waiter->for_command = for_command;
    waiter->timer.expires_at(not_after);
    state->waiters.push_back(waiter);
    if (state->latest || state->expired) {  // not while it backs off
        state->next_poll = std::min(state->next_poll, state->last_poll + kLeastPeriod);
        state->pause.cancel();
    }
    co_await waiter->timer.async_wait(kAsTuple);
    std::erase(state->waiters, waiter);
    co_return std::move(waiter->round);
}

ModbusDevice::ModbusDevice(asio::any_io_executor executor,
                           std::shared_ptr<bus::ModbusMaster> master,
                           profile::ModbusProfile profile, ModbusDeviceOptions options)
    : state_(std::make_shared<State>(executor, std::move(master), std::move(profile),
                                     std::move(options))) {}

ModbusDevice::~ModbusDevice() {
    stop();
}

void ModbusDevice::start(Events events) {
    state_->events = std::move(events);
    asio::co_spawn(state_->executor, State::poll(state_), ended);
    if (state_->profile.watchdog) asio::co_spawn(state_->executor, State::feed(state_), ended);
}

void ModbusDevice::stop() {
    state_->stopped = true;
    state_->events = Events();
    state_->latest.reset();
    state_->pause.cancel();
    state_->feed_pause.cancel();
    state_->commands.stop();
    for (const auto& waiter : state_->waiters) waiter->timer.cancel();
}

const Round* ModbusDevice::latest() const {
    return state_->latest ? &*state_->latest : nullptr;
}

asio::awaitable<std::optional<Round>> ModbusDevice::next_round(Clock::time_point not_after) {
    return State::next_round(state_, not_after, false);
}

asio::awaitable<Outcome> ModbusDevice::command(CommandCall call) {
    return State::command(state_, std::move(call));
}

void ModbusDevice::feed_watchdog(bool feed) {
    state_->feeding = feed;
    if (!feed) state_->fed_since.reset();
}

const profile::ModbusProfile& ModbusDevice::profile() const {
    return state_->profile;
}

}  // namespace kemas::modbus_device
