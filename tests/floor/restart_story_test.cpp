// What a restart may not forget, and what it may not ask about.
#include "tests/support/story.hpp"

namespace kemas::testing {
namespace {

const std::string red = "4006381333931";

struct Restart : ::testing::Test {
    Story story;
    void SetUp() override {
        story.skus().stock().tariff().numbers();
        story.order(Story::draft("W-1", {{"MUG-RED", 1}}));
        ASSERT_EQ(story.scan("bench-1", "B-ANA"), "+signed_in");
        ASSERT_EQ(story.scan("bench-1", "W-1"), "+order_open");
        ASSERT_EQ(story.scan("bench-1", red), "+weigh_now");
    }
};

TEST_F(Restart, TakesTheFirstWeightOfAScaleThatCountsAnew) {
    for (std::uint64_t n = 1; n <= 5; ++n)  // too light each time: taken and judged
        ASSERT_EQ(story.says(LoadSettled{"scale-1", n, grams(100), grams(1), ""}, "bench-1"),
                  "!too_light");
    story.reopen();
    story.says(LoadDisturbed{"scale-1", 0}, "bench-1");
    EXPECT_EQ(story.says(LoadSettled{"scale-1", 1, grams(360), grams(1), ""}, "bench-1"),
              "+label_coming");
}

// One parcel is done; the next order of the same content waits for its weight.
void next_alike(Story& story) {
    story.weigh("bench-1", 360);
    story.draw();
    story.start_print();
    story.end_print(Outcome::done);
    ASSERT_EQ(story.scan("bench-1", "RESI0001"), "+staged");
    story.order(Story::draft("W-2", {{"MUG-RED", 1}}));
    ASSERT_EQ(story.scan("bench-1", "W-2"), "+order_open");
    ASSERT_EQ(story.scan("bench-1", red), "+weigh_now");
}

TEST_F(Restart, NeverTakesAParcelThatStillLiesThereForTheNextOne) {
    next_alike(story);
    story.says(ScaleFailed{"scale-1", "no answer"}, "bench-1");
    EXPECT_EQ(story.weigh("bench-1", 361), "!lift_parcel") << "settled anew after the fault";
    story.reopen();
    EXPECT_EQ(story.weigh("bench-1", 360), "!lift_parcel") << "and again after a restart";
    EXPECT_EQ(story.parcel_of("W-2").weighed_at.value, 0);
}

TEST_F(Restart, TakesTheSameWeightOnceTheParcelBeforeWasLifted) {
    next_alike(story);
    story.says(LoadDisturbed{"scale-1", 1}, "bench-1");
    EXPECT_EQ(story.weigh("bench-1", 360), "+label_coming");
}

TEST_F(Restart, NeverAsksAboutALabelThatWasScanned) {
    story.weigh("bench-1", 360);
    story.draw();
    ASSERT_EQ(story.start_print(), "+effect_started");
    ASSERT_EQ(story.scan("bench-1", "RESI0001"),
              "+staged");  // paper in the hand, the printer not yet done
    story.reopen();
    EXPECT_TRUE(story.books().effects_in(EffectState::unknown).empty());
    EXPECT_TRUE(story.books().effects_in(EffectState::started).empty());
}

TEST_F(Restart, NeverAsksAboutAScannedLabelWhosePrinterBrokeOff) {
    story.weigh("bench-1", 360);
    story.draw();
    story.start_print();
    story.scan("bench-1", "RESI0001");
    EXPECT_EQ(story.end_print(Outcome::unknown), "+label_printed");
    EXPECT_TRUE(story.books().effects_in(EffectState::unknown).empty());
}

}  // namespace
}  // namespace kemas::testing
