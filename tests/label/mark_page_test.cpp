// A mark goes where a page is white, and nowhere else.
#include "label/mark_page.hpp"

#include <gtest/gtest.h>

namespace kemas::label {
namespace {

Page white(int width = 800, int height = 1200) {
    Page page{width, height, 203, {}};
    page.bits.resize(static_cast<std::size_t>(page.row_bytes()) * static_cast<std::size_t>(height));
    return page;
}

void ink(Page& page, int left, int top, int right, int bottom) {
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x)
            page.bits[static_cast<std::size_t>(y * page.row_bytes() + x / 8)] |=
                static_cast<std::uint8_t>(0x80 >> (x % 8));
}

int dots(const Page& page) {
    int count = 0;
    for (int y = 0; y < page.height; ++y)
        for (int x = 0; x < page.width; ++x) count += page.black(x, y);
    return count;
}

TEST(MarkPage, KeepsTwoMillimetresFromOtherInk) {
    auto page = white();
    ink(page, 0, 0, 800, 600);
    ink(page, 0, 700, 800, 1200);
    const auto before = page;
    ASSERT_TRUE(mark_page(page, "REPRINT 1"));
    EXPECT_GT(dots(page), dots(before) + 50);
    for (int x = 0; x < 800; ++x) {
        for (int y = 600; y < 616; ++y) ASSERT_FALSE(page.black(x, y));
        for (int y = 684; y < 700; ++y) ASSERT_FALSE(page.black(x, y));
    }
}

TEST(MarkPage, LeavesAFullPageAsItIs) {
    auto page = white();
    for (int y = 0; y < 1200; y += 40) ink(page, 0, y, 800, y + 20);
    const auto before = page.bits;
    EXPECT_FALSE(mark_page(page, "REPRINT 1"));
    EXPECT_EQ(page.bits, before);
}

TEST(MarkPage, TwoMarksDoNotMeet) {
    auto page = white();
    ASSERT_TRUE(mark_page(page, "REPRINT 1"));
    const int one = dots(page);
    ASSERT_TRUE(mark_page(page, "run 3  7/40"));
    EXPECT_GT(dots(page), one + 50);
}

}  // namespace
}  // namespace kemas::label
