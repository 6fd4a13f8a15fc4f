// The codes a scanner is checked with, as the set-up sheet holds them.
#include "label/check_code.hpp"

#include <gtest/gtest.h>

#include "label/barcode.hpp"
#include "label/layout.hpp"

namespace kemas::label {
namespace {

TEST(CheckCode, TheSetUpSheetHoldsTheGs1CodeThatIsExpected) {
    const auto symbol = encode(Symbology::gs1_128, gs1_check().bracketed);
    ASSERT_TRUE(symbol) << symbol.error();
    EXPECT_EQ(symbol->reads_as, gs1_check().text);
    const auto layout = load_layout(KEMAS_SOURCE_DIR "/config/labels/setup-100x150.toml");
    ASSERT_TRUE(layout) << layout.error().what;
    int places = 0;
    for (const auto& box : layout->boxes) {
        if (box.kind != Box::Kind::barcode || box.symbology != Symbology::gs1_128) continue;
        ++places;
        EXPECT_TRUE(box.text.is_literal());
        EXPECT_EQ(*box.text.filled({}), gs1_check().bracketed);
    }
    EXPECT_EQ(places, setup_places);
}

TEST(CheckCode, ControlCharactersAreSeen) {
    EXPECT_EQ(visible("A\x1d"
                      "B\r\x7f"),
              "A<GS>B<0x0D><0x7F>");
}

}  // namespace
}  // namespace kemas::label
