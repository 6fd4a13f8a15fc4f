#include "drivers/bus/modbus_codec.hpp"

#include <gmock/gmock.h>

namespace kemas::bus {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

const Query kTwo{.unit = 7, .function_code = 3, .start = 0x6B, .count = 2, .values = {}};
constexpr std::uint16_t kTransaction = 0x1234;

Result<std::vector<std::uint16_t>> decode_registers(const Query& query, const Bytes& frame) {
    const auto rest = check_header(query, kTransaction, frame);
    if (!rest) return tl::unexpected(rest.error());
    // The link reads as many bytes as the header says, neither more nor fewer.
    if (frame.size() != kHeaderBytes + *rest) return fail(Remedy::reconnect, "cut short");
    const auto answer = decode_pdu(query, std::span(frame).subspan(kHeaderBytes));
    if (!answer) return tl::unexpected(answer.error());
    return answer->registers;
}
Bytes encode(const Query& query) {
    const Frame frame = encode_tcp(query, kTransaction);
    return {frame.span().begin(), frame.span().end()};
}

Bytes answer() {
    return {0x12, 0x34, 0, 0, 0, 7, 7, 3, 4, 0x00, 0x01, 0xFF, 0xFE};
}

Fault fault_of(const Bytes& frame) {
    const auto words = decode_registers(kTwo, frame);
    EXPECT_FALSE(words.has_value());
    return words ? Fault{} : words.error();
}

TEST(ModbusCodec, WritesTheRequestOfTheStandard) {
    EXPECT_THAT(encode(kTwo), ElementsAre(0x12, 0x34, 0, 0, 0, 6, 7, 3, 0, 0x6B, 0, 2));
}

TEST(ModbusCodec, ReadsWordsHighByteFirst) {
    const auto words = decode_registers(kTwo, answer());
    ASSERT_TRUE(words);
    EXPECT_THAT(*words, ElementsAre(1, 0xFFFE));
}

TEST(ModbusCodec, RefusesEveryFrameThatDiffersInAnyOfTheFirstNineBytes) {
    for (std::size_t i = 0; i < 9; ++i)
        for (int flip = 1; flip < 256; ++flip) {
            Bytes frame = answer();
            frame[i] = static_cast<std::uint8_t>(frame[i] ^ flip);
            EXPECT_FALSE(decode_registers(kTwo, frame)) << "byte " << i << " xor " << flip;
        }
}

TEST(ModbusCodec, RefusesEveryLengthButTheRightOne) {
    const Bytes whole = answer();
    for (std::size_t n = 0; n < whole.size(); ++n)
        EXPECT_FALSE(
            decode_registers(kTwo, Bytes(whole.begin(), whole.begin() + static_cast<long>(n))));
    Bytes longer = whole;
    longer.push_back(0);
    EXPECT_FALSE(decode_registers(kTwo, longer));
}

TEST(ModbusCodec, AnExceptionKeepsTheConnectionAndNamesTheNextStep) {
    const Fault fault = fault_of({0x12, 0x34, 0, 0, 0, 3, 7, 0x83, 0x0B});
    EXPECT_EQ(fault.remedy, Remedy::retry);
    EXPECT_THAT(fault.what, HasSubstr("gateway lives"));
}

TEST(ModbusCodec, AnExceptionsCodeCanBeReadFromItsSentence) {
    for (const std::uint8_t code : Bytes{1, 2, 3, 4, 5, 6, 8, 10, 11})
        EXPECT_EQ(exception_code(fault_of({0x12, 0x34, 0, 0, 0, 3, 7, 0x83, code}).what), code);
    EXPECT_EQ(exception_code("10.0.0.6:502 did not answer within 200 ms"), 0);
}

TEST(ModbusCodec, AForeignAnswerDropsTheConnection) {
    Bytes other_unit = answer();
    other_unit[6] = 8;
    EXPECT_EQ(fault_of(other_unit).remedy, Remedy::reconnect);
    EXPECT_THAT(fault_of(other_unit).what, HasSubstr("unit 8"));
}

TEST(ModbusCodec, WritesOneRegisterACoilAndManyRegistersAsTheStandardSays) {
    const Query one{7, 6, 0x0001, 1, {0x0003}};
    EXPECT_THAT(encode(one), ElementsAre(0x12, 0x34, 0, 0, 0, 6, 7, 6, 0, 1, 0, 3));
    const Query coil{7, 5, 0x00AC, 1, {0xFF00}};
    EXPECT_THAT(encode(coil), ElementsAre(0x12, 0x34, 0, 0, 0, 6, 7, 5, 0, 0xAC, 0xFF, 0));
    const Query many{7, 16, 1, 2, {0x000A, 0x0102}};
    EXPECT_THAT(encode(many),
                ElementsAre(0x12, 0x34, 0, 0, 0, 11, 7, 16, 0, 1, 0, 2, 4, 0, 0x0A, 1, 2));
}

TEST(ModbusCodec, ReadsBitsLowBitFirst) {
    const Query ten{1, 1, 0, 10, {}};
    const Bytes pdu{1, 2, 0b1000'0101, 0b10};
    const auto answer = decode_pdu(ten, pdu);
    ASSERT_TRUE(answer);
    EXPECT_THAT(answer->bits,
                ElementsAre(true, false, true, false, false, false, false, true, false, true));
}

TEST(ModbusCodec, AWriteIsConfirmedOnlyByItsOwnAddressAndValue) {
    const Query one{1, 6, 40, 1, {7}};
    EXPECT_TRUE(decode_pdu(one, Bytes{6, 0, 40, 0, 7}));
    EXPECT_FALSE(decode_pdu(one, Bytes{6, 0, 41, 0, 7})) << "libmodbus before 3.1.8 takes this";
    EXPECT_FALSE(decode_pdu(one, Bytes{6, 0, 40, 0, 8}));
    const Query many{1, 16, 40, 2, {7, 8}};
    EXPECT_TRUE(decode_pdu(many, Bytes{16, 0, 40, 0, 2}));
    EXPECT_FALSE(decode_pdu(many, Bytes{16, 0, 40, 0, 1}));
}

TEST(ModbusCodec, RefusesWhatTheStandardDoesNotAllow) {
    EXPECT_EQ(wrong_with({1, 3, 0, 125, {}}), "");
    EXPECT_NE(wrong_with({1, 3, 0, 126, {}}), "");
    EXPECT_NE(wrong_with({1, 3, 0, 0, {}}), "");
    EXPECT_NE(wrong_with({1, 3, 0xFFFF, 2, {}}), "");
    EXPECT_NE(wrong_with({1, 1, 0, 2001, {}}), "");
    EXPECT_NE(wrong_with({1, 16, 0, 2, {1}}), "");
    EXPECT_NE(wrong_with({1, 23, 0, 1, {}}), "");
}

}  // namespace
}  // namespace kemas::bus
