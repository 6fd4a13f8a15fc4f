// A scale under the belt: who lies on it, and its readings made even.
#include "core/line/plate.hpp"
#include "core/weighing/crossing.hpp"
#include "line_story.hpp"

namespace kemas::line {
namespace {

class OnPlate : public Line {
 protected:
    OnPlate() {
        layout.longest_body = Pulses{450};
        layout.plate = Plate{Pulses{500}, Pulses{1300}};
        layout.scale->at = Pulses{1300};
        layout.scale->reach = Pulses{1};
        weight.reset();
        readers_work = false;
    }
    Number alone(std::int64_t ms_after_poll = 0) {
        return alone_on_plate(layout, state, Instant{now.value + ms_after_poll});
    }
};

TEST_F(OnPlate, IsTheOneThatLiesThereWholeAndNoOther) {
    place(1, "");
    run(840);  // its tail is at 490
    EXPECT_EQ(alone(), 0);
    run(40);
    EXPECT_EQ(alone(), 1);
    EXPECT_FALSE(has_left_plate(layout, state, 1));
    run(480);  // its head is past 1,300
    EXPECT_EQ(alone(), 0);
    EXPECT_TRUE(has_left_plate(layout, state, 1));
    EXPECT_TRUE(has_left_plate(layout, state, 99));
}

TEST_F(OnPlate, IsNobodyWhileTwoTouchIt) {
    place(1, "");
    run(600);
    place(2, "");
    run(500);  // tails at 750 and 150: the second one's head at 450
    EXPECT_EQ(alone(), 1);
    run(80);
    EXPECT_EQ(alone(), 0);
}

TEST_F(OnPlate, IsNobodyWhenThePollIsTooOldToTell) {
    place(1, "");
    run(1150);  // tail at 800, head at 1,100
    EXPECT_EQ(alone(), 1);
    EXPECT_EQ(alone(50), 1);
    EXPECT_EQ(alone(100), 0);  // perhaps at 1,330 by now
    EXPECT_EQ(alone(kPositionsKnownFor.value + 1), 0);
}

TEST_F(OnPlate, TakesItsWeightByItsNumber) {
    place(1, "");
    run(1300);
    hear(Weighed{now, grams(1234), "", 1});
    ASSERT_FALSE(state.belt.empty());
    EXPECT_EQ(state.belt.front().gross, grams(1234));
    hear(Weighed{now, grams(1234), "", 77});  // nobody's
    EXPECT_EQ(reject_of(1), "");
}

TEST_F(OnPlate, MustBeginWhereEveryTailIsCounted) {
    EXPECT_TRUE(check(layout)) << check(layout).error().what;
    layout.plate->from = Pulses{400};
    EXPECT_FALSE(check(layout));
    layout.plate = Plate{Pulses{500}, layout.decide_at};
    EXPECT_FALSE(check(layout));
}

using weighing::evened;
using weighing::TimedReading;

TEST(Evened, DrawsStraightLinesBetweenReadings) {
    const std::vector<TimedReading> readings{
        {0, grams(0)}, {15'000, grams(15)}, {20'000, grams(20)}, {40'000, grams(40)}};
    const auto samples = evened(readings, 100, 30);
    EXPECT_THAT(samples,
                testing::ElementsAre(grams(0), grams(10), grams(20), grams(30), grams(40)));
}

TEST(Evened, BeginsAfterTheLastGap) {
    const std::vector<TimedReading> readings{
        {0, grams(9)}, {10'000, grams(9)}, {60'000, grams(1)}, {70'000, grams(1)}};
    EXPECT_THAT(evened(readings, 100, 30), testing::ElementsAre(grams(1), grams(1)));
    EXPECT_TRUE(evened({}, 100, 30).empty());
}

}  // namespace
}  // namespace kemas::line
