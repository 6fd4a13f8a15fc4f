// Modbus requests, TCP frames and answers (those of a serial line are the same behind their CRC,
// which libmodbus checks), and what the daemon and its decoding child say to each other.
#include <algorithm>
#include <array>
#include <vector>

#include "drivers/bus/modbus_codec.hpp"
#include "drivers/camera/decode_wire.hpp"
#include "tests/fuzz/input.hpp"

using namespace kemas;
using fuzz::Feed, fuzz::must;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes bytes_of(std::string_view text) {
    return {text.begin(), text.end()};
}

bus::Query query_of(Feed& in) {
    static constexpr std::array<std::uint8_t, 7> codes{1, 2, 3, 4, 5, 6, 16};
    bus::Query query;
    const auto code = in.byte();
    query.function_code = code < 250 ? codes[code % codes.size()] : code;
    query.unit = in.byte();
    query.start = in.word();
    query.count = in.word();
    if (code % 3 != 0) query.count = static_cast<std::uint16_t>(query.count % 126);
    if (query.writes())
        for (int i = 0; i < (query.function_code == 16 ? query.count % 130 : 1); ++i)
            query.values.push_back(in.word());
    return query;
}

// An answer as the device would send it that holds what `answer` holds.
Bytes encoded(const bus::Query& query, const bus::Answer& answer) {
    Bytes pdu{query.function_code};
    const auto word = [&](std::size_t value) {
        pdu.push_back(static_cast<std::uint8_t>(value >> 8));
        pdu.push_back(static_cast<std::uint8_t>(value & 255));
    };
    if (query.writes()) {
        word(query.start);
        word(query.function_code == 16 ? query.count : query.values[0]);
        return pdu;
    }
    pdu.push_back(static_cast<std::uint8_t>(bus::answer_bytes(query) - 2));
    for (const auto value : answer.registers) word(value);
    for (std::size_t i = 0; i < answer.bits.size(); ++i) {
        if (i % 8 == 0) pdu.push_back(0);
        pdu.back() = static_cast<std::uint8_t>(pdu.back() | int{answer.bits[i]} << i % 8);
    }
    return pdu;
}

void answers(const bus::Query& query, std::string_view heard) {
    const auto pdu = bytes_of(heard);
    const auto answer = bus::decode_pdu(query, pdu);
    if (!answer) {
        must(!answer.error().what.empty(), "a refused answer says why");
        must((answer.error().remedy == Remedy::retry) ==
                 (pdu.size() == 2 && pdu[0] == (query.function_code | 0x80)),
             "only an exception keeps the connection");
        return bus::exception_code(answer.error().what), void();
    }
    const bool bits = query.function_code <= 2;
    if (!query.writes())
        must(answer->registers.size() == (bits ? 0u : query.count) &&
                 answer->bits.size() == (bits ? query.count : 0u),
             "as many values as were asked for");
    auto sent = encoded(query, *answer), got = pdu;
    if (bits && query.count % 8) {  // what pads the last byte means nothing
        const auto used = static_cast<std::uint8_t>((1 << query.count % 8) - 1);
        got.back() = static_cast<std::uint8_t>(got.back() & used);
    }
    must(sent == got, "an answer that is taken is the one the device sent");
}

void tcp(Feed& in) {
    const auto query = query_of(in);
    if (!bus::wrong_with(query).empty()) return;
    const auto transaction = in.word();
    const auto frame = bus::encode_tcp(query, transaction);
    must(frame.size >= 12 && frame.size <= bus::kMaxFrameBytes, "a request fits in a frame");
    must(std::size_t{frame.data[4]} * 256 + frame.data[5] == frame.size - 6, "its length is true");
    const auto header = bytes_of(in.take(in.byte() % 10));
    if (const auto follows = bus::check_header(query, transaction, header)) {
        must(header[0] * 256 + header[1] == transaction && header[6] == query.unit,
             "a header of another request is refused");
        must(*follows == 2 || *follows == bus::answer_bytes(query), "only known lengths pass");
    }
    answers(query, in.rest());
}

// A true answer, and the same with one bit turned over.
void true_answer(Feed& in) {
    const auto query = query_of(in);
    if (!bus::wrong_with(query).empty()) return;
    bus::Answer answer;
    if (!query.writes() && query.function_code <= 2)
        for (int i = 0; i < query.count; ++i) answer.bits.push_back(in.byte() & 1);
    else if (!query.writes())
        for (int i = 0; i < query.count; ++i) answer.registers.push_back(in.word());
    auto pdu = encoded(query, answer);
    const auto taken = bus::decode_pdu(query, pdu);
    must(taken && taken->registers == answer.registers && taken->bits == answer.bits,
         "a true answer is taken as it is");
    const std::size_t at = in.word() % pdu.size();
    pdu[at] = static_cast<std::uint8_t>(pdu[at] ^ 1 << in.byte() % 8);
    if (at < 2 || query.writes())
        must(!bus::decode_pdu(query, pdu), "a damaged head of an answer, or echo, is refused");
}

bool same(const camera::Barcode& a, const camera::Barcode& b) {
    return camera::to_text({a}) == camera::to_text({b});
}

void child(Feed& in) {
    camera::HeadBytes bytes{};
    for (char& c : bytes) c = static_cast<char>(in.byte());
    if (const auto head = camera::unpack(bytes))
        must(camera::pack(*head) == bytes, "a head is packed as it was unpacked");
    const auto codes = camera::barcodes_of(in.rest());
    if (!codes) return;
    const auto again = camera::barcodes_of(camera::to_text(*codes));
    must(again && std::equal(codes->begin(), codes->end(), again->begin(), again->end(), same),
         "barcodes survive the way to the daemon");
    for (const auto& code : *codes)
        for (const char c : camera::escaped(code.text))
            must(c >= ' ' && c <= '~', "an escaped text is printable");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed in(data, size);
    switch (in.byte() % 4) {
        case 0:
            return tcp(in), 0;
        case 1:
            return true_answer(in), 0;
        case 2:
            return child(in), 0;
        default: {
            const auto query = query_of(in);
            if (bus::wrong_with(query).empty()) answers(query, in.rest());
            return 0;
        }
    }
}
