// Codes that set a scanner up: none without the document they are from.
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "drivers/profile/load_profile.hpp"
#include "tools/kemasctl/profile_check.hpp"

namespace kemas::profile {
namespace {

using ::testing::HasSubstr;

const std::string kHead = R"(schema = 1
kind = "scanner"
protocol = "line"
vendor = "Acme"
model = "S1"
verified = "document"
transports = ["serial"]
terminators = ["<CR>"]
source = { document = "Acme guide", revision = "B" }
[[sample]]
what = "one code"
bytes = "1<CR>"
codes = ["1"]
)";
const std::string kWords = "what = { en = \"CR\", id = \"CR\" }\n";
const std::string kSource =
    "source = { document = \"Acme guide\", revision = \"B\", place = \"p. 7\" }\n";

// One [[setup]] from line 14 on.
std::string told(const std::string& rest) {
    const auto profile = parse_profile(kHead + "[[setup]]\n" + rest, "x.toml");
    return profile ? "no mistake found" : profile.error().what;
}

std::vector<SetupCode> shipped(const std::string& name) {
    const auto profile =
        load_scanner_profile(std::string(KEMAS_SOURCE_DIR) + "/firmware-profiles/scanner/" + name);
    if (!profile) ADD_FAILURE() << profile.error().what;
    return profile ? profile->setup : std::vector<SetupCode>{};
}

TEST(Setup, ACodeWithoutItsDocumentIsRefusedWithItsLine) {
    EXPECT_EQ(told("order = 1\nsymbology = \"qr\"\ndata = \"A\"\n" + kWords + kSource),
              "no mistake found");
    EXPECT_THAT(told("order = 1\nsymbology = \"qr\"\ndata = \"A\"\n" + kWords),
                HasSubstr("x.toml:14: [[setup]] lacks source"));
    EXPECT_THAT(told("order = 1\nsymbology = \"qr\"\ndata = \"A\"\n" + kWords +
                     "source = { document = \"Acme guide\", revision = \"B\" }\n"),
                HasSubstr("x.toml:19: [[setup]] source lacks place"));
}

TEST(Setup, BothLanguagesAndOneOrderAreNeeded) {
    const auto one = "symbology = \"qr\"\ndata = \"A\"\n" + kSource;
    EXPECT_THAT(told("order = 1\nwhat = { en = \"CR\" }\n" + one),
                HasSubstr("x.toml:16: [[setup]] what lacks id"));
    EXPECT_THAT(told("order = 1\n" + kWords + one + "[[setup]]\norder = 1\n" + kWords + one),
                HasSubstr("x.toml:21: order in [[setup]] is 1, expected another: line 14 has it"));
}

TEST(Setup, WhatNoSymbolCanHoldIsRefused) {
    const auto rest = kWords + kSource + "order = 1\n";
    EXPECT_THAT(told(rest + "symbology = \"qr\"\nprogramming = true\ndata = \"A\"\n"),
                HasSubstr("only a Code 128 can begin with FNC3"));
    EXPECT_THAT(told(rest + "symbology = \"qr\"\ndata = \"A{baud}\"\n"),
                HasSubstr("no hole but {bluetooth_address}"));
    EXPECT_THAT(told(rest + "symbology = \"qr\"\ndata = \"\\u00e9\"\n"), HasSubstr("printable"));
    const auto wide = ctl::check_profile_text(kHead + "[[setup]]\n" + rest +
                                                  "symbology = \"code128\"\ndata = \"" +
                                                  std::string(70, 'm') + "\"\n",
                                              "x.toml");
    ASSERT_FALSE(wide);
    EXPECT_THAT(wide.error().what, HasSubstr("x.toml:14: set-up code \"CR\": "));
}

TEST(Setup, OnlyAHostsAddressFillsTheHole) {
    const auto codes = shipped("zebra-ssi.toml");
    ASSERT_EQ(codes.size(), 1u);
    EXPECT_TRUE(codes[0].programming);
    EXPECT_FALSE(data_of(codes[0], ""));
    EXPECT_EQ(data_of(codes[0], *bluetooth_digits("11:22:33:aa:BB:66")), "B112233AABB66");
    for (const char* bad : {"", "11:22:33:44:55", "11:22:33:44:55:6g", "1122334455667"})
        EXPECT_FALSE(bluetooth_digits(bad)) << bad;
}

TEST(Setup, TheOpticonSheetSetsTheInterfaceBeforeTheRest) {
    const auto codes = shipped("opticon-usb-com.toml");
    ASSERT_EQ(codes.size(), 2u);
    EXPECT_EQ(codes[0].data, "@MENU_OPTO@ZZ@C01@ZZ@OTPO_UNEM@");
    EXPECT_EQ(codes[1].data, "@MENU_OPTO@ZZ@X/4@ZZ@OTPO_UNEM@");
    for (const auto& code : codes) EXPECT_THAT(code.document, HasSubstr("MDI-4000"));
}

}  // namespace
}  // namespace kemas::profile
