// Every kind of barcode, drawn as a layout asks for it, and read back from its dots by ZXing.
#include <gmock/gmock.h>

#include "drivers/camera/drawn_check.hpp"
#include "label/barcode.hpp"
#include "sample.hpp"

namespace kemas::label {
namespace {

using ::testing::HasSubstr;

struct Case {
    const char* symbology;
    const char* text;
    const char* reads_as;
};

const Case cases[] = {
    {"code128", "JNE0123456789012", "JNE0123456789012"},
    {"code128", "1", "1"},
    {"code128", "a~B {|}", "a~B {|}"},
    {"code128-fnc3", "B112233445566", "B112233445566"},
    {"code128-fnc3", "12345678", "12345678"},
    {"gs1-128", "[00]389912345678901238", "00389912345678901238"},
    {"gs1-128", "[420]40162[403]ABC-7",
     "42040162\x1d"
     "403ABC-7"},
    {"gs1-128", "[01]02000000000008[10]L-7",
     "0102000000000008"
     "10L-7"},
    {"itf14", "18991234567898", "18991234567898"},
    {"qr", "HTTPS://EXAMPLE.ID/TRACK/JNE0123456789012",
     "HTTPS://EXAMPLE.ID/TRACK/JNE0123456789012"},
    {"qr", "0", "0"},
    {"qr", "https://example.id/t?n=JX1&s=^XZ~JR", "https://example.id/t?n=JX1&s=^XZ~JR"},
    {"datamatrix", "ORD-2026-000123", "ORD-2026-000123"},
    {"datamatrix", "7", "7"},
    {"gs1-datamatrix", "[01]02000000000008[21]A1[10]B2",
     "010200000000000821A1\x1d"
     "10B2"},
    {"pdf417", "Kemas parcel 7: JNE0123456789012, 1240 g",
     "Kemas parcel 7: JNE0123456789012, 1240 g"},
    {"pdf417", "1234567890123456789012345678901234", "1234567890123456789012345678901234"},
};

// A page of 90 x 50 mm that is all barcode.
tl::expected<DrawnLabel, LabelRefusal> drawn(int dpi, const std::string& symbology,
                                             const std::string& text, const std::string& more = "",
                                             const std::string& size = "w=90\nh=50\n") {
    const auto layout =
        parse_layout("name=\"t\"\nwidth_mm=100\nheight_mm=60\ndpi=" + std::to_string(dpi) +
                         "\nfields=[\"code\"]\n[[box]]\nkind=\"barcode\"\nx=4.3\ny=3\ntext=\"" +
                         (text.find('{') == std::string::npos ? text : "{code}") +
                         "\"\nsymbology=\"" + symbology + "\"\n" + size + more,
                     "t.toml");
    if (!layout) return tl::unexpected(LabelRefusal{"layout", layout.error().what});
    return draw(*layout, {{{"code", text}}});
}

TEST(Symbols, EveryKindReadsBackAtEveryDensity) {
    camera::DrawnCheck check(KEMAS_DECODE);
    for (const int dpi : {203, 300, 600})
        for (const auto& each : cases) {
            const auto label = drawn(dpi, each.symbology, each.text);
            ASSERT_TRUE(label) << each.symbology << " " << each.text << ": " << label.error().why;
            ASSERT_EQ(label->barcodes.size(), 1U);
            EXPECT_EQ(label->barcodes[0].text, each.reads_as);
            const auto misread = check.misread(*label);
            EXPECT_FALSE(misread) << dpi << " " << each.symbology << ": " << misread->why;
        }
}

TEST(Symbols, TheSmallestModulesReadBackToo) {
    camera::DrawnCheck check(KEMAS_DECODE);
    for (const auto& each : cases) {
        const bool linear = rules_of(*symbology_named(each.symbology)).linear;
        const auto label = drawn(203, each.symbology, each.text,
                                 linear ? "min_dots=2\nmax_dots=2\n" : "min_dots=3\nmax_dots=3\n");
        ASSERT_TRUE(label) << each.text << ": " << label.error().why;
        const auto misread = check.misread(*label);
        EXPECT_FALSE(misread) << each.symbology << ": " << misread->why;
    }
}

// The dots of a symbol, with its quiet zone, and not one more.
TEST(Symbols, AQuietZoneIsBlankAndAModuleIsWholeDots) {
    for (const auto& each : cases) {
        const auto& rules = rules_of(*symbology_named(each.symbology));
        const auto label = drawn(203, each.symbology, each.text);
        ASSERT_TRUE(label) << label.error().why;
        const BarcodeBox& box = label->barcodes[0];
        const auto symbol = encode(rules.symbology, each.text, 0);
        const int columns =
            rules.symbology == Symbology::pdf417 ? 0 : symbol->columns + 2 * rules.quiet_x;
        if (columns > 0) {
            EXPECT_EQ(box.width % columns, 0) << each.symbology;
        }
        const int dots = columns > 0 ? box.width / columns : 3;
        const int top = rules.bearer * dots;
        for (int y = box.y + top; y < box.y + box.height - top; ++y)
            for (int x = 0; x < rules.quiet_x * dots; ++x) {
                ASSERT_FALSE(label->page.black(box.x + x, y)) << each.symbology;
                ASSERT_FALSE(label->page.black(box.x + box.width - 1 - x, y)) << each.symbology;
            }
    }
}

TEST(Symbols, TooLittleRoomNamesTheFieldAndTheSize) {
    const auto wide = drawn(203, "itf14", "18991234567898", "", "w=30\nh=10\n");
    ASSERT_FALSE(wide);
    EXPECT_THAT(wide.error().why, HasSubstr("its box is 30.0 mm wide"));
    const auto qr = drawn(203, "qr", "{012345678901234567890123456789}", "", "w=9\nh=9\n");
    ASSERT_FALSE(qr);
    EXPECT_EQ(qr.error().field, "code");
    EXPECT_THAT(qr.error().why, HasSubstr("its box is 9.0 x 9.0 mm"));
}

TEST(Symbols, ModulesTooSmallForAScannerCannotBeAskedFor) {
    EXPECT_THAT(drawn(203, "code128", "A", "min_dots=1\n").error().why, HasSubstr("expected 2 to"));
    EXPECT_THAT(drawn(203, "qr", "A", "min_dots=2\n").error().why, HasSubstr("expected 3 to"));
    EXPECT_THAT(drawn(600, "qr", "A", "min_dots=8\n").error().why, HasSubstr("expected 9 to"));
}

TEST(Symbols, WrongDataIsRefusedInWords) {
    EXPECT_THAT(drawn(203, "itf14", "18991234567895").error().why,
                HasSubstr("has the check digit 5, expected 8"));
    EXPECT_THAT(drawn(203, "itf14", "123").error().why, HasSubstr("is not 14 digits"));
    EXPECT_THAT(drawn(203, "gs1-128", "[00]389912345678901237").error().why,
                HasSubstr("cannot be a barcode"));
    EXPECT_THAT(drawn(203, "gs1-128", "389912345678901238").error().why,
                HasSubstr("not made of GS1 fields"));
    EXPECT_THAT(drawn(203, "qr", "\u00e9").error().why, HasSubstr("holds a character"));
}

// A serial number that brings brackets along would be read as another field.
TEST(Symbols, AValueCannotBringAGs1FieldOfItsOwn) {
    const auto layout = parse_layout(
        "name=\"t\"\nkind=\"item\"\nwidth_mm=100\nheight_mm=60\n[[box]]\nkind=\"barcode\"\nx=1\n"
        "y=1\nw=98\nh=20\nsymbology=\"gs1-128\"\ntext=\"[21]{serial}\"\n",
        "t.toml");
    ASSERT_TRUE(layout) << layout.error().what;
    const auto label = draw(*layout, {{{"serial", "A[10]B"}}});
    ASSERT_FALSE(label);
    EXPECT_EQ(label.error().field, "serial");
    EXPECT_THAT(label.error().why, HasSubstr("holds a bracket"));
}

TEST(DrawnCheck, ADamagedBarcodeIsNotPrinted) {
    camera::DrawnCheck check(KEMAS_DECODE);
    for (const auto& each : cases) {
        auto label = drawn(203, each.symbology, each.text);
        ASSERT_TRUE(label);
        auto& box = label->barcodes[0];
        box.field = "code";
        // A bar drawn through it, and a line across it.
        auto cut_through = *label;
        for (int y = box.y; y < box.y + box.height; ++y)
            for (int x = box.width * 2 / 5; x < box.width * 3 / 5; ++x)
                cut_through.page
                    .bits[static_cast<std::size_t>(y * label->page.row_bytes() + (box.x + x) / 8)] =
                    0xFF;
        const auto misread = check.misread(cut_through);
        ASSERT_TRUE(misread) << each.symbology << " " << each.text;
        EXPECT_EQ(misread->field, "code");
        // The right dots for the wrong text.
        auto lying = *label;
        lying.barcodes[0].text += "0";
        ASSERT_TRUE(check.misread(lying));
        EXPECT_THAT(check.misread(lying)->why, HasSubstr("instead of"));
    }
}

// ISO/IEC 15417: start B is 11010010000, FNC3 (value 96) is 10111100010, code C (99) is
// 10111011110.
TEST(Symbols, AProgrammingSymbolBeginsWithFnc3InEitherSet) {
    const auto first = [](const std::string& text, Symbology symbology, std::size_t modules) {
        const auto symbol = encode(symbology, text);
        EXPECT_TRUE(symbol) << text;
        std::string bars;
        for (std::size_t i = 0; symbol && i < modules; ++i) bars += symbol->dark[i] ? '1' : '0';
        return bars;
    };
    EXPECT_EQ(first("B112233445566", Symbology::code128_fnc3, 22), "1101001000010111100010");
    EXPECT_EQ(first("12345678", Symbology::code128_fnc3, 33), "110100100001011110001010111011110");
    EXPECT_NE(first("B112233445566", Symbology::code128, 22), "1101001000010111100010");
}

TEST(DrawnCheck, ACodeThatSetsAReaderUpIsNoOtherCode) {
    camera::DrawnCheck check(KEMAS_DECODE);
    auto label = drawn(203, "code128-fnc3", "B112233445566");
    ASSERT_TRUE(label);
    label->barcodes[0].symbology = "code128";
    ASSERT_TRUE(check.misread(*label));
    EXPECT_THAT(check.misread(*label)->why, HasSubstr("sets the reader up"));
    label = drawn(203, "code128", "B112233445566");
    ASSERT_TRUE(label);
    label->barcodes[0].symbology = "code128-fnc3";
    ASSERT_TRUE(check.misread(*label));
    EXPECT_THAT(check.misread(*label)->why, HasSubstr("without its FNC3"));
}

TEST(DrawnCheck, OneStrayDotInALinearCodeIsSeen) {
    camera::DrawnCheck check(KEMAS_DECODE);
    auto label = drawn(203, "code128", "JNE0123456789012");
    ASSERT_TRUE(label);
    const auto& box = label->barcodes[0];
    label->page.bits[static_cast<std::size_t>((box.y + 3) * label->page.row_bytes() +
                                              (box.x + box.width / 2) / 8)] ^= 0x10;
    ASSERT_TRUE(check.misread(*label));
    EXPECT_THAT(check.misread(*label)->why, HasSubstr("not straight"));
}

TEST(DrawnCheck, AReaderThatIsNotThereOrDiesLetsNothingThrough) {
    const auto label = drawn(203, "code128", "JNE0123456789012");
    ASSERT_TRUE(label);
    camera::DrawnCheck missing("/nowhere/kemas-decode"), dead("/bin/true");
    EXPECT_TRUE(missing.misread(*label));
    EXPECT_THAT(dead.misread(*label)->why, HasSubstr("the reader ended or was silent"));
}

}  // namespace
}  // namespace kemas::label
