#include "drivers/conveyor/zpa_feed.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <chrono>
#include <utility>

#include "drivers/modbus_device/driver_health.hpp"
#include "drivers/profile/decode.hpp"

namespace kemas::conveyor {

namespace asio = boost::asio;
using modbus_device::CommandCall;
using modbus_device::Outcome;

namespace {

constexpr const char* kJams[] = {"upstream_jam", "downstream_jam"};
constexpr const char* kClears[] = {"clear_upstream_jam", "clear_downstream_jam"};
constexpr const char* kStops[] = {"stop_other_module", "stop_lost_link", "stop_lost_plc",
                                  "stop_button",       "stop_button_2",  "stop_by_plc"};

tl::unexpected<Fault> lacks(const profile::DeviceProfile& profile, const std::string& what) {
    return fail(Remedy::call_person, profile.file + ": has no " + what +
                                         ", which a feed needs; choose another profile for it");
}

}  // namespace

struct ZpaFeed::State : std::enable_shared_from_this<State> {
    State(const asio::any_io_executor& executor_, std::shared_ptr<bus::ModbusMaster> master,
          profile::DeviceProfile profile_, FeedOptions options_)
        : executor(executor_),
          options(std::move(options_)),
          profile(std::move(profile_)),
          device(executor_, std::move(master), profile,
                 {options.name, options.unit, options.poll_ms}),
          health(options.name, "conveyor", "feed", options.log) {}

    asio::any_io_executor executor;
    FeedOptions options;
    profile::DeviceProfile profile;
    modbus_device::ModbusDevice device;
    std::function<void(const FeedLook&)> on_look;
    modbus_device::DriverHealth health;
    FeedLook look;
    bool running = false, counted = false;

    bool status(const char* name, const modbus_device::Round& round) const {
        const auto* bit = profile.status_bit(name);
        return bit && profile::holds(bit->at, round.words);
    }
    void see(const modbus_device::Round& round);
    void lose(const std::string& state, const std::string& why);
    static asio::awaitable<void> clear(std::shared_ptr<State> state, CommandCall call,
                                       OnJamCleared done);
};

void ZpaFeed::State::see(const modbus_device::Round& round) {
    const auto before = look;
    for (std::size_t i = 0; i < 2; ++i) look.jam[i] = status(kJams[i], round);
    look.stopped = false;
    for (const auto* name : kStops) look.stopped = look.stopped || status(name, round);
    for (const auto& step : round.counters) {
        const bool came = step.counter->name == "upstream_arrivals";
        if (!came && step.counter->name != "downstream_departures") continue;
        if (counted && !step.steps) look.counts_sure = false;
        (came ? look.arrived : look.left) += step.steps.value_or(0);
    }
    counted = true;
    const bool jammed = look.jam[0] || look.jam[1];
    health.up(jammed ? "jam" : look.stopped ? "stopped" : "ready");
    for (std::size_t i = 0; i < 2; ++i)
        if (look.jam[i] && !before.jam[i]) health.tell("feed.jam", kJams[i]);
    const auto* const where = !look.jam[1]  ? "upstream zone"
                              : look.jam[0] ? "upstream and downstream zone"
                                            : "downstream zone";
    health.alarm(!jammed ? std::string()
                         : std::string("Jam in the ") + where +
                               ": look at the rollers, take off what is stuck, then have the "
                               "jam cleared.");
    on_look(look);
}

void ZpaFeed::State::lose(const std::string& state, const std::string& why) {
    health.down(state, why);
}

asio::awaitable<void> ZpaFeed::State::clear(std::shared_ptr<State> state, CommandCall call,
                                            OnJamCleared done) {
    const auto outcome = co_await state->device.command(std::move(call));
    done(modbus_device::result_of(outcome));
}

Result<void> ZpaFeed::check(const profile::DeviceProfile& profile) {
    for (const auto* name : {"upstream_arrivals", "downstream_departures"})
        if (!profile.counter(name)) return lacks(profile, std::string("[counter.") + name + "]");
    for (const auto* name : kJams)
        if (!profile.status_bit(name)) return lacks(profile, std::string("[status.") + name + "]");
    for (const auto* name : kClears)
        if (!profile.command(name)) return lacks(profile, std::string("[command.") + name + "]");
    return {};
}

Result<std::unique_ptr<ZpaFeed>> ZpaFeed::make(asio::any_io_executor executor,
                                               std::shared_ptr<bus::ModbusMaster> master,
                                               profile::DeviceProfile profile,
                                               FeedOptions options) {
    if (const auto fits = check(profile); !fits) return tl::unexpected(fits.error());
    auto state = std::make_shared<State>(executor, std::move(master), std::move(profile),
                                         std::move(options));
    return std::unique_ptr<ZpaFeed>(new ZpaFeed(std::move(state)));
}

ZpaFeed::ZpaFeed(std::shared_ptr<State> state) : state_(std::move(state)) {}

ZpaFeed::~ZpaFeed() {
    stop();
}

void ZpaFeed::start(std::function<void(const FeedLook&)> on_look) {
    state_->on_look = std::move(on_look);
    state_->running = true;
    state_->device.start(modbus_device::heard_while_running(state_));
}

void ZpaFeed::stop() {
    state_->running = false;
    state_->device.stop();
}

DeviceHealth ZpaFeed::health() const {
    return state_->health.now();
}

void ZpaFeed::clear_jam(Zone zone, const std::string& by, OnJamCleared done) {
    CommandCall call;
    call.name = kClears[static_cast<std::size_t>(zone)];
    call.authorised = true;
    state_->health.tell("feed.clear_jam", call.name + ", asked by " + by);
    asio::co_spawn(state_->executor, State::clear(state_, std::move(call), std::move(done)),
                   asio::detached);
}

}  // namespace kemas::conveyor
