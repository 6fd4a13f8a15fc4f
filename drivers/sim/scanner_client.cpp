#include "drivers/sim/scanner_client.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <utility>

#include "drivers/sim/signal.hpp"

namespace kemas::sim {

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

std::optional<ScanAnswer> parse_answer(std::string_view line) {
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
    ScanAnswer answer;
    answer.pushed = line.starts_with('!');
    if (answer.pushed) line.remove_prefix(1);
    if (!line.starts_with("+|") && !line.starts_with("-|")) return std::nullopt;
    answer.accepted = line.front() == '+';
    line.remove_prefix(2);
    if (!answer.accepted) {
        const auto bar = line.find('|');
        answer.code = line.substr(0, bar);
        line = bar == std::string_view::npos ? std::string_view{} : line.substr(bar + 1);
    }
    answer.text = line;
    return answer;
}

struct ScannerClient::State {
    State(asio::any_io_executor executor_, Options options_, OnPush on_push_)
        : executor(executor_),
          options(std::move(options_)),
          on_push(std::move(on_push_)),
          news(executor_) {}

    asio::any_io_executor executor;
    Options options;
    OnPush on_push;
    Signal news;  // an answer came, or the connection went
    std::shared_ptr<tcp::socket> socket;
    std::optional<ScanAnswer> answer;
    std::uint64_t count = 0, resent = 0;
    bool closed = false;

    void drop();
    void hear(const std::string& line);
    static asio::awaitable<bool> connect(std::shared_ptr<State> state, Milliseconds left);
    static asio::awaitable<void> listen(std::shared_ptr<State> state,
                                        std::shared_ptr<tcp::socket> socket);
    static asio::awaitable<Result<ScanAnswer>> scan(std::shared_ptr<State> state, std::string code);
};

void ScannerClient::State::drop() {
    if (!socket) return;
    boost::system::error_code ignored;
    socket->close(ignored);
    socket.reset();
}

void ScannerClient::State::hear(const std::string& line) {
    auto heard = parse_answer(line);
    if (!heard) heard = ScanAnswer{false, true, "", line};
    if (!heard->pushed) {
        answer = std::move(*heard);
        news.raise();
    } else if (on_push) {
        on_push(*heard);
    }
}

asio::awaitable<void> ScannerClient::State::listen(std::shared_ptr<State> state,
                                                   std::shared_ptr<tcp::socket> socket) {
    constexpr std::size_t kLongestLine = 64 * 1024;
    const auto token = asio::as_tuple(asio::use_awaitable);
    std::string bytes;
    while (true) {
        auto buffer = asio::dynamic_buffer(bytes, kLongestLine);
        const auto [error, n] = co_await asio::async_read_until(*socket, buffer, '\n', token);
        if (error) break;
        const std::string line = bytes.substr(0, n);
        bytes.erase(0, n);
        if (state->socket == socket) state->hear(line);
    }
    if (state->socket != socket) co_return;
    state->drop();
    state->news.raise();
}

asio::awaitable<bool> ScannerClient::State::connect(std::shared_ptr<State> state,
                                                    Milliseconds left) {
    auto socket = std::make_shared<tcp::socket>(state->executor);
    asio::steady_timer watchdog(state->executor);
    watchdog.expires_after(std::chrono::milliseconds(left.value));
    watchdog.async_wait([socket](boost::system::error_code stopped) {
        boost::system::error_code ignored;
        if (!stopped) socket->close(ignored);
    });
    const auto token = asio::as_tuple(asio::use_awaitable);
    const auto [error] = co_await socket->async_connect(state->options.remote, token);
    watchdog.cancel();
    if (error || !socket->is_open() || state->closed) co_return false;
    boost::system::error_code ignored;
    socket->set_option(tcp::no_delay(true), ignored);
    state->socket = socket;
    auto listening = listen(state, socket);
    asio::co_spawn(state->executor, std::move(listening), asio::detached);
    co_return true;
}

asio::awaitable<Result<ScanAnswer>> ScannerClient::State::scan(std::shared_ptr<State> state,
                                                               std::string code) {
    const auto& options = state->options;
    const auto deadline = Clock::now() + std::chrono::milliseconds(options.within.value);
    const auto token = asio::as_tuple(asio::use_awaitable);
    const std::string line = "#" + options.sender + "-" + std::to_string(++state->count) + ";" +
                             code + options.terminator;
    for (bool again = false; !state->closed; again = true) {
        const auto left_ms =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left_ms <= 0) break;
        const Milliseconds left{left_ms};
        bool connected = state->socket != nullptr;
        if (!connected) connected = co_await connect(state, left);
        if (!connected) {
            asio::steady_timer pause(state->executor);
            pause.expires_after(
                std::chrono::milliseconds(std::min(left.value, options.reconnect_after.value)));
            co_await pause.async_wait(token);
            continue;
        }
        if (again) ++state->resent;
        state->answer.reset();
        const auto socket = state->socket;
        const auto bytes = asio::buffer(line);
        const auto [error, n] = co_await asio::async_write(*socket, bytes, token);
        if (error && state->socket == socket) state->drop();
        // Silence makes it ask again on a new connection: the answer may be lost on the way.
        while (!state->answer && state->socket == socket && Clock::now() < deadline)
            co_await state->news.wait(left);
        if (state->answer) co_return std::move(*state->answer);
        if (state->socket == socket) state->drop();
    }
    co_return fail(Remedy::retry, "scan '" + code + "' was not answered by " +
                                      options.remote.address().to_string() + ":" +
                                      std::to_string(options.remote.port()) +
                                      " in time; see whether kemasd runs");
}

ScannerClient::ScannerClient(asio::any_io_executor executor, Options options, OnPush on_push)
    : state_(std::make_shared<State>(std::move(executor), std::move(options), std::move(on_push))) {
}

ScannerClient::~ScannerClient() {
    close();
}

asio::awaitable<Result<ScanAnswer>> ScannerClient::scan(std::string code) {
    return State::scan(state_, std::move(code));
}

void ScannerClient::close() {
    state_->closed = true;
    state_->on_push = {};
    state_->drop();
    state_->news.raise();
}

std::uint64_t ScannerClient::resent() const {
    return state_->resent;
}

}  // namespace kemas::sim
