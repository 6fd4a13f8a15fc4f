// Letters beyond ASCII in TOML: fine in texts and comments, a named mistake elsewhere.
#include "core/bare_letter.hpp"

#include <gtest/gtest.h>

namespace kemas {
namespace {

std::string complaint(std::string_view toml) {
    const auto letter = find_bare_letter(toml);
    return letter ? letter->in("a.toml") : "none";
}

TEST(BareLetter, IsNamedWithItsPlaceAndTheQuotedWord) {
    EXPECT_EQ(complaint("a = 1\nsüden = 1\n"),
              "a.toml:2: column 2: ü (U+00FC) stands outside quotes, expected \"süden\" in quotes");
    EXPECT_EQ(
        complaint("[lane.gemütlich]\n"),
        "a.toml:1: column 10: ü (U+00FC) stands outside quotes, expected \"gemütlich\" in quotes");
    EXPECT_EQ(complaint("\xEF\xBB\xBF# über\n\tname = ñandú\r\n"),
              "a.toml:2: column 9: ñ (U+00F1) stands outside quotes, expected \"ñandú\" in quotes");
    EXPECT_EQ(complaint("x = \"é\"中 "),
              "a.toml:1: column 8: 中 (U+4E2D) stands outside quotes, expected \"中\" in quotes");
}

TEST(BareLetter, IsNoneInTextsAndComments) {
    for (const std::string_view toml :
         {"# ü\r\n\"süden\" = 1 # ü \" ' ü\n", "'süden'.\"ü\" = 'ü \\'\nb = 1\n",
          R"(a = "ü \" ü \\")", "a = \"\"\"\nü \" ü \"\" ü \\\"\"\" ü\\\\\"\"\"\n",
          "a = '''ü ' '' \\ ü'''''\nb = 1", "a = \"\"\"ü\"\"\"\"\"\nb = 1",
          "a = \"\"\"one \\\n   two ü\"\"\"", "a = [\"ü\", 'ü', \"\"]\nb = {\"ü\" = \"\"}", "",
          "\"ü"})
        EXPECT_EQ(complaint(toml), "none") << toml;
}

TEST(BareLetter, IsFoundBehindTextsOfEveryKind) {
    for (const std::string text :
         {"\"\"", "''", "\"\"\"\"\"\"", "''''''", "\"\"\"x\\\"\"\"\"\"", "'''\\'''", "'\\'",
          "\"\\\\\"", "\"\"\"x\"\"\"\"\"", "\"\"\"\n\"\"\"", "'''# '''", "\"#\""})
        EXPECT_NE(complaint("a = " + text + "ü"), "none") << text;
}

TEST(BareLetter, OneBehindTheBackslashOfALongTextIsOutOfTheParsersReach) {
    const auto what =
        "a letter beyond ASCII follows the backslash of a text, expected the text "
        "without that backslash";
    EXPECT_EQ(complaint("a = \"\"\"x \\\n  über\"\"\""),
              std::string("a.toml:2: column 3: ") + what);
    EXPECT_EQ(complaint("a = \"\"\"\\ü\"\"\""), std::string("a.toml:1: column 9: ") + what);
}

TEST(BareLetter, InvisibleCharactersAndForeignBytesAreNamedByNumber) {
    EXPECT_EQ(
        complaint("a =\xC2\xA0"
                  "1"),
        "a.toml:1: column 4: an invisible character (U+00A0) stands outside quotes, expected none");
    EXPECT_EQ(
        complaint("a\xEF\xBB\xBF = 1"),
        "a.toml:1: column 2: an invisible character (U+FEFF) stands outside quotes, expected none");
    EXPECT_EQ(complaint("s\xFC"
                        "den = 1"),
              "a.toml:1: column 2: byte 0xFC is no UTF-8, expected a file saved as UTF-8");
    EXPECT_EQ(complaint("\xC3"),
              "a.toml:1: column 1: byte 0xC3 is no UTF-8, expected a file saved as UTF-8");
    EXPECT_EQ(complaint("ü\xFC = 1"),
              "a.toml:1: column 1: ü (U+00FC) stands outside quotes, expected \"ü\" in quotes");
}

}  // namespace
}  // namespace kemas
