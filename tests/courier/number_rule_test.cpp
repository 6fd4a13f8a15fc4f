// Check digits of couriers' numbers and of our own containers.
#include <gtest/gtest.h>

#include "core/barcode/check_digit.hpp"
#include "core/numbers/rule.hpp"
#include "core/numbers/shape.hpp"
#include "core/numbers/sscc.hpp"

namespace kemas::numbers {
namespace {

Rule s10() {
    Rule rule;
    rule.name = "upu-s10";
    rule.shapes = {"[@@]#(8)+[@@]"};
    rule.method = Method::s10;
    return rule;
}

TEST(NumberRule, TakesARightNumber) {
    EXPECT_EQ(refusal_of(s10(), "RB123456785GB"), "");
}

TEST(NumberRule, NamesTheNumberAndTheDigitThatIsWrong) {
    EXPECT_EQ(refusal_of(s10(), "RB123456784GB"),
              "RB123456784GB: its check digit is 4, 5 was expected (upu-s10)");
}

TEST(NumberRule, NamesTheShapeThatIsNotThere) {
    EXPECT_EQ(refusal_of(s10(), "CGK0001"), "CGK0001 does not look like [@@]#(8)+[@@] (upu-s10)");
    EXPECT_NE(refusal_of(s10(), ""), "");
    EXPECT_NE(refusal_of(s10(), "RB123456785GBX"), "");
}

// S10 itself lets some pairs of digits pass for each other; GS1's modulo 10 lets none.
TEST(NumberRule, FindsEverySingleWrongDigitOfAnSscc) {
    Rule rule;
    rule.shapes = {"#(17)+"};
    rule.method = Method::mod10;
    rule.evens = 3;
    const std::string good = "123456789012345675";
    for (std::size_t i = 0; i < good.size(); ++i)
        for (char c = '0'; c <= '9'; ++c) {
            auto bad = good;
            bad[i] = c;
            EXPECT_EQ(refusal_of(rule, bad).empty(), bad == good) << bad;
        }
}

TEST(NumberRule, WithoutAShapeTakesAnything) {
    EXPECT_EQ(refusal_of({}, "anything at all"), "");
}

TEST(NumberRule, KnowsItsOwnMistakes) {
    EXPECT_EQ(mistake_of(s10()), "");
    for (const auto* shape :
         {"[@@#+", "#]", "(3)", "#(0)", "#(101)", "#(x)", "{}", "{AB", "", "[[#]]"}) {
        auto rule = s10();
        rule.shapes = {shape};
        EXPECT_NE(mistake_of(rule), "") << shape;
    }
    auto without = s10();
    without.shapes = {"#(9)"};
    EXPECT_NE(mistake_of(without), "") << "no place for the check digit";
    Rule sum;
    sum.shapes = {"##+"};
    sum.method = Method::sum_product;
    EXPECT_NE(mistake_of(sum), "") << "no weights";
}

TEST(Sscc, IsWhatGs1Counts) {
    EXPECT_EQ(make_sscc(1, "2345678", 901234567), "123456789012345675");
    EXPECT_EQ(make_sscc(0, "8991234", 0), "089912340000000008");
    EXPECT_TRUE(barcode::is_sscc(*make_sscc(3, "899123456789", 9999)));
}

TEST(Sscc, NeverRepeatsAndEndsWhereItsSerialsEnd) {
    EXPECT_TRUE(make_sscc(0, "899123456789", 9999));
    EXPECT_FALSE(make_sscc(0, "899123456789", 10000));
    EXPECT_TRUE(is_company_prefix("8991234"));
    for (const auto* bad : {"", "899", "8991234567890", "89912E4"})
        EXPECT_FALSE(is_company_prefix(bad)) << bad;
}

}  // namespace
}  // namespace kemas::numbers
