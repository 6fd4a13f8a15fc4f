#include "drivers/sim/line_server.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <optional>

#include "drivers/sim/register_server.hpp"

namespace kemas::sim {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

// See the profile.
constexpr std::uint16_t kRegisters = 106, kBeat = 200, kDivert = 201, kClearJam = 206, kEnd = 209;
constexpr std::size_t kEyes = 10, kLaneEyes = 58, kMost = 12;
constexpr milliseconds kStep{5};

void put(Words& words, std::size_t at, std::uint32_t value) {
    words[at] = static_cast<std::uint16_t>(value >> 16);
    words[at + 1] = static_cast<std::uint16_t>(value & 0xFFFF);
}

void put(Words& words, std::size_t at, const line::EyeReading& eye) {
    words[at] = static_cast<std::uint16_t>(eye.count);
    put(words, at + 1, eye.edge.value_or(0));
    words[at + 3] = static_cast<std::uint16_t>(eye.length);
}

Words registers(const line::Polled& look, bool host_lost, std::uint16_t result) {
    Words words(kRegisters);
    words[0] = look.heartbeat;
    words[1] = static_cast<std::uint16_t>((look.stopped ? 4 : 1) | (look.jammed ? 2 : 0) |
                                          (host_lost ? 16 : 0));
    for (std::size_t i = 0; i < look.lanes.size(); ++i) {
        words[2] = static_cast<std::uint16_t>(words[2] | look.lanes[i].full << i);
        words[3] = static_cast<std::uint16_t>(words[3] | look.lanes[i].down << i);
        put(words, kLaneEyes + 4 * i, look.lanes[i].eye);
    }
    put(words, 4, look.encoder);
    words[6] = look.boot;
    words[7] = look.ack;
    words[8] = result;
    for (std::size_t i = 0; i < look.eyes.size(); ++i) {
        words[9] = static_cast<std::uint16_t>(words[9] | look.eyes[i].blocked << i);
        put(words, kEyes + 4 * i, look.eyes[i]);
    }
    return words;
}

}  // namespace

struct LineServer::State : std::enable_shared_from_this<State> {
    State(asio::any_io_executor executor_, Options options_)
        : executor(std::move(executor_)),
          options(std::move(options_)),
          world(options.layout, options.plan),
          timer(executor) {}

    asio::any_io_executor executor;
    Options options;
    LineWorld world;
    asio::steady_timer timer;
    std::unique_ptr<RegisterServer> server, scale;
    std::uint16_t scale_beat = 0;
    bool scale_silent = false;
    std::function<void(const line::LineEvent&)> heard;
    std::vector<Written> written;
    Words outputs = Words(kEnd - kBeat);
    bool running = false;

    std::optional<Words> read(std::uint16_t start, std::uint16_t count);
    bool write(std::uint16_t start, const Words& values);
    std::optional<Words> weigh(std::uint16_t start, std::uint16_t count);
    Result<void> start_scale();
    static asio::awaitable<void> run(std::shared_ptr<State> state);
};

std::optional<Words> LineServer::State::read(std::uint16_t start, std::uint16_t count) {
    if (start >= kBeat && start + count <= kEnd) {
        const auto first = outputs.begin() + (start - kBeat);
        return Words(first, first + count);
    }
    const auto look = world.look();
    if (!look || start + count > kRegisters) return std::nullopt;
    const auto words = registers(*look, world.plc().safe(), world.plc().result());
    return Words(words.begin() + start, words.begin() + start + count);
}

bool LineServer::State::write(std::uint16_t start, const Words& values) {
    if (start < kBeat || start + values.size() > kEnd) return false;
    written.push_back({start, values});
    const auto before = outputs;
    std::copy(values.begin(), values.end(), outputs.begin() + (start - kBeat));
    auto& plc = world.plc();
    const auto at = [&](std::uint16_t one) { return outputs[one - kBeat]; };
    plc.take_beat(at(kBeat));
    if (at(kDivert + 4) != before[kDivert + 4 - kBeat] && at(kDivert + 4) != 0) {
        DivertWords words;
        words.lane = static_cast<std::uint16_t>(at(kDivert) - 1);
        words.target = static_cast<std::uint32_t>(at(kDivert + 1)) << 16 | at(kDivert + 2);
        words.length = at(kDivert + 3);
        words.wire = at(kDivert + 4);
        plc.take_divert(words);
    }
    if (at(kClearJam) == 1 && before[kClearJam - kBeat] == 0) plc.clear_jam();
    return true;
}

// Every reading is a new one: the scale is faster than its host.
std::optional<Words> LineServer::State::weigh(std::uint16_t start, std::uint16_t count) {
    const auto& plate = *options.scale;
    const auto load =
        world.load_between(static_cast<double>(plate.from), static_cast<double>(plate.to));
    Words words(5);
    put(words, 0, static_cast<std::uint32_t>(load.value / 1000));
    words[3] = ++scale_beat;
    words[4] = 5;
    if (start + count > words.size()) return std::nullopt;
    return Words(words.begin() + start, words.begin() + start + count);
}

Result<void> LineServer::State::start_scale() {
    std::weak_ptr<State> weak = weak_from_this();
    RegisterMap map;
    map.read = [weak](std::uint16_t start, std::uint16_t count) {
        const auto state = weak.lock();
        return state ? state->weigh(start, count) : std::nullopt;
    };
    map.write = [](std::uint16_t, const Words&) { return false; };
    map.answers = [weak] {
        const auto state = weak.lock();
        return state && !state->scale_silent;
    };
    scale = std::make_unique<RegisterServer>(executor, options.address, std::move(map));
    return scale->start(options.scale->port);
}

asio::awaitable<void> LineServer::State::run(std::shared_ptr<State> state) {
    const auto token = asio::as_tuple(asio::use_awaitable);
    auto begun = std::chrono::steady_clock::now();
    std::int64_t simulated = 0;
    while (state->running) {
        state->timer.expires_after(kStep);
        const auto [error] = co_await state->timer.async_wait(token);
        if (error || !state->running) co_return;
        const auto passed = std::chrono::steady_clock::now() - begun;
        const auto wanted = static_cast<std::int64_t>(
            std::chrono::duration<double, std::milli>(passed).count() * state->options.speed);
        while (simulated < wanted) {
            const auto step = std::min<std::int64_t>(wanted - simulated, 10);
            simulated += step;
            for (const auto& event : state->world.tick(Milliseconds{step})) state->heard(event);
        }
    }
}

LineServer::LineServer(asio::any_io_executor executor, Options options)
    : state_(std::make_shared<State>(std::move(executor), std::move(options))) {}

LineServer::~LineServer() {
    stop();
}

Result<void> LineServer::start(std::function<void(const line::LineEvent&)> heard) {
    if (state_->options.layout.eyes.size() > kMost || state_->options.layout.lanes.size() > kMost)
        return fail(Remedy::stop, "the PLC's map has room for 12 eyes and 12 lanes");
    std::weak_ptr<State> weak = state_;
    RegisterMap map;
    map.read = [weak](std::uint16_t start, std::uint16_t count) {
        const auto state = weak.lock();
        return state ? state->read(start, count) : std::nullopt;
    };
    map.write = [weak](std::uint16_t start, const Words& values) {
        const auto state = weak.lock();
        return state && state->write(start, values);
    };
    map.answers = [weak] {
        const auto state = weak.lock();
        return state && state->world.reachable();
    };
    state_->heard = std::move(heard);
    state_->server =
        std::make_unique<RegisterServer>(state_->executor, state_->options.address, std::move(map));
    auto listening = state_->server->start(state_->options.port);
    if (!listening) return listening;
    if (state_->options.scale)
        if (auto weighing = state_->start_scale(); !weighing) return weighing;
    state_->running = true;
    asio::co_spawn(state_->executor, State::run(state_), asio::detached);
    return {};
}

void LineServer::stop() {
    state_->running = false;
    state_->timer.cancel();
    if (state_->server) state_->server->stop();
    if (state_->scale) state_->scale->stop();
}

std::uint16_t LineServer::port() const {
    return state_->server->port();
}
std::uint16_t LineServer::scale_port() const {
    return state_->scale ? state_->scale->port() : 0;
}
void LineServer::silence_scale(bool silent) {
    state_->scale_silent = silent;
}
LineWorld& LineServer::world() {
    return state_->world;
}
const line::Layout& LineServer::layout() const {
    return state_->options.layout;
}
const std::vector<LineServer::Written>& LineServer::written() const {
    return state_->written;
}

}  // namespace kemas::sim
