#include "drivers/sim/modbus_scale_server.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <optional>
#include <vector>

#include "drivers/sim/listener.hpp"

namespace kemas::sim {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::size_t kRegisters = 5;

Instant steady_now() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

std::uint16_t word(const std::vector<std::uint8_t>& bytes, std::size_t i) {
    return static_cast<std::uint16_t>(bytes[i] << 8 | bytes[i + 1]);
}

void push_word(std::vector<std::uint8_t>& bytes, std::uint16_t value) {
    bytes.push_back(static_cast<std::uint8_t>(value >> 8));
    bytes.push_back(static_cast<std::uint8_t>(value & 0xFF));
}

}  // namespace

struct ModbusScaleServer::State {
    State(asio::any_io_executor executor_, Options options_)
        : executor(executor_),
          options(std::move(options_)),
          load(options.load),
          listener(executor_, options.address) {}

    asio::any_io_executor executor;
    Options options;
    LoadModel load;
    Listener listener;
    ScaleTrouble trouble = ScaleTrouble::none;
    std::optional<PanReading> frozen;
    std::uint64_t at_rest = 0;

    std::array<std::uint16_t, kRegisters> registers();
    std::vector<std::uint8_t> answer(const std::vector<std::uint8_t>& request);
    static asio::awaitable<void> serve(std::shared_ptr<State> state, Socket socket);
};

std::array<std::uint16_t, kRegisters> ModbusScaleServer::State::registers() {
    const PanReading pan = frozen ? *frozen : load.read(steady_now());
    const bool error = trouble == ScaleTrouble::error;
    if (pan.stable && !error && !frozen) ++at_rest;
    const auto weight = static_cast<std::uint32_t>(static_cast<std::int32_t>(pan.weight_g));
    const unsigned status = (pan.stable ? 1u : 0u) | (pan.overload ? 2u : 0u) | (error ? 4u : 0u);
    return {static_cast<std::uint16_t>(weight >> 16), static_cast<std::uint16_t>(weight & 0xFFFF),
            static_cast<std::uint16_t>(status), pan.heartbeat,
            static_cast<std::uint16_t>(load.division().value / 1000)};
}

// `request` holds the whole frame. Function 3 within the map is answered, the rest with the
// exceptions a device gives.
std::vector<std::uint8_t> ModbusScaleServer::State::answer(
    const std::vector<std::uint8_t>& request) {
    if (trouble == ScaleTrouble::garbage)
        return {'w', 'h', 'a', 't', '?', 0xFF, 0x00, 0xFF, '\r', '\n'};
    const std::uint8_t unit = trouble == ScaleTrouble::wrong_unit
                                  ? static_cast<std::uint8_t>(request[6] + 1)
                                  : request[6];
    const std::uint8_t function_code = request[7];
    std::vector<std::uint8_t> body;
    std::uint8_t exception = 0;
    if (function_code != 3 || request.size() != 12) {
        exception = 0x01;
    } else {
        const std::size_t start = word(request, 8), count = word(request, 10);
        if (count == 0 || count > 125)
            exception = 0x03;
        else if (start + count > kRegisters)
            exception = 0x02;
        else {
            const auto words = registers();
            body = {unit, function_code, static_cast<std::uint8_t>(2 * count)};
            for (std::size_t i = 0; i < count; ++i) push_word(body, words[start + i]);
        }
    }
    if (exception) body = {unit, static_cast<std::uint8_t>(function_code | 0x80), exception};
    std::vector<std::uint8_t> frame{request[0], request[1], 0, 0};
    push_word(frame, static_cast<std::uint16_t>(body.size()));
    frame.insert(frame.end(), body.begin(), body.end());
    return frame;
}

asio::awaitable<void> ModbusScaleServer::State::serve(std::shared_ptr<State> state, Socket socket) {
    const auto token = asio::as_tuple(asio::use_awaitable);
    while (true) {
        std::vector<std::uint8_t> request(6);
        const auto header = asio::buffer(request);
        const auto [no_header, n] = co_await asio::async_read(*socket, header, token);
        if (no_header) co_return;
        const std::size_t length = word(request, 4);
        if (word(request, 2) != 0 || length < 2 || length > 254) co_return;
        request.resize(6 + length);
        const auto rest = asio::buffer(request.data() + 6, length);
        const auto [no_rest, m] = co_await asio::async_read(*socket, rest, token);
        if (no_rest) co_return;
        if (state->trouble == ScaleTrouble::silent) continue;
        if (request[6] != state->options.unit) continue;  // as on a serial line: not for us
        if (state->trouble == ScaleTrouble::late) {
            asio::steady_timer timer(state->executor);
            timer.expires_after(std::chrono::milliseconds(state->options.late_by.value));
            co_await timer.async_wait(token);
        }
        const auto frame = state->answer(request);
        const auto bytes = asio::buffer(frame);
        const auto [no_write, w] = co_await asio::async_write(*socket, bytes, token);
        if (no_write) co_return;
    }
}

ModbusScaleServer::ModbusScaleServer(asio::any_io_executor executor, Options options)
    : state_(std::make_shared<State>(std::move(executor), std::move(options))) {}

ModbusScaleServer::~ModbusScaleServer() {
    stop();
}

Result<void> ModbusScaleServer::start() {
    // The listener is part of the state: a weak reference keeps them from holding each other.
    std::weak_ptr<State> weak = state_;
    return state_->listener.open(state_->options.port, [weak](Socket socket) {
        return State::serve(weak.lock(), std::move(socket));
    });
}

void ModbusScaleServer::stop() {
    state_->listener.close();
}

std::uint16_t ModbusScaleServer::port() const {
    return state_->listener.port();
}

void ModbusScaleServer::put(Milligrams gross) {
    state_->load.put(gross, steady_now());
    state_->at_rest = 0;
}

void ModbusScaleServer::remove() {
    put({0});
}

void ModbusScaleServer::set_trouble(ScaleTrouble trouble) {
    state_->trouble = trouble;
    state_->frozen.reset();
    if (trouble == ScaleTrouble::frozen) state_->frozen = state_->load.read(steady_now());
}

std::uint64_t ModbusScaleServer::reads_at_rest() const {
    return state_->at_rest;
}

}  // namespace kemas::sim
