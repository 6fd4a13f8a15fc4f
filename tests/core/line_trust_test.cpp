// When the line believes its PLC, when it does not, and what only a person can mend.
#include "line_story.hpp"

namespace kemas::line {
namespace {

using testing::Each;
using testing::IsEmpty;
using testing::SizeIs;

TEST_F(Line, IgnoresADoubleCount) {
    place(1, "A", 5);
    run(1000);
    plc.count_double(0, false);
    run(60);
    plc.count_double(0, true);
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), 5u);
    EXPECT_FALSE(all<DoubleCount>().empty());
}

TEST_F(Line, RejectsEverythingOnTheBeltWhenThePlcStartsAnew) {
    place(1, "A", 0);
    run(1000);
    place(2, "B", 1);
    run(2500);  // 1 has its divert in the PLC, 2 is before its gate
    ASSERT_FALSE(all<WriteDivert>().empty());
    plc.restart();
    run(500);
    place(3, "C", 1);
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), reject_lane());
    EXPECT_EQ(landed.at(2), reject_lane());
    EXPECT_EQ(end_of(1), Proof::unknown);
    EXPECT_EQ(reject_of(2), "plc_restarted");
    EXPECT_EQ(landed.at(3), 1u);
    EXPECT_THAT(all<Trusted>(), SizeIs(1));
}

TEST_F(Line, RecognisesARestartByTheCountersAlone) {
    spoil = [](Polled& look) { look.boot = 0; };
    run(60);
    place(1, "A", 3);
    run(3000);
    plc.restart();
    run(60);
    EXPECT_THAT(all<Distrusted>(),
                Each(testing::Field(&Distrusted::reason, Reason::plc_restarted)));
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), reject_lane());
}

TEST_F(Line, DistrustsAnEncoderThatStandsWhileBodiesPass) {
    place(1, "A", 3);
    run(2000);
    plc.stick(sim::Stuck::encoder, 0);
    run(kWholeLine);
    EXPECT_EQ(reject_of(1), "encoder_fault");
    EXPECT_EQ(landed.at(1), reject_lane());
    plc.stick(sim::Stuck::nothing, 0);
    run(200);
    place(2, "B", 3);
    run(kWholeLine);
    EXPECT_EQ(landed.at(2), 3u);
}

TEST_F(Line, LosesWhatADeadEyeDoesNotCount) {
    plc.stick(sim::Stuck::eye_count, 3);
    for (int i = 0; i < 4; ++i) {
        place(i + 1, "P" + std::to_string(i), 4);
        run(700);
    }
    run(kWholeLine);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(landed.at(i + 1), reject_lane());
    ASSERT_THAT(all<EyeSilent>(), SizeIs(1));
    EXPECT_EQ(all<EyeSilent>()[0].eye, "gate 2");
}

TEST_F(Line, KeepsAParcelOverAShortPullOfTheCable) {
    place(1, "A", 4);
    run(4500);
    cable = false;
    run(600);  // no eye in between
    cable = true;
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), 4u);
}

TEST_F(Line, RejectsThoseWhoPassedAnEyeTogetherUnseen) {
    place(1, "A", 4);
    run(640);
    place(2, "B", 4);
    run(2200);
    cable = false;
    run(1500);  // both pass the gate at 3,000
    cable = true;
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), reject_lane());
    EXPECT_EQ(landed.at(2), reject_lane());
    EXPECT_EQ(reject_of(1), "unseen_gap");
}

TEST_F(Line, RejectsEverythingAfterALongPull) {
    place(1, "A", 4);
    run(3000);
    cable = false;
    stand(2100);
    cable = true;
    run(kWholeLine);
    EXPECT_EQ(reject_of(1), "link_lost");
    EXPECT_EQ(landed.at(1), reject_lane());
    EXPECT_TRUE(plc.safe() || !all<Trusted>().empty());
}

TEST_F(Line, DistrustsAPlcWhoseHeartbeatStands) {
    place(1, "A", 4);
    run(3000);
    plc.stick(sim::Stuck::heartbeat, 0);
    run(kWholeLine);
    EXPECT_THAT(reject_of(1), "plc_frozen");
}

TEST_F(Line, WaitsForAPersonAfterAJam) {
    place(1, "A", 1);
    run(3000);
    plc.jam();
    stand(5000);
    EXPECT_EQ(reject_of(1), "jam");
    EXPECT_THAT(all<ClearJam>(), IsEmpty());
    EXPECT_THAT(all<Trusted>(), IsEmpty());
    hear(JamCleared{now, "budi"});
    ASSERT_THAT(all<ClearJam>(), SizeIs(1));
    EXPECT_EQ(all<ClearJam>()[0].by, "budi");
    run(100);
    EXPECT_THAT(all<Trusted>(), SizeIs(1));
    place(2, "B", 1);
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), reject_lane());
    EXPECT_EQ(landed.at(2), 1u);
}

TEST_F(Line, CallsAnEyeThatStaysBlockedAJam) {
    spoil = [](Polled& look) { look.eyes[2].blocked = true; };
    run(1600);
    ASSERT_THAT(all<Distrusted>(), SizeIs(1));
    EXPECT_EQ(all<Distrusted>()[0].reason, Reason::jam);
}

TEST_F(Line, BeatsAtLeastEveryHalfSecondWhateverHappens) {
    Instant last = now;
    std::int64_t longest = 0;
    for (int i = 0; i < 600; ++i) {
        if (i == 200) cable = false;
        if (i == 450) cable = true;
        actions.clear();
        tick(20);
        if (!all<BeatHeart>().empty()) {
            longest = std::max(longest, now.value - last.value);
            last = now;
        }
    }
    EXPECT_LE(longest, 500);
    EXPECT_GT(longest, 0);
}

TEST_F(Line, OnlyBeatsAtStartAndAfterEveryReturn) {
    const auto only_beats = [&] {
        for (const auto& action : actions)
            if (std::holds_alternative<ClearJam>(action) ||
                std::holds_alternative<WriteDivert>(action))
                return false;
        return true;
    };
    plc.jam();
    stand(100);
    cable = false;
    stand(3000);
    cable = true;
    stand(1000);
    plc.restart();
    stand(1000);
    EXPECT_TRUE(only_beats());
}

TEST_F(Line, AsksThePlcNothingAboutAJamThatItDoesNotSee) {
    spoil = [](Polled& look) { look.eyes[2].blocked = true; };
    run(1600);
    spoil = nullptr;
    hear(JamCleared{now, "budi"});
    EXPECT_THAT(all<ClearJam>(), IsEmpty());
    run(100);
    EXPECT_THAT(all<Trusted>(), SizeIs(1));
}

TEST_F(Line, WaitsForAPersonAgainWhenTheJamStays) {
    plc.jam();
    stand(100);
    hear(JamCleared{now, "budi"});
    plc.jam();  // it came back at once
    hear(JamStays{now});
    stand(500);
    plc.clear_jam();  // at its panel: that is no word of a person to us
    stand(500);
    EXPECT_THAT(all<Trusted>(), IsEmpty());
    hear(JamCleared{now, "budi"});
    run(100);
    EXPECT_THAT(all<Trusted>(), SizeIs(1));
    EXPECT_THAT(all<ClearJam>(), SizeIs(1));
}

}  // namespace
}  // namespace kemas::line
