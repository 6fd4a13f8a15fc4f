#include <gmock/gmock.h>

#include <set>
#include <thread>

#include "label/barcode.hpp"
#include "sample.hpp"

namespace kemas::label {
namespace {

using ::testing::HasSubstr;

LabelRefusal refusal_of(const LabelContent& content) {
    const auto drawn = draw(sample_layout(), content);
    return drawn ? LabelRefusal{"none", "none"} : drawn.error();
}

TEST(Draw, EveryThreadDrawsTheSameDots) {
    const Layout layout = sample_layout();
    const auto first = draw(layout, sample_content());
    ASSERT_TRUE(first) << first.error().why;
    std::vector<std::uint8_t> others[3];
    std::vector<std::thread> threads;
    for (auto& other : others)
        threads.emplace_back([&] {
            for (int round = 0; round < 5; ++round)
                other = draw(layout, sample_content())->page.bits;
        });
    for (auto& thread : threads) thread.join();
    for (const auto& other : others) EXPECT_EQ(other, first->page.bits);
}

TEST(Draw, AnEmptyRequiredFieldIsNamed) {
    for (const char* field : {"recipient_name", "recipient_address", "tracking_number", "courier",
                              "postal_code", "order_number"}) {
        auto content = sample_content();
        content.fields[field] = " ";
        EXPECT_EQ(refusal_of(content).field, field);
        content.fields.erase(field);
        EXPECT_EQ(refusal_of(content).field, field);
    }
}

TEST(Draw, AnAmountThatIsNoAmountIsNamed) {
    auto content = sample_content();
    content.fields["cod_amount"] = "False";
    EXPECT_EQ(refusal_of(content).field, "cod_amount");
    EXPECT_THAT(refusal_of(content).why, HasSubstr("\"False\" is not a whole amount"));
}

TEST(Draw, ATrackingNumberThatIsTooWideTellsTheWidth) {
    auto content = sample_content();
    content.fields["tracking_number"] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const auto refusal = refusal_of(content);
    EXPECT_EQ(refusal.field, "tracking_number");
    EXPECT_THAT(refusal.why, HasSubstr("needs 127.9 mm at 3 dots a module, its box is 96.0 mm"));
}

TEST(Draw, ATrackingNumberOutsideAsciiIsRefused) {
    auto content = sample_content();
    content.fields["tracking_number"] = "JNE\xC3\xA9";
    EXPECT_EQ(refusal_of(content).field, "tracking_number");
}

TEST(Draw, BarsAreWholeDotsWithTheirQuietZone) {
    const auto drawn = draw(sample_layout(), sample_content());
    ASSERT_TRUE(drawn) << drawn.error().why;
    const BarcodeBox& box = drawn->barcodes.at(0);
    EXPECT_EQ(box.text, "JNE0123456789012");
    const auto modules = *code128(box.text);
    const int dots = box.width / (static_cast<int>(modules.size()) + 20);
    EXPECT_GE(dots, 3);
    for (int y = box.y; y < box.y + box.height; ++y)
        for (int x = 0; x < box.width; ++x) {
            const int module = x / dots - 10;
            const bool bar =
                module >= 0 && module < static_cast<int>(modules.size()) && modules[module];
            ASSERT_EQ(drawn->page.black(box.x + x, y), bar) << x << "," << y;
        }
}

TEST(Draw, InkInAQuietZoneIsRefused) {
    const auto layout = parse_layout(R"(name = "t"
width_mm = 60
height_mm = 30
[[box]]
kind = "barcode"
text = "{tracking_number}"
x = 0
y = 0
w = 60
h = 20
[[box]]
kind = "line"
x = 1
y = 10
w = 58
h = 0
)",
                                     "t.toml");
    ASSERT_TRUE(layout) << layout.error().what;
    const auto drawn = draw(*layout, {{{"tracking_number", "JP1234567890"}}});
    ASSERT_FALSE(drawn);
    EXPECT_EQ(drawn.error().field, "tracking_number");
    EXPECT_THAT(drawn.error().why, HasSubstr("drawn over the barcode"));
}

TEST(Draw, BoxesFollowWhenAndUnless) {
    const auto ink = [](const char* cod) {
        auto layout = one_box("kind=\"rectangle\"\nw=10\nh=10\nfilled=true\nwhen=\"cod_amount\"\n");
        return ink_of(draw(layout, {{{"cod_amount", cod}}})->page);
    };
    EXPECT_EQ(ink("5"), 6400);
    EXPECT_EQ(ink(""), 0);
}

TEST(Draw, WhiteTextCutsIntoBlack) {
    const auto layout = parse_layout(R"(name = "t"
width_mm = 30
height_mm = 12
[[box]]
kind = "rectangle"
filled = true
x = 1
y = 1
w = 28
h = 10
[[box]]
kind = "text"
text = "COD"
white = true
x = 1
y = 1
w = 28
h = 10
size_pt = 20
)",
                                     "t.toml");
    ASSERT_TRUE(layout) << layout.error().what;
    const int black = ink_of(draw(*layout, {})->page);
    EXPECT_LT(black, 28 * 8 * 80 - 500);
    EXPECT_GT(black, 28 * 8 * 40);
}

}  // namespace
}  // namespace kemas::label
