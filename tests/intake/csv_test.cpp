#include "intake/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "intake/decimal.hpp"
#include "intake/instant_text.hpp"
#include "intake/utf8.hpp"

namespace kemas::intake {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Csv, KeepsQuotedSeparatorsQuotesAndLineEnds) {
    const auto csv = read_csv("a,b\r\n\"x,\"\"y\"\"\",\"1\r\n2\"\r\nlast,\r\n");
    ASSERT_EQ(csv.rows.size(), 3u);
    EXPECT_TRUE(csv.errors.empty());
    EXPECT_THAT(csv.rows[1].cells, ElementsAre("x,\"y\"", "1\r\n2"));
    EXPECT_EQ(csv.rows[1].line, 2);
    EXPECT_EQ(csv.rows[2].line, 4) << "the quoted line end counts";
    EXPECT_THAT(csv.rows[2].cells, ElementsAre("last", ""));
}

TEST(Csv, SkipsTheByteOrderMarkAndFindsTheSeparator) {
    EXPECT_THAT(read_csv("\xEF\xBB\xBF"
                         "a;b,c;d\n")
                    .rows[0]
                    .cells,
                ElementsAre("a", "b,c", "d"));
    EXPECT_THAT(read_csv("a\tb\n").rows[0].cells, ElementsAre("a", "b"));
    EXPECT_THAT(read_csv("\"x;y;z\",b\n").rows[0].cells, ElementsAre("x;y;z", "b"));
}

TEST(Csv, TakesEveryLineEndAndNoneAtTheEnd) {
    EXPECT_EQ(read_csv("a\rb\nc\r\nd").rows.size(), 4u);
    EXPECT_EQ(read_csv("a\n\n\nb").rows[1].line, 4);
    EXPECT_TRUE(read_csv("").rows.empty());
}

TEST(Csv, NamesBrokenQuoting) {
    const auto csv = read_csv("a,b\nx\"y,1\n\"z\"w,2\n\"never,\n3\n");
    ASSERT_EQ(csv.errors.size(), 3u);
    EXPECT_EQ(csv.errors[0].line, 2);
    EXPECT_EQ(csv.errors[1].line, 3);
    EXPECT_EQ(to_text(csv.errors[2]), "line 4: has a quote that never closes");
}

TEST(Csv, RefusesUtf16AndNul) {
    EXPECT_THAT(read_csv("\xFF\xFE"
                         "a")
                    .errors[0]
                    .reason,
                HasSubstr("UTF-16"));
    EXPECT_THAT(read_csv(std::string("a,b\n\0,", 6)).errors[0].reason, HasSubstr("NUL"));
}

TEST(Decimal, TakesPointOrCommaAndKeepsEveryDigit) {
    EXPECT_EQ(parse_decimal("12,5", 3), 12500);
    EXPECT_EQ(parse_decimal("12.345", 3), 12345);
    EXPECT_EQ(parse_decimal("-0.5", 3), -500);
    EXPECT_EQ(parse_decimal("7", 3), 7000);
    for (const auto* bad : {"", ".", "1.", ".5", "1.234,5", "1,2345", "1e3", "12 5", "--1", "0x1",
                            "99999999999999999"}) {
        EXPECT_FALSE(parse_decimal(bad, 3)) << bad;
    }
}

TEST(Decimal, TakesWholeNumbersWithinSixtyFourBits) {
    EXPECT_EQ(parse_integer("9223372036854775807"), INT64_MAX);
    EXPECT_EQ(parse_integer("+5"), 5);
    for (const auto* bad : {"", "-", "+-5", "9223372036854775808", "1.0", " 1", "1'000"}) {
        EXPECT_FALSE(parse_integer(bad)) << bad;
    }
}

TEST(Decimal, KnowsWhatSpreadsheetsDoToNumbers) {
    EXPECT_TRUE(is_spreadsheet_damage("1,12345E+15"));
    EXPECT_TRUE(is_spreadsheet_damage("8.99E+12"));
    for (const auto* good : {"SKU-1E+", "E+15", "1E5", "12E+A", "", "ABC1E+15"}) {
        EXPECT_FALSE(is_spreadsheet_damage(good)) << good;
    }
}

TEST(InstantText, ReadsOffsetsAndWritesUtc) {
    EXPECT_EQ(instant_text(*parse_instant("2026-11-21T16:00:00+07:00")),
              "2026-11-21T09:00:00.000Z");
    EXPECT_EQ(instant_text(*parse_instant("2026-11-21 16:00:01.5+07")), "2026-11-21T09:00:01.500Z");
    EXPECT_EQ(instant_text(*parse_instant("2024-02-29T23:30-0100")), "2024-03-01T00:30:00.000Z");
    EXPECT_EQ(parse_instant("1970-01-02T00:00Z"), Instant{86'400'000});
}

TEST(InstantText, RefusesWhatIsNoMoment) {
    for (const auto* bad : {"", "tomorrow", "2026-11-21", "2026-11-21T16:00:00",
                            "2026-02-30T10:00Z", "2025-02-29T10:00Z", "2026-13-01T10:00Z",
                            "2026-11-21T24:00Z", "2026-11-21T10:60Z", "2026-11-21T10:00:60Z",
                            "2026-11-21T10:00:00.Z", "2026-11-21T10:00Zx", "2026-11-21T10:00+7",
                            "2026-11-21T10:00+19:00", "1969-12-31T10:00Z", "21/11/2026 10:00"}) {
        EXPECT_FALSE(parse_instant(bad)) << bad;
    }
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndCutSequences) {
    EXPECT_TRUE(is_utf8("\u2665 \xF0\x9F\x93\xA6"));
    for (const auto* bad :
         {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3", "\x80", "\xFF"}) {
        EXPECT_FALSE(is_utf8(bad));
        EXPECT_TRUE(is_utf8(storable(bad)));
    }
}

}  // namespace
}  // namespace kemas::intake
