#include "drivers/sim/modbus_scale_server.hpp"

#include <array>
#include <chrono>
#include <optional>

#include "drivers/sim/modbus_session.hpp"

namespace kemas::sim {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kRegisters = 5;

Instant steady_now() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace

struct ModbusScaleServer::State {
    State(asio::any_io_executor executor, Options options_)
        : options(std::move(options_)),
          load(options.load),
          listener(std::move(executor), options.address) {}

    Options options;
    LoadModel load;
    Listener listener;
    ScaleTrouble trouble = ScaleTrouble::none;
    std::optional<PanReading> frozen;
    std::uint64_t at_rest = 0;

    std::array<std::uint16_t, kRegisters> registers();
    Bytes answer(const Bytes& request);
    std::optional<Milliseconds> wait(const Bytes& request) const;
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
Bytes ModbusScaleServer::State::answer(const Bytes& request) {
    if (trouble == ScaleTrouble::garbage)
        return {'w', 'h', 'a', 't', '?', 0xFF, 0x00, 0xFF, '\r', '\n'};
    const std::uint8_t unit = trouble == ScaleTrouble::wrong_unit
                                  ? static_cast<std::uint8_t>(request[6] + 1)
                                  : request[6];
    const std::uint8_t function_code = request[7];
    Bytes body;
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
    return modbus_frame(request, body);
}

std::optional<Milliseconds> ModbusScaleServer::State::wait(const Bytes& request) const {
    if (trouble == ScaleTrouble::silent) return std::nullopt;
    if (request[6] != options.unit) return std::nullopt;  // as on a serial line: not for us
    return trouble == ScaleTrouble::late ? options.late_by : Milliseconds{0};
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
        const auto state = weak.lock();
        ModbusAnswers answers;
        answers.wait = [state](const Bytes& request) { return state->wait(request); };
        answers.answer = [state](const Bytes& request) { return state->answer(request); };
        return serve_modbus(std::move(socket), std::move(answers));
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
