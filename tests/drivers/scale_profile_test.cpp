#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "drivers/profile/load_scale_profile.hpp"
#include "drivers/scale/scale_codec.hpp"

namespace kemas::scale {
namespace {

using profile::parse_scale_profile;
using ::testing::HasSubstr;

const std::string kFolder = std::string(KEMAS_SOURCE_DIR) + "/firmware-profiles/scale/";

std::string text_of(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

// The simulator's profile with one thing changed.
std::string mistake(const std::string& from, const std::string& to) {
    std::string text = text_of(kFolder + "kemas-sim.toml");
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    const auto profile = parse_scale_profile(text, "x.toml");
    return profile ? "no mistake found" : profile.error().what;
}

// "x.toml:26: " for the line of kemas-sim.toml that holds `text`.
std::string line_of(const std::string& text) {
    const std::string all = text_of(kFolder + "kemas-sim.toml");
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(all.find(text));
    return "x.toml:" + std::to_string(1 + std::count(all.begin(), end, '\n')) + ": ";
}

TEST(ScaleProfiles, AProfileThatCannotWeighSaysWhatItLacks) {
    const auto laumas = profile::load_scale_profile(kFolder + "laumas-tlb.toml");
    ASSERT_TRUE(laumas) << laumas.error().what;
    EXPECT_THAT(weighing_gap(*laumas, {}), HasSubstr("\"stable\" (profile), decimals (site file)"));
    const auto dini = profile::load_scale_profile(kFolder + "dini-argeo-dgt.toml");
    ASSERT_TRUE(dini);
    profile::SiteFacts site;
    site.decimals = 3;
    site.unit = profile::Unit::kg;
    EXPECT_THAT(weighing_gap(*dini, site), HasSubstr("lacks: division (site file)"));
    site.division = profile::Decimal{5, 3};
    EXPECT_EQ(weighing_gap(*dini, site), "");
}

TEST(ScaleProfiles, EveryMistakeNamesItsLineAndWhatWasExpected) {
    EXPECT_THAT(mistake("number = \"s32\"", "number = \"s33\""),
                HasSubstr(line_of("number = \"s32\"") +
                          "number in [weight] is \"s33\", expected one of u16"));
    EXPECT_THAT(mistake("decimals = 0", "decimal = 0"),
                HasSubstr(line_of("decimals = 0") +
                          "unknown key \"decimal\" in [weight], expected one of:"));
    EXPECT_THAT(mistake("vendor = \"Kemas\"", ""), HasSubstr("lacks vendor, expected a text"));
    EXPECT_THAT(mistake("[status.stable]", "[status.stabel]"),
                HasSubstr(line_of("[status.stable]") +
                          "unknown status \"stabel\", expected one of: stable"));
    EXPECT_THAT(mistake("active_when = 1", "active_when = 2"),
                HasSubstr(line_of("active_when = 1") +
                          "active_when in [status.stable] is 2, expected a whole "
                          "number from 0 to 1"));
    EXPECT_THAT(mistake("bit = 0", "bit = 16"),
                HasSubstr(line_of("bit = 0") + "bit in [status.stable] is 16"));
    EXPECT_THAT(mistake("register = 3", "register = 5"),
                HasSubstr("5 and not read, expected a register of exactly one [[read]] block"));
    EXPECT_THAT(mistake("words = [0x0000, 0x04D2, 0b001, 17, 5]", "words = [1]"),
                HasSubstr("words in [[sample]] is 1 long, expected 5 words"));
    EXPECT_THAT(mistake("unit = \"g\"", "unit = \"gram\""), HasSubstr("expected one of \"mg\""));
    EXPECT_THAT(mistake("schema = 1", "schema = 2"),
                HasSubstr(line_of("schema = 1") + "schema in the profile"));
    EXPECT_THAT(mistake("schema = 1", "schema ="), HasSubstr(line_of("schema = 1") + ""));
    EXPECT_THAT(
        mistake("function_code = 3", "function_code = \"3\""),
        HasSubstr(line_of("function_code = 3") + "function_code in [[read]] is no whole number"));
}

TEST(ScaleProfiles, AStatusFromAnotherAnswerThanTheWeightIsRefused) {
    const std::string two_reads = mistake("count = 5",
                                          "count = 2\n[[read]]\nfunction_code = 3\nstart = 2\n"
                                          "count = 3");
    EXPECT_THAT(two_reads, HasSubstr("in another block than the weight"));
}

TEST(ScaleProfiles, AMissingFileIsNamed) {
    const auto profile = profile::load_scale_profile("/nowhere/x.toml");
    ASSERT_FALSE(profile);
    EXPECT_THAT(profile.error().what, HasSubstr("/nowhere/x.toml:1: cannot be read, expected"));
}

TEST(Decimals, ReadExactlyAndRoundToTheNearestMilligram) {
    using profile::Decimal;
    using profile::to_milligrams;
    using profile::Unit;
    EXPECT_EQ(profile::parse_decimal("0.005"), (Decimal{5, 3}));
    EXPECT_EQ(profile::parse_decimal("-12"), (Decimal{-12, 0}));
    for (const char* bad : {"", ".5", "5.", "1e3", "1,5", "--1", "1234567890123"})
        EXPECT_FALSE(profile::parse_decimal(bad)) << bad;
    EXPECT_EQ(to_milligrams({1, 0}, Unit::lb)->value, 453'592);
    EXPECT_EQ(to_milligrams({-1, 0}, Unit::oz)->value, -28'350);
    EXPECT_EQ(to_milligrams({15, 1}, Unit::mg)->value, 2);
    EXPECT_EQ(to_milligrams({4'294'967'295, 0}, Unit::kg)->value, 4'294'967'295'000'000);
    EXPECT_FALSE(to_milligrams({999'999'999'999, 0}, Unit::t));
}

TEST(ScaleCodec, AFloatThatIsNoNumberIsNoWeight) {
    std::string text = text_of(kFolder + "kemas-sim.toml");
    text.replace(text.find("\"s32\""), 5, "\"float32\"");
    const auto profile = parse_scale_profile(text, "x.toml");
    ASSERT_TRUE(profile) << profile.error().what;
    const auto read = [&](std::uint16_t high, std::uint16_t low) {
        const std::vector<std::uint16_t> words{high, low, 1, 0, 5};
        return decode_scale(*profile, {}, words);
    };
    EXPECT_EQ(read(0x3FC0, 0).gross.value, 1'500);  // 1.5 g
    EXPECT_EQ(read(0xBFC0, 0).gross.value, -1'500);
    EXPECT_EQ(read(0x7FC0, 0).fault, "number");  // NaN
    EXPECT_EQ(read(0x7F80, 0).fault, "number");  // infinity
    EXPECT_EQ(read(0x7F00, 0).fault, "number");  // 1.7e38
}

}  // namespace
}  // namespace kemas::scale
