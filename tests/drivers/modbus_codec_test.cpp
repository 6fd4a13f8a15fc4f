#include "drivers/bus/modbus_codec.hpp"

#include <gmock/gmock.h>

namespace kemas::bus {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

const ReadRequest kTwo{
    .transaction = 0x1234, .unit = 7, .function_code = 3, .start = 0x6B, .count = 2};

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

TEST(ModbusCodec, AForeignAnswerDropsTheConnection) {
    Bytes other_unit = answer();
    other_unit[6] = 8;
    EXPECT_EQ(fault_of(other_unit).remedy, Remedy::reconnect);
    EXPECT_THAT(fault_of(other_unit).what, HasSubstr("unit 8"));
}

}  // namespace
}  // namespace kemas::bus
