#include "label/filters.hpp"

#include <gtest/gtest.h>

namespace kemas::label {
namespace {

TEST(Money, IsGroupedTheIndonesianWay) {
    EXPECT_EQ(apply(Filter::money, "185000", "IDR"), "Rp 185.000");
    EXPECT_EQ(apply(Filter::money, "999", "IDR"), "Rp 999");
    EXPECT_EQ(apply(Filter::money, "0012500000", "IDR"), "Rp 12.500.000");
    EXPECT_EQ(apply(Filter::money, "0", "IDR"), "Rp 0");
    EXPECT_EQ(apply(Filter::money, "123456", "SGD"), "SGD 1.234,56");
    EXPECT_EQ(apply(Filter::money, "5", "SGD"), "SGD 0,05");
}

TEST(Money, RefusesWhatIsNoAmount) {
    for (const char* value : {"185,000", "-5", "1e6", "False", "1234567890123456789"})
        EXPECT_FALSE(apply(Filter::money, value, "IDR")) << value;
    EXPECT_FALSE(apply(Filter::money, "185000", ""));
    EXPECT_EQ(apply(Filter::money, "", "IDR"), "");
}

TEST(Phone, ShowsOnlyItsEnds) {
    EXPECT_EQ(apply(Filter::phone_mask, "081234567890", ""), "0812-xxxx-7890");
    EXPECT_EQ(apply(Filter::phone_mask, "+62 812-3456-7890", ""), "+6281-xxxx-7890");
    EXPECT_EQ(apply(Filter::phone_mask, "5550123", ""), "xxxx-123");
    EXPECT_EQ(apply(Filter::phone_mask, "12", ""), "xxxx-2");
}

TEST(Kilograms, AreExact) {
    EXPECT_EQ(apply(Filter::kg, "1240", ""), "1,24 kg");
    EXPECT_EQ(apply(Filter::kg, "1000", ""), "1 kg");
    EXPECT_EQ(apply(Filter::kg, "7", ""), "0,007 kg");
    EXPECT_EQ(apply(Filter::kg, "12345600", ""), "12.345,6 kg");
    EXPECT_FALSE(apply(Filter::kg, "1.24", ""));
}

TEST(Upper, KnowsMoreThanAscii) {
    EXPECT_EQ(apply(Filter::upper, "café", ""), "CAFÉ");
}

}  // namespace
}  // namespace kemas::label
