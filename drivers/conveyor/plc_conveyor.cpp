#include "drivers/conveyor/plc_conveyor.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <optional>
#include <utility>

#include "drivers/conveyor/plc_words.hpp"
#include "drivers/modbus_device/driver_health.hpp"

namespace kemas::conveyor {

namespace asio = boost::asio;
using modbus_device::CommandCall;
using modbus_device::Outcome;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

namespace {

constexpr milliseconds kFedWithoutBeat{1000};

Instant steady(Clock::time_point at) {
    return {std::chrono::duration_cast<milliseconds>(at.time_since_epoch()).count()};
}

}  // namespace

struct PlcConveyor::State : std::enable_shared_from_this<State> {
    State(const asio::any_io_executor& executor_, std::shared_ptr<bus::ModbusMaster> master_,
          profile::DeviceProfile profile, PlcConveyorOptions options_, PlcWords words_)
        : executor(executor_),
          options(std::move(options_)),
          words(std::move(words_)),
          has_length(false),
          device(executor_, std::move(master_), profile,
                 {options.name, options.unit, options.poll_ms}),
          watch(executor_),
          health(options.name, "conveyor", "conveyor", options.log) {
        for (const auto& argument : profile.command("divert")->arguments)
            has_length = has_length || argument.name == "length";
    }

    asio::any_io_executor executor;
    PlcConveyorOptions options;
    PlcWords words;
    bool has_length;
    modbus_device::ModbusDevice device;
    asio::steady_timer watch;
    ConveyorEvents events;
    modbus_device::DriverHealth health;
    Clock::time_point beaten = Clock::now();
    std::uint16_t on_its_way = 0;
    bool running = false;

    void see(const modbus_device::Round& round);
    void lose(const std::string& state, const std::string& why);
    static asio::awaitable<void> send(std::shared_ptr<State> state, CommandCall call);
    static asio::awaitable<void> clear(std::shared_ptr<State> state, OnJamCleared done);
    static asio::awaitable<void> watch_beat(std::shared_ptr<State> state);
};

void PlcConveyor::State::see(const modbus_device::Round& round) {
    auto look = words.read(round.words, steady(Clock::now()));
    health.up(look.jammed ? "jam" : look.stopped ? "stopped" : "ready");
    events.look(std::move(look));
}

void PlcConveyor::State::lose(const std::string& state, const std::string& why) {
    health.down(state, why);
    events.lost(why);
}

asio::awaitable<void> PlcConveyor::State::send(std::shared_ptr<State> state, CommandCall call) {
    const auto number = *call.sequence;
    const auto outcome = co_await state->device.command(std::move(call));
    if (state->on_its_way == number) state->on_its_way = 0;
    if (outcome.kind != Outcome::Kind::done && state->running)
        state->health.tell("conveyor.divert",
                           "number " + std::to_string(number) + ": " +
                               std::string(modbus_device::name_of(outcome.kind)) + ": " +
                               outcome.why);
}

asio::awaitable<void> PlcConveyor::State::clear(std::shared_ptr<State> state, OnJamCleared done) {
    CommandCall call;
    call.name = "clear_jam";
    call.authorised = true;
    const auto outcome = co_await state->device.command(std::move(call));
    done(modbus_device::result_of(outcome));
}

// The daemon lives and the line does not: the PLC must know.
asio::awaitable<void> PlcConveyor::State::watch_beat(std::shared_ptr<State> state) {
    const auto token = asio::as_tuple(asio::use_awaitable);
    while (state->running) {
        state->device.feed_watchdog(Clock::now() - state->beaten < kFedWithoutBeat);
        state->watch.expires_after(milliseconds(100));
        const auto [error] = co_await state->watch.async_wait(token);
        if (error) co_return;
    }
}

Result<std::unique_ptr<PlcConveyor>> PlcConveyor::make(asio::any_io_executor executor,
                                                       std::shared_ptr<bus::ModbusMaster> master,
                                                       profile::DeviceProfile profile,
                                                       PlcConveyorOptions options) {
    auto words = PlcWords::of(profile, options.eyes, options.lanes);
    if (!words) return tl::unexpected(words.error());
    auto state = std::make_shared<State>(executor, std::move(master), std::move(profile),
                                         std::move(options), std::move(*words));
    return std::unique_ptr<PlcConveyor>(new PlcConveyor(std::move(state)));
}

PlcConveyor::PlcConveyor(std::shared_ptr<State> state) : state_(std::move(state)) {}

PlcConveyor::~PlcConveyor() {
    stop();
}

void PlcConveyor::start(ConveyorEvents events) {
    state_->events = std::move(events);
    state_->running = true;
    state_->device.start(modbus_device::heard_while_running(state_));
    asio::co_spawn(state_->executor, State::watch_beat(state_), asio::detached);
}

void PlcConveyor::stop() {
    state_->running = false;
    state_->watch.cancel();
    state_->device.stop();
}

DeviceHealth PlcConveyor::health() const {
    return state_->health.now();
}

void PlcConveyor::divert(const line::WriteDivert& divert) {
    if (!state_->running || state_->on_its_way == divert.wire) return;
    state_->on_its_way = divert.wire;
    CommandCall call;
    call.name = "divert";
    call.arguments = {{"lane", static_cast<std::uint32_t>(divert.lane + 1)},
                      {"target", divert.target}};
    if (state_->has_length) call.arguments.emplace_back("length", divert.length);
    call.sequence = divert.wire;
    call.authorised = true;  // the books have planned and started it
    call.send_not_after = Clock::now() + milliseconds(divert.not_after.value);
    asio::co_spawn(state_->executor, State::send(state_, std::move(call)), asio::detached);
}

void PlcConveyor::beat() {
    state_->beaten = Clock::now();
}

void PlcConveyor::clear_jam(const std::string& by, OnJamCleared done) {
    state_->health.tell("conveyor.clear_jam", "asked by " + by);
    asio::co_spawn(state_->executor, State::clear(state_, std::move(done)), asio::detached);
}

}  // namespace kemas::conveyor
