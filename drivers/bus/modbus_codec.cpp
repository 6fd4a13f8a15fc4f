#include "drivers/bus/modbus_codec.hpp"

#include <string>

namespace kemas::bus {
namespace {

std::uint16_t word_at(std::span<const std::uint8_t> bytes, std::size_t i) {
    return static_cast<std::uint16_t>(bytes[i] << 8 | bytes[i + 1]);
}
tl::unexpected<Fault> foreign(const std::string& what) {
    return fail(Remedy::reconnect, what + "; the connection is dropped and opened anew");
}
bool reads_bits(const Query& query) {
    return query.function_code == 1 || query.function_code == 2;
}

}  // namespace

void Frame::push_word(std::uint16_t word) {
    push(static_cast<std::uint8_t>(word >> 8));
    push(static_cast<std::uint8_t>(word & 0xFF));
}

std::string_view wrong_with(const Query& query) {
    const std::uint32_t count = query.count;
    switch (query.function_code) {
        case 1:
        case 2:
            if (count < 1 || count > 2000) return "1 to 2000 bits can be read at once";
            break;
        case 3:
        case 4:
            if (count < 1 || count > 125) return "1 to 125 registers can be read at once";
            break;
        case 5:
        case 6:
            if (count != 1 || query.values.size() != 1) return "one value is written";
            break;
        case 16:
            if (count < 1 || count > 123 || query.values.size() != count)
                return "1 to 123 registers can be written at once";
            break;
        default:
            return "function codes 1 to 6 and 16 are spoken";
    }
    if (query.start + count > 0x10000) return "addresses end at 65535";
    return {};
}

void encode_pdu(const Query& query, Frame& into) {
    into.push(query.function_code);
    into.push_word(query.start);
    if (query.function_code == 5 || query.function_code == 6)
        return into.push_word(query.values.front());
    into.push_word(query.count);
    if (query.function_code != 16) return;
    into.push(static_cast<std::uint8_t>(2 * query.values.size()));
    for (const std::uint16_t value : query.values) into.push_word(value);
}

Frame encode_tcp(const Query& query, std::uint16_t transaction) {
    const std::size_t pdu = query.function_code == 16 ? 6 + 2 * query.values.size() : 5;
    Frame frame;
    frame.push_word(transaction);
    frame.push_word(0);
    frame.push_word(static_cast<std::uint16_t>(pdu + 1));
    frame.push(query.unit);
    encode_pdu(query, frame);
    return frame;
}

std::size_t answer_bytes(const Query& query) {
    if (query.writes()) return 5;
    return 2 + (reads_bits(query) ? (query.count + 7u) / 8 : 2u * query.count);
}

Result<std::size_t> check_header(const Query& query, std::uint16_t transaction,
                                 std::span<const std::uint8_t> header) {
    if (header.size() < kHeaderBytes) return foreign("answer shorter than a Modbus header");
    const std::uint16_t protocol = word_at(header, 2), length = word_at(header, 4);
    if (protocol != 0)
        return foreign("answer is not Modbus (protocol " + std::to_string(protocol) + ")");
    if (word_at(header, 0) != transaction)
        return foreign("answer to another request (transaction " +
                       std::to_string(word_at(header, 0)) + ", asked " +
                       std::to_string(transaction) + ")");
    if (header[6] != query.unit)
        return foreign("answer of unit " + std::to_string(header[6]) + ", asked unit " +
                       std::to_string(query.unit));
    // unit + function + data, or unit + function + exception code
    const std::size_t expected = 1 + answer_bytes(query);
    if (length != 3 && length != expected)
        return foreign("answer claims " + std::to_string(length) + " bytes, expected " +
                       std::to_string(expected));
    return static_cast<std::size_t>(length) - 1;
}

Result<Answer> decode_pdu(const Query& query, std::span<const std::uint8_t> pdu) {
    if (pdu.size() < 2) return foreign("answer of " + std::to_string(pdu.size()) + " bytes");
    if (pdu[0] == (query.function_code | 0x80)) {
        if (pdu.size() != 2) return foreign("exception answer of a wrong length");
        return fail(Remedy::retry, std::string(query.writes() ? "device refuses the write to "
                                                              : "device refuses to read ") +
                                       std::to_string(query.start) + " to " +
                                       std::to_string(query.start + query.count - 1) +
                                       " (function " + std::to_string(query.function_code) +
                                       "): " + std::string(exception_name(pdu[1])));
    }
    if (pdu[0] != query.function_code)
        return foreign("answer to function " + std::to_string(pdu[0]) + ", asked " +
                       std::to_string(query.function_code));
    const std::size_t expected = answer_bytes(query);
    if (pdu.size() != expected)
        return foreign("answer of " + std::to_string(pdu.size()) + " bytes, expected " +
                       std::to_string(expected));
    Answer answer;
    if (query.writes()) {
        const std::uint16_t echoed = query.function_code == 16 ? query.count : query.values.front();
        if (word_at(pdu, 1) != query.start || word_at(pdu, 3) != echoed)
            return foreign("answer confirms another write (address " +
                           std::to_string(word_at(pdu, 1)) + ", asked " +
                           std::to_string(query.start) + ")");
        return answer;
    }
    if (pdu[1] != expected - 2)
        return foreign("answer holds " + std::to_string(pdu[1]) + " bytes of data, expected " +
                       std::to_string(expected - 2));
    if (reads_bits(query)) {
        answer.bits.resize(query.count);
        for (std::size_t i = 0; i < answer.bits.size(); ++i)
            answer.bits[i] = (pdu[2 + i / 8] >> (i % 8) & 1) != 0;
    } else {
        answer.registers.resize(query.count);
        for (std::size_t i = 0; i < answer.registers.size(); ++i)
            answer.registers[i] = word_at(pdu, 2 + 2 * i);
    }
    return answer;
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

int exception_code(std::string_view what) {
    for (int code = 1; code <= 0x0B; ++code) {
        const std::string_view name = exception_name(static_cast<std::uint8_t>(code));
        if (name.starts_with("exception ") && what.find(name) != what.npos) return code;
    }
    return 0;
}

}  // namespace kemas::bus
