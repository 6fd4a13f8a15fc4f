#include "drivers/bus/modbus_codec.hpp"

namespace kemas::bus {
namespace {

std::uint8_t high(std::uint16_t word) {
    return static_cast<std::uint8_t>(word >> 8);
}
std::uint8_t low(std::uint16_t word) {
    return static_cast<std::uint8_t>(word & 0xFF);
}
std::uint16_t word_at(std::span<const std::uint8_t> bytes, std::size_t i) {
    return static_cast<std::uint16_t>(bytes[i] << 8 | bytes[i + 1]);
}
tl::unexpected<Fault> foreign(const std::string& what) {
    return fail(Remedy::reconnect, what + "; the connection is dropped and opened anew");
}

}  // namespace

std::array<std::uint8_t, 12> encode(const ReadRequest& r) {
    return {high(r.transaction),
            low(r.transaction),
            0,
            0,
            0,
            6,
            r.unit,
            r.function_code,
            high(r.start),
            low(r.start),
            high(r.count),
            low(r.count)};
}

Result<std::size_t> check_header(const ReadRequest& request, std::span<const std::uint8_t> header) {
    if (header.size() < kHeaderBytes) return foreign("answer shorter than a Modbus header");
    const std::uint16_t protocol = word_at(header, 2), length = word_at(header, 4);
    if (protocol != 0)
        return foreign("answer is not Modbus (protocol " + std::to_string(protocol) + ")");
    if (word_at(header, 0) != request.transaction)
        return foreign("answer to another request (transaction " +
                       std::to_string(word_at(header, 0)) + ", asked " +
                       std::to_string(request.transaction) + ")");
    if (header[6] != request.unit)
        return foreign("answer of unit " + std::to_string(header[6]) + ", asked unit " +
                       std::to_string(request.unit));
    // unit + function + byte count + registers, or unit + function + exception code
    const std::size_t expected = 3u + 2u * request.count;
    if (length != 3 && length != expected)
        return foreign("answer claims " + std::to_string(length) + " bytes, expected " +
                       std::to_string(expected));
    return static_cast<std::size_t>(length) - 1;
}

Result<std::vector<std::uint16_t>> decode_registers(const ReadRequest& request,
                                                    std::span<const std::uint8_t> frame) {
    const Result<std::size_t> rest = check_header(request, frame);
    if (!rest) return tl::unexpected(rest.error());
    if (frame.size() != kHeaderBytes + *rest)
        return foreign("answer has " + std::to_string(frame.size()) + " bytes, its header says " +
                       std::to_string(kHeaderBytes + *rest));
    const std::uint8_t function_code = frame[7];
    if (function_code == (request.function_code | 0x80)) {
        if (*rest != 2) return foreign("exception answer of a wrong length");
        return fail(Remedy::retry, "device refuses registers " + std::to_string(request.start) +
                                       " to " + std::to_string(request.start + request.count - 1) +
                                       ": " + std::string(exception_name(frame[8])));
    }
    if (function_code != request.function_code)
        return foreign("answer to function " + std::to_string(function_code) + ", asked " +
                       std::to_string(request.function_code));
    const std::size_t bytes = 2u * request.count;
    if (*rest != bytes + 2 || frame[8] != bytes)
        return foreign("answer holds " + std::to_string(frame[8]) +
                       " bytes of registers, expected " + std::to_string(bytes));
    std::vector<std::uint16_t> words(request.count);
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = word_at(frame, 9 + 2 * i);
    return words;
}

std::string_view exception_name(std::uint8_t code) {
    switch (code) {
        case 0x01:
            return "exception 01, illegal function: check the profile's function code";
        case 0x02:
            return "exception 02, illegal data address: check the profile's registers";
        case 0x03:
            return "exception 03, illegal data value: check the profile's register count";
        case 0x04:
            return "exception 04, device failure: look at the device's display";
        case 0x05:
            return "exception 05, acknowledged but not done: wait";
        case 0x06:
            return "exception 06, device busy: wait";
        case 0x08:
            return "exception 08, memory parity error: have the device serviced";
        case 0x0A:
            return "exception 0A, gateway path unavailable: check the gateway's settings";
        case 0x0B:
            return "exception 0B, the gateway lives but the device behind it does not answer: "
                   "check the device's power and cable";
        default:
            return "unknown exception code: see the device's manual";
    }
}

}  // namespace kemas::bus
