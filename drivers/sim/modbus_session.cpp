#include "drivers/sim/modbus_session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>

namespace kemas::sim {

namespace asio = boost::asio;

std::uint16_t word(const Bytes& bytes, std::size_t i) {
    return static_cast<std::uint16_t>(bytes[i] << 8 | bytes[i + 1]);
}

void push_word(Bytes& bytes, std::uint16_t value) {
    bytes.push_back(static_cast<std::uint8_t>(value >> 8));
    bytes.push_back(static_cast<std::uint8_t>(value & 0xFF));
}

Bytes modbus_frame(const Bytes& request, const Bytes& body) {
    Bytes frame{request[0], request[1], 0, 0};
    push_word(frame, static_cast<std::uint16_t>(body.size()));
    frame.insert(frame.end(), body.begin(), body.end());
    return frame;
}

asio::awaitable<void> serve_modbus(Socket socket, ModbusAnswers answers) {
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
        const auto wait = answers.wait(request);
        if (!wait) continue;
        if (wait->value > 0) {
            asio::steady_timer timer(socket->get_executor());
            timer.expires_after(std::chrono::milliseconds(wait->value));
            co_await timer.async_wait(token);
        }
        const auto frame = answers.answer(request);
        if (frame.empty()) continue;
        const auto bytes = asio::buffer(frame);
        const auto [no_write, w] = co_await asio::async_write(*socket, bytes, token);
        if (no_write) co_return;
    }
}

}  // namespace kemas::sim
