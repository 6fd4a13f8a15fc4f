// Modbus TCP frames (Modbus Application Protocol 1.1b3, Messaging on TCP/IP 1.0b). Pure: knows no
// socket and no clock, and trusts nothing that the other side says.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/fault.hpp"

namespace kemas::bus {

inline constexpr std::size_t kHeaderBytes = 7;  // MBAP: transaction, protocol, length, unit
inline constexpr std::size_t kMaxFrameBytes = 260;

struct ReadRequest {
    std::uint16_t transaction = 0;
    std::uint8_t unit = 1;
    std::uint8_t function_code = 3;  // 3 holding, 4 input registers
    std::uint16_t start = 0;         // wire address
    std::uint16_t count = 1;         // 1 to 125
};

std::array<std::uint8_t, 12> encode(const ReadRequest& request);

// Bytes that follow the 7 of the header, or why this header answers something else.
Result<std::size_t> check_header(const ReadRequest& request, std::span<const std::uint8_t> header);

// The registers in a whole frame. A Modbus exception is a fault with Remedy::retry (the line is in
// order, the device refuses); everything else is Remedy::reconnect (the line cannot be trusted).
Result<std::vector<std::uint16_t>> decode_registers(const ReadRequest& request,
                                                    std::span<const std::uint8_t> frame);

// What an exception code means, with the next step.
std::string_view exception_name(std::uint8_t code);

}  // namespace kemas::bus
