#include "drivers/sim/register_server.hpp"

#include "drivers/sim/modbus_session.hpp"

namespace kemas::sim {

namespace asio = boost::asio;

struct RegisterServer::State {
    State(const asio::any_io_executor& executor, std::string address, RegisterMap map_)
        : map(std::move(map_)), listener(executor, std::move(address)) {}

    RegisterMap map;
    Listener listener;

    Bytes answer(const Bytes& request);
    Bytes body(const Bytes& request);
};

// What follows the unit, or nothing: exception 2.
Bytes RegisterServer::State::body(const Bytes& request) {
    const auto start = word(request, 8), second = word(request, 10);
    Bytes body{request[7]};
    if (request[7] == 3) {
        const auto words = second ? map.read(start, second) : std::nullopt;
        if (!words) return {};
        body.push_back(static_cast<std::uint8_t>(2 * words->size()));
        for (const auto one : *words) push_word(body, one);
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
    push_word(body, start), push_word(body, second);
    return body;
}

Bytes RegisterServer::State::answer(const Bytes& request) {
    const std::uint8_t code = request[7];
    const bool whole =
        (code == 3 || code == 6) ? request.size() == 12 : request.size() >= 15 && code == 16;
    Bytes tail = whole ? body(request) : Bytes{};
    if (tail.empty())
        tail = {static_cast<std::uint8_t>(code | 0x80), static_cast<std::uint8_t>(whole ? 2 : 1)};
    tail.insert(tail.begin(), request[6]);
    return modbus_frame(request, tail);
}

RegisterServer::RegisterServer(asio::any_io_executor executor, std::string address, RegisterMap map)
    : state_(std::make_shared<State>(executor, std::move(address), std::move(map))) {}

RegisterServer::~RegisterServer() {
    stop();
}

Result<void> RegisterServer::start(std::uint16_t port) {
    // The listener is part of the state: a weak reference keeps them from holding each other.
    std::weak_ptr<State> weak = state_;
    return state_->listener.open(port, [weak](Socket socket) {
        const auto state = weak.lock();
        ModbusAnswers answers;
        answers.wait = [state](const Bytes&) {
            return state->map.answers() ? std::optional(Milliseconds{0}) : std::nullopt;
        };
        answers.answer = [state](const Bytes& request) {
            auto frame = state->answer(request);
            // Reading it may have shown that such a request gets none.
            return state->map.answers() ? frame : Bytes{};
        };
        return serve_modbus(std::move(socket), std::move(answers));
    });
}

void RegisterServer::stop() {
    state_->listener.close();
}

std::uint16_t RegisterServer::port() const {
    return state_->listener.port();
}

}  // namespace kemas::sim
