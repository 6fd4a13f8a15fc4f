// The page a printer is set up with, and the GS1 code of the check sheet.
#include "label/test_page.hpp"

#include <gtest/gtest.h>

#include "label/check_code.hpp"
#include "label/gs1_barcode.hpp"

namespace kemas::label {
namespace {

TestPage plan_of(int width_mm, int height_mm) {
    TestPage plan;
    plan.width = width_mm * 8;
    plan.height = height_mm * 8;
    plan.printer = "printer-{1}";
    plan.printed_at = "2026-11-21 13:22";
    plan.code = "KMSCHK4711";
    return plan;
}

TEST(TestPage, HasItsCodeInTwoThreeAndFourDots) {
    const auto drawn = draw_test_page(plan_of(100, 150));
    ASSERT_TRUE(drawn) << drawn.error();
    ASSERT_EQ(drawn->barcodes.size(), 3u);
    EXPECT_EQ(drawn->barcodes[0].text, "KMSCHK47112");
    EXPECT_EQ(drawn->barcodes[1].text, "KMSCHK47113");
    EXPECT_EQ(drawn->barcodes[2].text, "KMSCHK47114");
}

TEST(TestPage, ReachesAllFourEdges) {
    const auto drawn = draw_test_page(plan_of(100, 150));
    ASSERT_TRUE(drawn) << drawn.error();
    const Page& page = drawn->page;
    for (const int x : {0, page.width / 2, page.width - 1}) {
        EXPECT_TRUE(page.black(x, 0)) << x;
        EXPECT_TRUE(page.black(x, page.height - 1)) << x;
    }
    EXPECT_TRUE(page.black(0, page.height / 2));
    EXPECT_TRUE(page.black(page.width - 1, page.height / 2));
}

TEST(TestPage, ItsWedgeGrowsDarkerInEightEvenSteps) {
    const auto drawn = draw_test_page(plan_of(100, 150));
    ASSERT_TRUE(drawn) << drawn.error();
    const int left = 5 * 8, step = (100 * 8 - left - 3 * 8) / 8;
    for (int n = 0; n < 8; ++n) {
        int black = 0;
        for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 64; ++x)
                black += drawn->page.black(left + n * step + 8 + x, 24 * 8 + y);
        EXPECT_EQ(black, 64 * (n + 1)) << "step " << n;
    }
}

TEST(TestPage, ASmallLabelHasFewerBarcodesAndATinyOneIsRefused) {
    const auto small = draw_test_page(plan_of(60, 65));
    ASSERT_TRUE(small) << small.error();
    EXPECT_EQ(small->barcodes.size(), 1u);
    EXPECT_FALSE(draw_test_page(plan_of(40, 30)));
}

TEST(Gs1Barcode, RefusesWhatIsNoElementString) {
    EXPECT_TRUE(gs1_128("[01]02000000000008[21]KMSCHK-7[10]B2"));
    EXPECT_FALSE(gs1_128("[01]02000000000009[21]A")) << "a wrong check digit";
    EXPECT_FALSE(gs1_128("plain"));
}

}  // namespace
}  // namespace kemas::label
