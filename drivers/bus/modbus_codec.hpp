// Modbus requests and answers (Modbus Application Protocol 1.1b3) and their TCP frames (Messaging
// on TCP/IP 1.0b). Pure: knows no socket and no clock, and trusts nothing that the other side says.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/fault.hpp"

namespace kemas::bus {

inline constexpr std::size_t kHeaderBytes = 7;  // MBAP: transaction, protocol, length, unit
inline constexpr std::size_t kMaxPduBytes = 253;
inline constexpr std::size_t kMaxFrameBytes = 260;

// Function codes 1 to 6 and 16.
struct Query {
    std::uint8_t unit = 1;
    std::uint8_t function_code = 3;
    std::uint16_t start = 0;            // wire address
    std::uint16_t count = 1;            // of registers or bits
    std::vector<std::uint16_t> values;  // of a write; a coil is 0xFF00 or 0
    bool writes() const { return function_code == 5 || function_code == 6 || function_code == 16; }
};

// What a device answered: registers of 3 and 4, bits of 1 and 2, nothing of a write.
struct Answer {
    std::vector<std::uint16_t> registers;
    std::vector<bool> bits;
};

struct Frame {
    std::array<std::uint8_t, kMaxFrameBytes> data{};
    std::size_t size = 0;
    void push(std::uint8_t byte) { data[size++] = byte; }
    void push_word(std::uint16_t word);
    std::span<const std::uint8_t> span() const { return {data.data(), size}; }
};

// Empty when the request can be encoded; else what is wrong with it (our own mistake).
std::string_view wrong_with(const Query& query);
// Function code and data, appended.
void encode_pdu(const Query& query, Frame& into);
Frame encode_tcp(const Query& query, std::uint16_t transaction);

// Bytes of the answer's function code and data when it is no exception.
std::size_t answer_bytes(const Query& query);

// Bytes that follow the 7 of the header, or why this header answers something else.
Result<std::size_t> check_header(const Query& query, std::uint16_t transaction,
                                 std::span<const std::uint8_t> header);

// `pdu`: function code and data, whole. A Modbus exception is a fault with Remedy::retry (the line
// is in order, the device refuses); everything else is Remedy::reconnect (the line cannot be
// trusted). The answer to a write must repeat its address and value or count.
Result<Answer> decode_pdu(const Query& query, std::span<const std::uint8_t> pdu);

// What an exception code means, with the next step.
std::string_view exception_name(std::uint8_t code);
// The exception that a fault of decode_pdu tells of, 0 when it tells of none: a fault is a
// sentence.
int exception_code(std::string_view what);

}  // namespace kemas::bus
