#include "core/barcode/gs1.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <fstream>
#include <string>

#include "core/barcode/aim.hpp"

namespace kemas::barcode {
namespace {

using testing::HasSubstr;

TEST(Gs1, ReadsWhatAPackerNeeds) {
    const auto parsed = parse_gs1(
        "]C1010400638133393117270200"
        "10AB-1\x1d"
        "21S9\x1d"
        "3012");
    ASSERT_TRUE(parsed) << parsed.error().what;
    EXPECT_EQ(parsed->gtin(), "04006381333931");
    EXPECT_EQ(parsed->expiry(), "270200");
    EXPECT_EQ(parsed->lot(), "AB-1");
    EXPECT_EQ(parsed->serial(), "S9");
    EXPECT_EQ(parsed->count(), 12);
    EXPECT_EQ(parsed->sscc(), std::nullopt);
    EXPECT_EQ(to_text(*parsed), "(01)04006381333931(17)270200(10)AB-1(21)S9(30)12");
}

TEST(Gs1, ReadsALogisticUnit) {
    const auto parsed = parse_gs1("(00)123456789012345675(02)04006381333931(37)24");
    ASSERT_TRUE(parsed) << parsed.error().what;
    EXPECT_EQ(parsed->sscc(), "123456789012345675");
    EXPECT_EQ(parsed->gtin(), "04006381333931");
    EXPECT_EQ(parsed->count(), 24);
}

std::string complaint(std::string_view text) {
    const auto parsed = parse_gs1(text);
    return parsed ? "accepted" : parsed.error().what;
}

TEST(Gs1, NamesTheIdentifierAndWhatIsWrong) {
    EXPECT_THAT(complaint("]C1891234"), HasSubstr("(89) is no application identifier"));
    EXPECT_THAT(complaint("]C10104006381333932"), HasSubstr("(01) value"));
    EXPECT_THAT(complaint("]C10104006381333932"), HasSubstr("check digit 2 where 1 belongs"));
    EXPECT_THAT(complaint("]C1010400638133"), HasSubstr("too short"));
    EXPECT_THAT(complaint("(17)271301"), HasSubstr("(17) value \"271301\" is no date"));
    EXPECT_THAT(complaint("(17)270229"), HasSubstr("no date"));
    EXPECT_THAT(complaint("(7006)270200"), HasSubstr("no date"));
    EXPECT_THAT(complaint("(10)"), HasSubstr("(10) has no value"));
    EXPECT_THAT(complaint("(10)A~B"), HasSubstr("'~'"));
    EXPECT_THAT(complaint("(30)1A"), HasSubstr("'A' where a digit belongs"));
    EXPECT_THAT(complaint("(400)A(10)X(400)B"), HasSubstr("(400) comes twice"));
    EXPECT_THAT(complaint("(10"), HasSubstr("parenthesis"));
    EXPECT_THAT(complaint("]C1"), HasSubstr("empty"));
    EXPECT_EQ(complaint("(17)280229"), "accepted");
    EXPECT_EQ(complaint("(400)A(10)X(400)A"), "accepted");
}

TEST(Gs1, TakesOnlyDigitsForAnIdentifier) {
    for (const std::string code :
         {"]d533,3333333", "]d533)3333333", "(33,3)333333", "(31/5)000001"}) {
        const auto parsed = parse_gs1(code);
        ASSERT_FALSE(parsed.has_value()) << code;
        EXPECT_THAT(parsed.error().what, HasSubstr("is no application identifier"));
    }
}

TEST(Gs1, PutsADateIntoTheNearestCentury) {
    EXPECT_EQ(iso_date("270200", 2026), "2027-02-28");
    EXPECT_EQ(iso_date("280200", 2026), "2028-02-29");
    EXPECT_EQ(iso_date("261100", 2026), "2026-11-30");
    EXPECT_EQ(iso_date("760131", 2026), "2076-01-31");
    EXPECT_EQ(iso_date("770131", 2026), "1977-01-31");
    EXPECT_EQ(iso_date("010131", 2099), "2101-01-31");
}

// GS1's own vectors write FNC1 as `^`.
std::string with_separators(std::string text) {
    for (auto& c : text) c = c == '^' ? kGroupSeparator : c;
    return text;
}

template <class Check>
void for_each_vector(const std::string& file, Check check) {
    std::ifstream lines(std::string(KEMAS_SOURCE_DIR) + "/../shared/data/gs1/" + file);
    if (!lines) GTEST_SKIP() << "GS1 vectors are absent: ../shared/data/gs1/" << file;
    int judged = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto value = boost::json::parse(line);
        judged += check(value.as_object()) ? 1 : 0;
    }
    EXPECT_GE(judged, 15) << file;
}

std::string text_of(const boost::json::object& vector, const char* key) {
    const auto* found = vector.if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : "";
}

TEST(Gs1, AgreesWithTheSyntaxEngineOnElementStrings) {
    for_each_vector("ai-vectors.jsonl", [](const boost::json::object& vector) {
        const auto test = text_of(vector, "test");
        const auto in = text_of(vector, "in");
        if (in == "buf" || in == "inbuf") return false;  // a C buffer the vectors could not carry
        if (test == "parseAIdata" && in.starts_with('(')) {
            const auto parsed = parse_gs1(in);
            EXPECT_EQ(parsed.has_value(), vector.at("ok").as_bool())
                << in << (parsed ? "" : parsed.error().what);
            // The engine's own form of it must mean the same to us.
            if (parsed) {
                const auto scanned = parse_gs1(with_separators(text_of(vector, "out")));
                EXPECT_TRUE(scanned && *scanned == *parsed) << in;
            }
            return true;
        }
        if (test == "processAIdata" && in.starts_with('^')) {
            const auto parsed = parse_gs1(with_separators(in));
            EXPECT_EQ(parsed.has_value(), vector.at("ok").as_bool())
                << in << " " << (parsed ? "" : parsed.error().what);
            return true;
        }
        return false;
    });
}

TEST(Gs1, AgreesWithTheSyntaxEngineOnScannedData) {
    for_each_vector("scandata-vectors.jsonl", [](const boost::json::object& vector) {
        const bool decoding = text_of(vector, "test") == "testProcessScanData";
        const auto scanned = text_of(vector, decoding ? "in" : "out");
        const auto elements = text_of(vector, decoding ? "out" : "in");
        const auto split = split_aim(scanned);
        if (!split.is_gs1) return false;
        const auto parsed = parse_gs1(scanned);
        const bool expected = !decoding || vector.at("ok").as_bool();
        EXPECT_EQ(parsed.has_value(), expected) << scanned;
        if (parsed && elements.starts_with('^') && elements.find('|') == std::string::npos) {
            const auto same = parse_gs1(with_separators(elements));
            EXPECT_TRUE(same && *same == *parsed) << scanned;
        }
        return true;
    });
}

}  // namespace
}  // namespace kemas::barcode
