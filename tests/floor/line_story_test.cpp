// What the books say to a parcel on the line, told through step over a real ledger.
#include "tests/support/story.hpp"

namespace kemas::testing {
namespace {

line::Layout two_lanes() {
    line::Layout layout;
    const auto at = [](std::int64_t n) { return line::Pulses{n}; };
    layout.eyes = {{"in", at(0), at(60)},
                   {"gate 1", at(2000), at(60)},
                   {"gate 2", at(3000), at(60)},
                   {"out", at(4500), at(60)}};
    layout.readers = {{"side", at(500), at(100), true}};
    layout.decide_at = at(1000);
    layout.lanes.resize(3);
    layout.lanes[0] = {"jne", 1, at(2500), at(500), at(100), {{"JNE", ""}}, {"others"}, false};
    layout.lanes[1] = {"others", 2, at(3400), at(500), at(100), {{"*", ""}}, {}, false};
    layout.lanes[2] = {"round", 2, at(3800), at(500), at(100), {}, {}, true};
    layout.shortest_pitch = at(200);
    layout.longest_body = at(1000);
    layout.least_lead = at(100);
    layout.most_pulses_per_s = 2000;
    return layout;
}

struct LineFloor : ::testing::Test {
    static Site site() {
        auto site = small_site();
        site.policy.lines["sorter"] = two_lanes();
        return site;
    }
    Story story{site()};
    std::int64_t number = 0;

    void SetUp() override {
        ASSERT_TRUE(line::check(two_lanes())) << line::check(two_lanes()).error().what;
        story.skus().stock().tariff().numbers().order(Story::draft("W-1", {{"MUG-RED", 1}}));
        story.scan("bench-1", "B-ANA");
        story.scan("bench-1", "W-1");
        ASSERT_EQ(story.scan("bench-1", "4006381333931"), "+weigh_now");
    }
    void label() {
        ASSERT_EQ(story.weigh("bench-1", 300 + 60), "+label_coming");
        ASSERT_EQ(story.draw(), "+label_printing");
        ASSERT_EQ(story.start_print(), "+effect_started");
        ASSERT_EQ(story.end_print(Outcome::done), "+label_printed");
    }
    std::string pass(std::vector<std::string> codes, std::vector<bool> open = {true, true, true},
                     int passes = 1) {
        return story.says(
            LineParcelSeen{"sorter", ++number, std::move(codes), grams(80), open, passes});
    }
    EffectId divert() const { return story.planned().back().id; }
    std::vector<EffectState> diverts() const {
        std::vector<EffectState> states;
        for (const auto& one : story.books().effects_of(story.parcel_of("W-1").id))
            if (one.kind == EffectKind::divert) states.push_back(one.state);
        return states;
    }
};

TEST_F(LineFloor, PlansTheDivertIntoTheLaneOfItsCourier) {
    label();
    ASSERT_EQ(pass({"RESI0001"}), "+line_lane");
    EXPECT_EQ(story.arg("lane"), "jne");
    EXPECT_EQ(story.arg("effect"), to_text(divert()));
    EXPECT_EQ(story.planned().back().kind, EffectKind::divert);
    EXPECT_EQ(story.planned().back().device, "jne");
    EXPECT_EQ(story.says(EffectStarted{divert()}), "+effect_started");
    EXPECT_EQ(story.says(EffectEnded{divert(), Outcome::done, ""}), "+line_in_lane");
    EXPECT_EQ(pass({"RESI0001"}), "-line_in_a_lane");  // a second label, or a copy of it
}

TEST_F(LineFloor, FallsBackAndSendsRoundUpToTheLimit) {
    label();
    ASSERT_EQ(pass({"RESI0001"}, {false, true, true}), "+line_lane");
    EXPECT_EQ(story.arg("lane"), "others");
    ASSERT_EQ(pass({"RESI0001"}, {false, false, true}), "+line_lane");
    EXPECT_EQ(story.arg("lane"), "round");
    story.says(EffectStarted{divert()});
    story.says(EffectEnded{divert(), Outcome::done, ""});
    ASSERT_EQ(pass({"RESI0001"}, {false, false, true}, 2), "+line_lane");
    EXPECT_EQ(pass({"RESI0001"}, {false, false, true}, 3), "-line_no_lane");
    EXPECT_EQ(story.arg("why"), "too_many_passes");
}

TEST_F(LineFloor, LetsNothingLeaveThatMustNot) {
    EXPECT_EQ(pass({"RESI0001"}), "-line_unknown_code");  // the number is not used yet
    label();
    EXPECT_EQ(pass({"RESI0001", "4006381333931"}), "+line_lane");  // an item's code is no label
    EXPECT_EQ(pass({"WHAT"}), "-line_unknown_code");
    EXPECT_EQ(story.says(LineParcelSeen{"elsewhere", 9, {"RESI0001"}, {}, {true}, 1}),
              "-line_unknown");
    story.says(CancelAsked{story.order_named("W-1").key, "shop", "buyer"});
    EXPECT_EQ(pass({"RESI0001"}), "-line_stopped");
}

TEST_F(LineFloor, DoesNotStartADivertOfAnOrderThatWasCancelledSince) {
    label();
    ASSERT_EQ(pass({"RESI0001"}), "+line_lane");
    story.says(CancelAsked{story.order_named("W-1").key, "shop", "buyer"});
    EXPECT_EQ(story.says(EffectStarted{divert()}), "!divert_unwanted");
}

TEST_F(LineFloor, AsksAPersonOrWaitsForTheParcelToShowItself) {
    label();
    pass({"RESI0001"});
    story.says(EffectStarted{divert()});
    ASSERT_EQ(story.says(EffectEnded{divert(), Outcome::unknown, "no echo"}), "!line_nobody_knows");
    ASSERT_EQ(pass({"RESI0001"}), "+line_lane");
    EXPECT_EQ(diverts(), (std::vector{EffectState::resolved, EffectState::planned}));
    story.says(EffectStarted{divert()});
    story.says(EffectEnded{divert(), Outcome::unknown, "no echo"});
    EXPECT_EQ(story.says(EffectResolved{divert(), Outcome::done, "SARI", "it lies there"}),
              "+resolved_done");
    EXPECT_EQ(pass({"RESI0001"}), "-line_in_a_lane");
}

TEST_F(LineFloor, ForgetsPlannedDivertsAndDoubtsStartedOnesAtARestart) {
    label();
    pass({"RESI0001"});
    story.says(Restarted{"build", "hash"});
    EXPECT_EQ(diverts(), std::vector{EffectState::failed});
    pass({"RESI0001"});
    story.says(EffectStarted{divert()});
    story.says(Restarted{"build", "hash"});
    EXPECT_EQ(diverts(), (std::vector{EffectState::failed, EffectState::unknown}));
}

TEST_F(LineFloor, RecordsWhatTheLineRejects) {
    label();
    EXPECT_EQ(
        story.says(LineParcelRejected{"sorter", 7, "weight_refused", "unsteady", {"RESI0001"}}),
        "!line_rejected");
    EXPECT_EQ(story.arg("tracking"), "RESI0001");
    EXPECT_EQ(story.says(LineParcelRejected{"sorter", 8, "no_read", "", {}}), "!line_rejected");
}

}  // namespace
}  // namespace kemas::testing
