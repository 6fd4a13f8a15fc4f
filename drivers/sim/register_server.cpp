#include "drivers/sim/register_server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "drivers/sim/listener.hpp"

namespace kemas::sim {

namespace asio = boost::asio;

namespace {

using Bytes = std::vector<std::uint8_t>;

std::uint16_t word(const Bytes& bytes, std::size_t i) {
    return static_cast<std::uint16_t>(bytes[i] << 8 | bytes[i + 1]);
}

void push(Bytes& bytes, std::uint16_t value) {
    bytes.push_back(static_cast<std::uint8_t>(value >> 8));
    bytes.push_back(static_cast<std::uint8_t>(value & 0xFF));
}

}  // namespace

struct RegisterServer::State {
    State(const asio::any_io_executor& executor, std::string address, RegisterMap map_)
        : map(std::move(map_)), listener(executor, std::move(address)) {}

    RegisterMap map;
    Listener listener;

    Bytes answer(const Bytes& request);
    Bytes body(const Bytes& request);
    static asio::awaitable<void> serve(std::shared_ptr<State> state, Socket socket);
};

// What follows the unit, or nothing: exception 2.
Bytes RegisterServer::State::body(const Bytes& request) {
    const auto start = word(request, 8), second = word(request, 10);
    Bytes body{request[7]};
    if (request[7] == 3) {
        const auto words = second ? map.read(start, second) : std::nullopt;
        if (!words) return {};
        body.push_back(static_cast<std::uint8_t>(2 * words->size()));
        for (const auto one : *words) push(body, one);
        return body;
    }
    Words values;
    if (request[7] == 6) {
        values.push_back(second);
    } else {
        for (std::size_t i = 0; i < second && 14 + 2 * i < request.size(); ++i)
            values.push_back(word(request, 13 + 2 * i));
    }
    if (!map.write(start, values)) return {};
    push(body, start), push(body, second);
    return body;
}

Bytes RegisterServer::State::answer(const Bytes& request) {
    const std::uint8_t code = request[7];
    const bool whole =
        (code == 3 || code == 6) ? request.size() == 12 : request.size() >= 15 && code == 16;
    Bytes tail = whole ? body(request) : Bytes{};
    if (tail.empty())
        tail = {static_cast<std::uint8_t>(code | 0x80), static_cast<std::uint8_t>(whole ? 2 : 1)};
    Bytes frame{request[0], request[1], 0, 0};
    push(frame, static_cast<std::uint16_t>(tail.size() + 1));
    frame.push_back(request[6]);
    frame.insert(frame.end(), tail.begin(), tail.end());
    return frame;
}

asio::awaitable<void> RegisterServer::State::serve(std::shared_ptr<State> state, Socket socket) {
    const auto token = asio::as_tuple(asio::use_awaitable);
    while (true) {
        Bytes request(6);
        const auto header = asio::buffer(request);
        const auto [no_header, n] = co_await asio::async_read(*socket, header, token);
        if (no_header) co_return;
        const std::size_t length = word(request, 4);
        if (word(request, 2) != 0 || length < 2 || length > 254) co_return;
        request.resize(6 + length);
        const auto rest = asio::buffer(request.data() + 6, length);
        const auto [no_rest, m] = co_await asio::async_read(*socket, rest, token);
        if (no_rest) co_return;
        if (!state->map.answers()) continue;
        const auto frame = state->answer(request);
        if (!state->map.answers()) continue;  // reading it showed that such a request gets none
        const auto bytes = asio::buffer(frame);
        const auto [no_write, w] = co_await asio::async_write(*socket, bytes, token);
        if (no_write) co_return;
    }
}

RegisterServer::RegisterServer(asio::any_io_executor executor, std::string address, RegisterMap map)
    : state_(std::make_shared<State>(executor, std::move(address), std::move(map))) {}

RegisterServer::~RegisterServer() {
    stop();
}

Result<void> RegisterServer::start(std::uint16_t port) {
    std::weak_ptr<State> weak = state_;
    return state_->listener.open(
        port, [weak](Socket socket) { return State::serve(weak.lock(), std::move(socket)); });
}

void RegisterServer::stop() {
    state_->listener.close();
}

std::uint16_t RegisterServer::port() const {
    return state_->listener.port();
}

}  // namespace kemas::sim
