// Which lane takes a parcel, and what makes a layout unfit.
#include "core/line/lane_choice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drivers/sim/line_world.hpp"

namespace kemas::line {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class LaneChoiceTest : public testing::Test {
 protected:
    std::string choose(const std::string& courier, const std::string& service, int passes = 1) {
        const auto lane = choose_lane(layout, open, courier, service, passes);
        return lane ? layout.lanes[*lane].name : std::string(to_text(lane.error()));
    }
    void shut(const std::string& lane) { open[*lane_named(layout, lane)] = false; }

    Layout layout = sim::sample_layout();
    std::vector<bool> open = std::vector<bool>(layout.lanes.size(), true);
};

TEST_F(LaneChoiceTest, PrefersTheLaneOfTheService) {
    EXPECT_EQ(choose("JNE", "REG"), "JNE");
    EXPECT_EQ(choose("JNE", "YES"), "others");
    EXPECT_EQ(choose("LION", "REG"), "others");
}

TEST_F(LaneChoiceTest, FallsBackWhenItsLaneIsShut) {
    shut("others");
    EXPECT_EQ(choose("JNE", "YES"), "JNE");
    EXPECT_EQ(choose("LION", ""), "round");
    shut("round");
    EXPECT_EQ(choose("LION", ""), "lanes_shut");
    EXPECT_EQ(choose("SICEPAT", ""), "SICEPAT");
}

TEST_F(LaneChoiceTest, UsesTheNamedFallbackBeforeItSendsRound) {
    shut("JNE");
    EXPECT_EQ(choose("JNE", "REG"), "others");
    shut("others");
    EXPECT_EQ(choose("JNE", "REG"), "round");
    shut("JNT");
    EXPECT_EQ(choose("JNT", "REG"), "round");  // it has no fallback
}

TEST_F(LaneChoiceTest, SendsRoundNoMoreThanTheLimit) {
    shut("JNT");
    EXPECT_EQ(choose("JNT", "", 2), "round");
    EXPECT_EQ(choose("JNT", "", 3), "too_many_passes");
}

TEST_F(LaneChoiceTest, HasNoLaneForAStranger) {
    EXPECT_EQ(choose("FEDEX", ""), "no_lane");
    layout.lanes[5].takes.push_back({"*", ""});
    EXPECT_EQ(choose("FEDEX", "IP"), "others");
    EXPECT_THAT(lanes_for(layout, "JNE", "REG"), ElementsAre(0u, 5u));
}

TEST(LayoutCheck, TakesTheSample) {
    const auto layout = sim::sample_layout();
    const auto checked = check(layout);
    EXPECT_TRUE(checked) << checked.error().what;
}

TEST(LayoutCheck, NamesWhatIsWrong) {
    const auto refuses = [](auto change, const char* because) {
        auto layout = sim::sample_layout();
        change(layout);
        const auto checked = check(layout);
        ASSERT_FALSE(checked) << because;
        EXPECT_THAT(checked.error().what, HasSubstr(because));
    };
    refuses([](Layout& l) { l.eyes[2].window = {100}; }, "eye 'gate 1'");
    refuses([](Layout& l) { l.eyes[2].at = {1600}; }, "eye 'gate 1'");
    refuses([](Layout& l) { l.eyes[0].at = {5}; }, "must be at 0");
    refuses([](Layout& l) { l.readers[0].reach = {160}; }, "'side'");
    refuses([](Layout& l) { l.scale->at = {1300}; }, "'scale' must end before");
    refuses([](Layout& l) { l.readers.clear(); }, "reader");
    refuses([](Layout& l) { l.lanes[0].divert_at = {3100}; }, "nearer to its gate");
    refuses([](Layout& l) { l.lanes[0].divert_at = {4500}; }, "make it the gate");
    refuses([](Layout& l) { l.lanes[0].gate = 0; }, "its gate");
    refuses([](Layout& l) { l.lanes[0].fallback = {"nowhere"}; }, "'nowhere'");
    refuses([](Layout& l) { l.lanes[1].name = "JNE"; }, "twice");
    refuses([](Layout& l) { l.lanes[1].takes.clear(); }, "takes nothing");
    refuses([](Layout& l) { l.most_passes = 0; }, "most_passes");
    refuses([](Layout& l) { l.most_pulses_per_s = 0; }, "most_pulses_per_s");
    refuses([](Layout& l) { l.counter_bits = 8; }, "counter_bits");
}

}  // namespace
}  // namespace kemas::line
