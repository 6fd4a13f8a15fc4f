#include "drivers/sim/zpa_server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <utility>

namespace kemas::sim {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds kStep{20};

}  // namespace

struct ZpaServer::State : std::enable_shared_from_this<State> {
    State(const asio::any_io_executor& executor_, Options options_)
        : executor(executor_), options(std::move(options_)), timer(executor_) {}

    asio::any_io_executor executor;
    Options options;
    asio::steady_timer timer;
    ZpaModule module;
    std::unique_ptr<RegisterServer> server;
    bool running = false, mute = false;

    static asio::awaitable<void> run(std::shared_ptr<State> state);
};

asio::awaitable<void> ZpaServer::State::run(std::shared_ptr<State> state) {
    const auto token = asio::as_tuple(asio::use_awaitable);
    auto last = std::chrono::steady_clock::now();
    auto next = last;
    while (state->running) {
        state->timer.expires_after(kStep);
        const auto [error] = co_await state->timer.async_wait(token);
        if (error || !state->running) co_return;
        const auto now = std::chrono::steady_clock::now();
        const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(now - last);
        last += passed;
        state->module.tick(Milliseconds{passed.count()});
        if (state->options.carton_every_ms == 0 || now < next) continue;
        next = now + std::chrono::milliseconds(state->options.carton_every_ms);
        state->module.arrive();
    }
}

ZpaServer::ZpaServer(asio::any_io_executor executor, Options options)
    : state_(std::make_shared<State>(executor, std::move(options))) {}

ZpaServer::~ZpaServer() {
    stop();
}

Result<void> ZpaServer::start() {
    std::weak_ptr<State> weak = state_;
    RegisterMap map;
    map.read = [weak](std::uint16_t start, std::uint16_t count) -> std::optional<Words> {
        const auto state = weak.lock();
        if (!state) return std::nullopt;
        auto words = state->module.read(start, count);
        state->mute = !words;
        return words;
    };
    map.write = [weak](std::uint16_t start, const Words& values) {
        const auto state = weak.lock();
        return state && state->module.write(start, values);
    };
    map.answers = [weak] {
        const auto state = weak.lock();
        return state && !std::exchange(state->mute, false);
    };
    state_->server =
        std::make_unique<RegisterServer>(state_->executor, state_->options.address, std::move(map));
    if (auto listening = state_->server->start(state_->options.port); !listening) return listening;
    state_->running = true;
    asio::co_spawn(state_->executor, State::run(state_), asio::detached);
    return {};
}

void ZpaServer::stop() {
    state_->running = false;
    state_->timer.cancel();
    if (state_->server) state_->server->stop();
}

std::uint16_t ZpaServer::port() const {
    return state_->server->port();
}
ZpaModule& ZpaServer::module() {
    return state_->module;
}

}  // namespace kemas::sim
