// One Modbus TCP connection as the device sees it: takes whole requests and sends what its owner
// answers. Knows no register and no function code.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/quantities.hpp"
#include "drivers/sim/listener.hpp"

namespace kemas::sim {

using Bytes = std::vector<std::uint8_t>;

/// The two bytes at `i`, high byte first.
std::uint16_t word(const Bytes& bytes, std::size_t i);
void push_word(Bytes& bytes, std::uint16_t value);

/// The answer to `request`: its transaction, the length, and `body`, which begins with the unit.
Bytes modbus_frame(const Bytes& request, const Bytes& body);

struct ModbusAnswers {
    // How long the device takes before it answers; nothing = it never does.
    std::function<std::optional<Milliseconds>(const Bytes& request)> wait;
    // All that is sent; empty = no answer after all.
    std::function<Bytes(const Bytes& request)> answer;
};

/// To the connection's end, or to the first header that is not Modbus. `request` has at least a
/// unit and a function code.
boost::asio::awaitable<void> serve_modbus(Socket socket, ModbusAnswers answers);

}  // namespace kemas::sim
