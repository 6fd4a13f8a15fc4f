// What customers write: long names, foreign scripts, markup, control characters.
#include <gmock/gmock.h>

#include "sample.hpp"

namespace kemas::label {
namespace {

using ::testing::HasSubstr;

const std::string name_box = "kind=\"text\"\ntext=\"{recipient_name}\"\nw=40\nh=8\nsize_pt=14\n";

tl::expected<DrawnLabel, LabelRefusal> set(const std::string& keys, const std::string& name) {
    return draw(one_box(keys), {{{"recipient_name", name}}});
}

// The ink stays inside the box: nothing is cut at its edge, nothing leaves it.
bool inside_box(const Page& page, int width_mm, int height_mm) {
    for (int y = 0; y < page.height; ++y)
        for (int x = 0; x < page.width; ++x)
            if (page.black(x, y) &&
                (x < 16 || y < 16 || x >= 16 + width_mm * 8 || y >= 16 + height_mm * 8))
                return false;
    return true;
}

TEST(Text, ShrinksBeforeItFails) {
    const std::string name(24, 'M');
    EXPECT_EQ(set(name_box, name).error().field, "recipient_name");
    const auto shrunk = set(name_box + "shrink_to_pt=5\n", name);
    ASSERT_TRUE(shrunk) << shrunk.error().why;
    EXPECT_TRUE(inside_box(shrunk->page, 40, 8));
    const auto failed = set(name_box + "shrink_to_pt=5\n", std::string(400, 'M'));
    ASSERT_FALSE(failed);
    EXPECT_THAT(failed.error().why, HasSubstr("The recipient_name is too long"));
}

TEST(Text, EveryScriptStaysInItsBox) {
    for (const char* name :
         {"Ágnes Őrsi Ňňğ", "Ελένη Παπαδοπούλου", "Наталья Щербакова", "محمد عبد الله", "สมชาย ใจดี",
          "ស៊ីផា", "தமிழ்ச்செல்வி", "ꦲꦏ꧀ꦱꦫꦗꦮ", "नीलिमा", "王小明", "山田花子", "김민수"}) {
        const auto drawn = set(name_box + "shrink_to_pt=5\n", name);
        ASSERT_TRUE(drawn) << name << ": " << drawn.error().why;
        EXPECT_GT(ink_of(drawn->page), 200) << name;
        EXPECT_TRUE(inside_box(drawn->page, 40, 8)) << name;
    }
}

TEST(Text, ALetterWithoutAFontIsRefusedNotBoxed) {
    const auto drawn = set(name_box, "\xF3\xB0\x80\x80");  // private use: no font has it
    ASSERT_FALSE(drawn);
    EXPECT_THAT(drawn.error().why, HasSubstr("no installed font"));
}

TEST(Text, APictureWithoutAFontIsLeftOut) {
    const auto plain = set(name_box, "Toko Bunga");
    const auto pictured = set(name_box, "Toko Bunga\xF0\x9F\xAB\xA0");  // U+1FAE0
    ASSERT_TRUE(plain && pictured);
    EXPECT_EQ(plain->page.bits, pictured->page.bits);
}

TEST(Text, IsNeverMarkup) {
    const auto drawn = set(name_box + "shrink_to_pt=5\n", "<b>Budi</b> & Co <span");
    const auto bare = set(name_box + "shrink_to_pt=5\n", "Budi & Co");
    ASSERT_TRUE(drawn && bare);
    EXPECT_NE(drawn->page.bits, bare->page.bits);
}

TEST(Text, HolesInAValueAreNotFilledAgain) {
    const auto layout = one_box("kind=\"text\"\ntext=\"{shop}\"\nw=50\nh=8\nsize_pt=10\n");
    const auto drawn = draw(layout, {{{"shop", "{note}"}, {"note", ""}}});
    ASSERT_TRUE(drawn);
    EXPECT_GT(ink_of(drawn->page), 100);
}

TEST(Text, ControlCharactersAreRefusedByName) {
    EXPECT_THAT(set(name_box, "Budi\x1B[2J").error().why, HasSubstr("U+001B"));
    EXPECT_THAT(set(name_box, std::string("Bu\0di", 5)).error().why, HasSubstr("U+0000"));
    EXPECT_THAT(set(name_box, "Budi\xFF").error().why, HasSubstr("UTF-8"));
    EXPECT_EQ(set(name_box, "Budi\tA")->page.bits, set(name_box, "Budi A")->page.bits);
}

TEST(Text, DirectionOverridesDoNotReorderDigits) {
    EXPECT_EQ(set(name_box, "\u202E12345")->page.bits, set(name_box, "12345")->page.bits);
}

TEST(Text, ShortensByWholeLinesAndSaysSo) {
    const std::string keys =
        "kind=\"text\"\ntext=\"{contents}\"\nw=50\nh=12\nsize_pt=8\nmax_lines=3\nfit=\"shorten\"\n"
        "more=\"+ {n} lain\"\n";
    const auto of = [&](const std::string& contents) {
        auto drawn = draw(one_box(keys), {{{"contents", contents}}});
        return drawn ? drawn->page.bits : std::vector<std::uint8_t>();
    };
    ASSERT_FALSE(of("A\nB\nC").empty());
    EXPECT_EQ(of("A\nB\nC\nD\nE"), of("A\nB\n+ 3 lain"));
}

TEST(Text, AnEmptyOptionalTextDrawsNothing) {
    const auto drawn = draw(one_box("kind=\"text\"\ntext=\"Catatan: {note}\"\nw=40\nh=8\n"), {});
    ASSERT_TRUE(drawn);
    EXPECT_EQ(ink_of(drawn->page), 0);
}

}  // namespace
}  // namespace kemas::label
