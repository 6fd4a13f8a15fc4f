#include <gtest/gtest.h>

#include "core/barcode/aim.hpp"
#include "core/barcode/check_digit.hpp"
#include "core/barcode/command.hpp"
#include "core/barcode/scan.hpp"
#include "core/barcode/sender_id.hpp"

namespace kemas::barcode {
namespace {

TEST(CheckDigit, KnowsEveryLengthOfItemNumber) {
    EXPECT_EQ(to_gtin14("96385074"), "00000096385074");
    EXPECT_EQ(to_gtin14("416000336108"), "00416000336108");
    EXPECT_EQ(to_gtin14("4006381333931"), "04006381333931");
    EXPECT_EQ(to_gtin14("24012345678905"), "24012345678905");
}

TEST(CheckDigit, RefusesAWrongDigitLengthOrLetter) {
    EXPECT_EQ(to_gtin14("4006381333932"), std::nullopt);
    EXPECT_EQ(to_gtin14("400638133393"), std::nullopt);
    EXPECT_EQ(to_gtin14("9638507"), std::nullopt);
    EXPECT_EQ(to_gtin14("400638133393A"), std::nullopt);
    EXPECT_EQ(to_gtin14(""), std::nullopt);
}

TEST(CheckDigit, FindsEverySingleWrongDigitOfAnSscc) {
    const std::string good = "123456789012345675";
    ASSERT_TRUE(is_sscc(good));
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            auto wrong = good;
            wrong[i] = digit;
            EXPECT_EQ(is_sscc(wrong), wrong == good) << wrong;
        }
    }
}

TEST(Aim, SplitsTheIdentifierOff) {
    const auto gs1 = split_aim("]C10104012345678901");
    EXPECT_EQ(gs1.symbology, "]C1");
    EXPECT_EQ(gs1.rest, "0104012345678901");
    EXPECT_TRUE(gs1.is_gs1);
    EXPECT_TRUE(split_aim("]d201").is_gs1);
    EXPECT_TRUE(split_aim("]Q301").is_gs1);
    EXPECT_FALSE(split_aim("]E04006381333931").is_gs1);
    EXPECT_FALSE(split_aim("]C0ABC").is_gs1);
}

TEST(Aim, LeavesACodeWithoutIdentifierAlone) {
    for (const auto* code : {"", "]", "]C", "]11X", "C1]", "SKU-1"}) {
        EXPECT_EQ(split_aim(code).symbology, "") << code;
        EXPECT_EQ(split_aim(code).rest, code);
    }
}

TEST(CommandBarcode, HoldsAVerbAndItsArguments) {
    EXPECT_EQ(parse_command("*K*done"), (Command{"done", {}}));
    EXPECT_EQ(parse_command("*k*SHORT:damaged"), (Command{"short", {"damaged"}}));
    EXPECT_EQ(parse_command("*K*qty:12:box"), (Command{"qty", {"12", "box"}}));
    EXPECT_EQ(parse_command("*K*qty:"), (Command{"qty", {""}}));
    EXPECT_EQ(parse_command("*K*a::b"), (Command{"a", {"", "b"}}));
}

TEST(CommandBarcode, IsNothingWithoutAVerb) {
    EXPECT_EQ(parse_command("done"), std::nullopt);
    EXPECT_EQ(parse_command("*K*"), std::nullopt);
    EXPECT_EQ(parse_command("*K*:12"), std::nullopt);
    EXPECT_EQ(parse_command("*K*two words"), std::nullopt);
}

TEST(SenderId, IsSplitFromTheCode) {
    const auto sent = split_sender_id("#7f-12;4006381333931;x");
    EXPECT_EQ(sent.id, "7f-12");
    EXPECT_EQ(sent.code, "4006381333931;x");
}

TEST(SenderId, IsAbsentFromAnyOtherLine) {
    const std::string long_id(65, 'a');
    for (const auto& line :
         {std::string("SKU-1"), std::string("#;SKU"), std::string("#12"), std::string("#a b;SKU"),
          "#" + long_id + ";SKU", std::string("#\x1d;X")}) {
        EXPECT_EQ(split_sender_id(line).id, std::nullopt) << line;
        EXPECT_EQ(split_sender_id(line).code, line);
    }
    EXPECT_EQ(split_sender_id("#" + long_id.substr(1) + ";SKU").code, "SKU");
}

TEST(ReadScan, SeesTheItemInEveryDress) {
    for (const auto* code :
         {"4006381333931", "]E04006381333931", "]C10104006381333931", "(01)04006381333931",
          "\x1d"
          "0104006381333931",
          "]d20104006381333931\x1d\r\n", "  4006381333931\n"}) {
        const auto scan = read_scan(code);
        EXPECT_EQ(scan.gtin14, "04006381333931") << code;
        EXPECT_FALSE(scan.fault) << scan.fault->what;
        EXPECT_EQ(scan.raw, code);
    }
}

TEST(ReadScan, LeavesAnyOtherTextAsItIs) {
    const auto scan = read_scan("]C0 TJNE0123456789 ");
    EXPECT_EQ(scan.symbology, "]C0");
    EXPECT_FALSE(scan.gtin14 || scan.gs1 || scan.command || scan.fault);
    EXPECT_EQ(read_scan("(see note)").fault.has_value(), false);
    EXPECT_EQ(read_scan("").text, "");
}

TEST(ReadScan, ReportsABrokenPromise) {
    const auto gs1 = read_scan("]C10104006381333932");
    ASSERT_TRUE(gs1.fault);
    EXPECT_NE(gs1.fault->what.find("(01)"), std::string::npos) << gs1.fault->what;
    EXPECT_EQ(gs1.text, "0104006381333932");
    EXPECT_TRUE(read_scan("]E04006381333932").fault);
    EXPECT_TRUE(read_scan("*K*").fault);
    EXPECT_FALSE(read_scan("4006381333932").fault);  // no symbology: may be anything
}

TEST(ReadScan, RecognisesACommand) {
    const auto scan = read_scan("]C0*K*short:lost\r");
    ASSERT_TRUE(scan.command);
    EXPECT_EQ(*scan.command, (Command{"short", {"lost"}}));
}

TEST(ReadScan, SurvivesAnyByte) {
    for (int first = 0; first < 256; ++first) {
        for (const auto* head : {"", "]C1", "(01)", "\x1d", "*K*", "(1"}) {
            const auto raw = std::string(head) + static_cast<char>(first) + "0(9";
            EXPECT_EQ(read_scan(raw).raw, raw);
        }
    }
}

}  // namespace
}  // namespace kemas::barcode
