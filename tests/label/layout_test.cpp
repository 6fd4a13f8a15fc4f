#include "label/layout.hpp"

#include <gtest/gtest.h>

namespace kemas::label {
namespace {

const std::string head = "name = \"t\"\nwidth_mm = 100\nheight_mm = 150\n";
const std::string box = "[[box]]\nkind = \"text\"\nx = 1\ny = 1\nw = 50\nh = 10\n";

std::string error_of(const std::string& toml) {
    const auto layout = parse_layout(toml, "t.toml");
    return layout ? "none" : layout.error().what;
}

TEST(Layout, IsReadInWholeDots) {
    const auto layout = parse_layout(head + box + "text = \"{shop}\"\n", "t.toml");
    ASSERT_TRUE(layout) << layout.error().what;
    EXPECT_EQ(layout->width, 800);
    EXPECT_EQ(layout->height, 1200);
    EXPECT_EQ(layout->boxes.at(0).area.width, 400);
    EXPECT_EQ(layout->boxes.at(0).source_line, 4);
}

TEST(Layout, NamesTheLineOfEveryMistake) {
    EXPECT_EQ(error_of(head + box + "text = \"a\"\nsize = 4\n"), "t.toml:11: unknown key \"size\"");
    EXPECT_EQ(error_of("colour = 1\n" + head + box + "text = \"a\"\n"),
              "t.toml:1: unknown key \"colour\"");
    EXPECT_EQ(error_of(head + box + "text = \"{recipient}\"\n"),
              "t.toml:10: unknown field \"recipient\": name it in fields = [...] if it is yours");
    EXPECT_EQ(error_of(head + box + "text = \"{weight_g|pounds}\"\n"),
              "t.toml:10: unknown filter \"pounds\": use money, phone_mask, upper or kg");
    EXPECT_EQ(error_of(head + box + "text = 5\n"), "t.toml:10: text must be a text in quotes");
    EXPECT_EQ(error_of(head + box + "text = \"a\"\nalign = \"middle\"\n"),
              "t.toml:11: align is \"middle\", expected one of: left, center, right");
    EXPECT_EQ(error_of(head + box + "text = \"{shop\"\n"),
              "t.toml:10: a { without its }: write {{ for the sign itself");
    EXPECT_EQ(error_of(head + box), "t.toml:4: text is missing here");
    EXPECT_EQ(error_of(head), "t.toml:1: a layout needs at least one [[box]]");
    EXPECT_EQ(error_of(head + "[[box]]\nkind = \"line\"\nx = 60\ny = 1\nw = 50\nh = 0\n"),
              "t.toml:6: the box leaves the page: x + w and y + h must stay inside width_mm and "
              "height_mm");
    EXPECT_EQ(
        error_of("name = größe\n"),
        "t.toml:1: column 10: ö (U+00F6) stands outside quotes, expected \"größe\" in quotes");
    EXPECT_EQ(error_of(head + "x = [").substr(0, 9), "t.toml:4:");
}

TEST(Layout, ATablesNameThatBeginsLikeNoneIsAMistakeWithItsLine) {
    for (const char* name : {"[*", "[*]\n", "[[*]]\n", "[box.*]\n"})
        EXPECT_EQ(error_of(head + name).substr(0, 9), "t.toml:4:") << name;
}

TEST(Layout, MayBringItsOwnFields) {
    EXPECT_EQ(error_of("fields = [\"tote\"]\n" + head + box + "text = \"{tote}\"\n"), "none");
}

TEST(Layout, EachKindHasItsOwnFields) {
    const auto of = [](const std::string& kind, const std::string& field) {
        return error_of("kind = \"" + kind + "\"\n" + head + box + "text = \"{" + field + "}\"\n");
    };
    EXPECT_EQ(of("item", "sku"), "none");
    EXPECT_NE(of("item", "recipient_name"), "none");
    EXPECT_EQ(of("logistic", "sscc"), "none");
    EXPECT_NE(of("courier", "sscc"), "none");
    EXPECT_NE(of("letter", "sscc").find("expected one of: courier, logistic"), std::string::npos);
    for (const auto& [name, kind] : layout_kinds)
        for (const auto field : fields_of(kind))
            EXPECT_TRUE(is_field_of(kind, field)) << name << " " << field;
}

TEST(Layout, SaysWhichFileIsMissing) {
    const auto layout = load_layout("/nowhere/label.toml");
    ASSERT_FALSE(layout);
    EXPECT_NE(layout.error().what.find("/nowhere/label.toml:1:"), std::string::npos);
}

}  // namespace
}  // namespace kemas::label
