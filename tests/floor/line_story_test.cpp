// What the books say to a parcel on the line, told through step over a real ledger.
#include "core/line/reason.hpp"
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
        "!line_not_weighed");
    EXPECT_EQ(story.arg("tracking"), "RESI0001");
    EXPECT_EQ(story.says(LineParcelRejected{"sorter", 8, "no_read", "", {}}), "!line_no_read");
}

TEST_F(LineFloor, HasASentenceForEveryReasonToReject) {
    for (int i = 0; i <= static_cast<int>(line::Reason::jam); ++i) {
        const std::string reason(to_text(static_cast<line::Reason>(i)));
        EXPECT_EQ(story.says(LineParcelRejected{"sorter", 9 + i, reason, "", {}})[0], '!')
            << reason;
    }
    EXPECT_EQ(story.says(LineParcelRejected{"sorter", 99, "jam", "", {}}), "!line_jammed");
    EXPECT_EQ(story.says(LineParcelRejected{"sorter", 99, "link_lost", "", {}}), "!line_rejected");
}

TEST_F(LineFloor, KeepsALaneShutUntilAPersonOpensIt) {
    const auto shut = [&] { return story.books().shut_lanes("sorter"); };
    EXPECT_EQ(story.says(LineLaneSwitched{"sorter", "jne", false, "SARI", "full"}),
              "+line_lane_shut");
    EXPECT_EQ(story.says(LineLaneSwitched{"sorter", "others", false, "", "two diverts unproven"}),
              "!line_lane_doubted");
    story.says(Restarted{"build", "hash"});
    ASSERT_EQ(shut().size(), 2u);
    EXPECT_EQ(shut()[0].lane, "jne");
    EXPECT_EQ(shut()[0].by, "SARI");
    EXPECT_EQ(shut()[0].reason, "full");
    EXPECT_GT(shut()[0].at.value, 0);
    EXPECT_EQ(story.says(LineLaneSwitched{"sorter", "jne", true, "ANA", "emptied"}),
              "+line_lane_opened");
    EXPECT_EQ(shut().size(), 1u);
    EXPECT_EQ(story.says(LineLaneSwitched{"sorter", "nowhere", true, "ANA", ""}),
              "-line_no_such_lane");
    EXPECT_EQ(story.says(LineLaneSwitched{"elsewhere", "jne", true, "ANA", ""}), "-line_unknown");
}

TEST_F(LineFloor, BeginsEveryRunAboveAllNumbersThatWereUsed) {
    EXPECT_EQ(story.says(LineStarted{"elsewhere"}), "-line_unknown");
    ASSERT_EQ(story.says(LineStarted{"sorter"}), "+line_started");
    EXPECT_EQ(story.arg("number"), "0");
    ASSERT_EQ(story.says(LineStarted{"sorter"}), "+line_started");  // nothing ran in between
    EXPECT_EQ(story.arg("number"), "10000");
    story.says(LineParcelRejected{"sorter", 48'000, "no_read", "", {}});
    ASSERT_EQ(story.says(LineStarted{"sorter"}), "+line_started");
    EXPECT_GE(std::stoll(story.arg("number")), 48'000);
    number = 99'000;
    pass({"WHAT"});
    ASSERT_EQ(story.says(LineStarted{"sorter"}), "+line_started");
    EXPECT_GE(std::stoll(story.arg("number")), 99'001);
}

TEST_F(LineFloor, ClearsAJamOnlyAsARecordedActOfAPerson) {
    const LineJamClearAsked asked{"sorter", "SARI", "looked", true};
    EXPECT_EQ(story.says(LineJamClearAsked{"sorter", "SARI", "looked", false}), "-line_no_jam");
    EXPECT_EQ(story.says(LineJamClearAsked{"elsewhere", "SARI", "looked", true}), "-line_unknown");
    ASSERT_EQ(story.says(asked), "+line_clearing");
    EXPECT_EQ(story.planned().back().kind, EffectKind::clear_jam);
    EXPECT_EQ(story.planned().back().device, "sorter");
    EXPECT_EQ(story.says(asked), "-line_clearing_already");
    ASSERT_EQ(story.says(EffectStarted{divert()}), "+effect_started");
    EXPECT_EQ(story.says(asked), "-line_clearing_already");
    EXPECT_EQ(story.says(EffectEnded{divert(), Outcome::failed, "no jam bit"}), "!line_jam_stays");
    ASSERT_EQ(story.says(asked), "+line_clearing");
    story.says(EffectStarted{divert()});
    EXPECT_EQ(story.says(EffectEnded{divert(), Outcome::done, ""}), "+line_jam_cleared");
}

TEST_F(LineFloor, AFeedsZonesAreClearedEachForItself) {
    const LineJamClearAsked belt{"sorter", "SARI", "looked", true};
    const LineJamClearAsked front{"sorter", "SARI", "looked", true, "infeed", "upstream"};
    const LineJamClearAsked back{"sorter", "SARI", "looked", true, "infeed", "downstream"};
    const LineJamClearAsked calm{"sorter", "SARI", "looked", false, "infeed", "upstream"};
    EXPECT_EQ(story.says(calm), "-feed_no_jam");
    ASSERT_EQ(story.says(front), "+feed_clearing");
    EXPECT_EQ(story.planned().back().device, "infeed upstream");
    const auto first = divert();
    EXPECT_EQ(story.says(front), "-feed_clearing_already");
    ASSERT_EQ(story.says(back), "+feed_clearing");
    const auto second = divert();
    ASSERT_EQ(story.says(belt), "+line_clearing");
    story.says(EffectStarted{first});
    EXPECT_EQ(story.says(EffectEnded{first, Outcome::unknown, "no sign"}), "!feed_jam_unknown");
    story.says(EffectStarted{second});
    EXPECT_EQ(story.says(EffectEnded{second, Outcome::failed, "no sign"}), "!feed_jam_stays");
    ASSERT_EQ(story.says(front), "+feed_clearing");
    EXPECT_EQ(story.books().effect(first)->state, EffectState::resolved);
    story.says(EffectStarted{divert()});
    EXPECT_EQ(story.says(EffectEnded{divert(), Outcome::done, ""}), "+feed_jam_cleared");
}

TEST_F(LineFloor, DoubtsAJamThatARestartCutOff) {
    const LineJamClearAsked asked{"sorter", "SARI", "looked", true};
    story.says(asked);
    const auto never = divert();
    story.says(Restarted{"build", "hash"});
    EXPECT_EQ(story.books().effect(never)->state, EffectState::failed);
    story.says(asked);
    const auto begun = divert();
    story.says(EffectStarted{begun});
    story.says(Restarted{"build", "hash"});
    EXPECT_EQ(story.books().effect(begun)->state, EffectState::unknown);
    // Who asks again has looked: the old act is settled with their name.
    ASSERT_EQ(story.says(asked), "+line_clearing");
    EXPECT_EQ(story.books().effect(begun)->state, EffectState::resolved);
    EXPECT_EQ(story.books().effect(begun)->resolved_by, "SARI");
}

}  // namespace
}  // namespace kemas::testing
