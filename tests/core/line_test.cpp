// Stories of one or a few parcels on the line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "line_story.hpp"

namespace kemas::line {
namespace {

using testing::AnyOf;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr int kWholeLine = 14'000;

class Line : public testing::Test, public LineStory {};

TEST_F(Line, SendsAParcelIntoItsLaneAndProvesIt) {
    place(1, "A", 2);
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), 2u);
    EXPECT_EQ(end_of(1), Proof::done);
    EXPECT_EQ(reject_of(1), "");
    const auto asked = all<AskLane>();
    ASSERT_THAT(asked, SizeIs(1));
    EXPECT_THAT(asked[0].codes, ElementsAre("A"));
    EXPECT_EQ(asked[0].gross, grams(1000));
}

TEST_F(Line, SendsEachOfARowIntoItsOwnLane) {
    for (int i = 0; i < 12; ++i) {
        place(i + 1, "P" + std::to_string(i), static_cast<std::size_t>(i % 6));
        run(640);
    }
    run(kWholeLine);
    for (int i = 0; i < 12; ++i) {
        EXPECT_EQ(landed.at(i + 1), static_cast<std::size_t>(i % 6));
        EXPECT_EQ(end_of(i + 1), Proof::done);
    }
}

TEST_F(Line, LetsANoReadRunOut) {
    place(1, "");
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), reject_lane());
    EXPECT_EQ(reject_of(1), "no_read");
    EXPECT_THAT(all<RejectSeen>(), SizeIs(1));
    EXPECT_THAT(all<AskLane>(), IsEmpty());
}

TEST_F(Line, CallsARemovedParcelLostAndKeepsTheOthers) {
    place(1, "A", 1);
    run(1000);
    place(2, "B", 1);
    run(2500);
    belt.remove(1);
    run(kWholeLine);
    EXPECT_EQ(reject_of(1), "lost");
    EXPECT_EQ(end_of(1), Proof::failed);  // its lane was given, nothing was written
    EXPECT_EQ(landed.at(2), 1u);
}

TEST_F(Line, LetsAnInsertedBodyRunOutAsForeign) {
    place(1, "A", 1);
    run(2000);
    ASSERT_TRUE(belt.put(9, 500, 300));
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), 1u);
    EXPECT_EQ(landed.at(9), reject_lane());
    EXPECT_EQ(reject_of(2), "foreign");
}

TEST_F(Line, DoesNotTrustTheNeighbourOfAForeignBody) {
    place(1, "A", 4);
    run(3000);
    ASSERT_TRUE(belt.put(9, 2250, 200));  // on its heels
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), reject_lane());
    EXPECT_EQ(reject_of(1), "doubtful");
}

TEST_F(Line, FollowsASmallSlip) {
    place(1, "A", 3);
    for (int i = 0; i < 4; ++i) {
        run(1400);
        belt.slip(1, 50);
    }
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), 3u);
    EXPECT_EQ(end_of(1), Proof::done);
}

TEST_F(Line, DoesNotDivertAParcelThatSlippedFar) {
    place(1, "A", 3);
    run(4000);
    belt.slip(1, 200);
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), reject_lane());
    EXPECT_EQ(reject_of(1), "lost");
    EXPECT_EQ(reject_of(2), "foreign");
}

TEST_F(Line, LetsAParcelRunOutThatSlipsBetweenGateAndDivert) {
    place(1, "A", 0);
    run(3500);  // its tail is past the gate at 3,000
    ASSERT_THAT(all<WriteDivert>(), Each(testing::Field(&WriteDivert::wire, 1)));
    ASSERT_FALSE(all<WriteDivert>().empty());
    belt.slip(1, 150);
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), reject_lane());
    EXPECT_EQ(end_of(1), Proof::unknown);
    EXPECT_EQ(reject_of(2), "foreign");
}

TEST_F(Line, RejectsABodyOfAnotherLengthInTheSamePlace) {
    place(1, "A", 3);
    run(4000);
    belt.remove(1);
    ASSERT_TRUE(belt.put(9, 3610, 200));
    run(kWholeLine);
    EXPECT_EQ(landed.at(9), reject_lane());
    EXPECT_EQ(reject_of(1), "other_length");
}

TEST_F(Line, RejectsWhenOneReaderSaysTwoThings) {
    readers_work = false;
    place(1, "");
    run(700);
    hear(Scanned{now, "side", {"A"}});
    hear(Scanned{now, "side", {"B"}});
    run(kWholeLine);
    EXPECT_EQ(reject_of(1), "two_results");
    EXPECT_EQ(landed.at(1), reject_lane());
}

TEST_F(Line, MergesWhatTheReadersSee) {
    readers_work = false;
    layout.scale.reset();
    place(1, "");
    run(700);
    hear(Scanned{now, "side", {"B", "A"}});
    run(300);
    hear(Scanned{now, "camera", {"A", "C"}});
    run(1000);
    const auto asked = all<AskLane>();
    ASSERT_THAT(asked, SizeIs(1));
    EXPECT_THAT(asked[0].codes, ElementsAre("A", "B", "C"));
}

TEST_F(Line, RejectsTwoParcelsWithOneCode) {
    place(1, "A", 1);
    run(1000);
    place(2, "A", 1);
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), reject_lane());
    EXPECT_EQ(landed.at(2), reject_lane());
}

// A reader whose results come one parcel late would give each parcel its neighbour's lane.
TEST_F(Line, DoesNotBelieveAReaderThatIsLate) {
    readers_work = false;
    layout.scale.reset();
    for (int i = 0; i < 6; ++i) {
        place(i + 1, "");
        run(640);
        if (i > 0) hear(Scanned{now, "side", {"P" + std::to_string(i - 1)}});
        run(300);
        hear(Scanned{now, "camera", {}});
    }
    run(kWholeLine);
    EXPECT_THAT(all<AskLane>(), IsEmpty());
    EXPECT_THAT(all<ReaderLate>(), SizeIs(1));
}

TEST_F(Line, BelievesALateReaderAgainWhenAnotherSaysTheSame) {
    readers_work = false;
    layout.scale.reset();
    std::swap(layout.readers[0].name, layout.readers[1].name);  // the camera sees it first
    for (int i = 0; i < 3; ++i) {
        const auto code = "P" + std::to_string(i);
        place(i + 1, "");
        run(640);
        hear(Scanned{now, "camera", {code}});
        run(300);
        if (i > 0) hear(Scanned{now, "side", {code}});
        run(60);
    }
    EXPECT_THAT(all<ReaderLate>(), SizeIs(1));
    for (const auto& reader : state.readers) EXPECT_EQ(reader.owes, 0);
}

TEST_F(Line, RejectsWithoutAWeight) {
    weight.reset();
    place(1, "A");
    run(kWholeLine);
    EXPECT_EQ(reject_of(1), "weight_refused");
    EXPECT_EQ(landed.at(1), reject_lane());
}

TEST_F(Line, LetsAParcelRunOutThatTheBooksDoNotKnow) {
    place(1, "A", std::nullopt);
    run(1900);
    ASSERT_THAT(all<AskLane>(), SizeIs(1));
    hear(LaneDenied{now, 1, Reason::refused, "order cancelled"});
    run(kWholeLine);
    EXPECT_EQ(reject_of(1), "refused");
    EXPECT_EQ(all<Rejected>().front().why, "order cancelled");
    EXPECT_EQ(landed.at(1), reject_lane());
}

TEST_F(Line, LetsAParcelRunOutWithoutAnAnswer) {
    place(1, "A", std::nullopt);
    run(kWholeLine);
    EXPECT_EQ(reject_of(1), "no_answer");
    EXPECT_EQ(landed.at(1), reject_lane());
    hear(LaneGiven{now, 1, 2});
    EXPECT_EQ(end_of(1), Proof::failed);
}

TEST_F(Line, RefusesAnAnswerAfterTheGate) {
    place(1, "A", std::nullopt);
    run(4000);
    hear(LaneGiven{now, 1, 0});
    run(kWholeLine);
    EXPECT_EQ(reject_of(1), "too_late");
    EXPECT_EQ(end_of(1), Proof::failed);
    EXPECT_THAT(all<WriteDivert>(), IsEmpty());
}

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

TEST_F(Line, ShutsALaneThatProvesNothingAndOpensItForAPerson) {
    plc.stick(sim::Stuck::lane_count, 0);
    for (int i = 0; i < 3; ++i) {
        place(i + 1, "P" + std::to_string(i), 0);
        run(5500);
    }
    EXPECT_EQ(end_of(1), Proof::unknown);
    EXPECT_EQ(end_of(2), Proof::unknown);
    EXPECT_THAT(all<LaneShut>(), SizeIs(1));
    EXPECT_EQ(reject_of(3), "lanes_shut");
    EXPECT_FALSE(lanes_open(state)[0]);
    hear(LaneSwitched{now, 0, true, "budi"});
    EXPECT_TRUE(lanes_open(state)[0]);
}

TEST_F(Line, LetsAParcelRunOutThatThePlcRefuses) {
    plc.down[1] = true;
    spoil = [](Polled& look) { look.lanes[1].down = false; };  // it has not told yet
    place(1, "A", 1);
    run(kWholeLine);
    EXPECT_EQ(end_of(1), Proof::failed);
    EXPECT_EQ(reject_of(1), "plc_refused");
    EXPECT_EQ(landed.at(1), reject_lane());
}

TEST_F(Line, AsksAPersonWhenAParcelIsCountedInItsLaneAndBehindIt) {
    place(1, "A", 0);
    run(4700);  // in its lane's chute; the eye behind the divert bounces
    plc.count_double(3, true);
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), 0u);
    EXPECT_EQ(end_of(1), Proof::unknown);
    EXPECT_EQ(reject_of(1), "");
}

TEST_F(Line, WritesTheSameNumberUntilItsEchoAndNoOther) {
    writes_arrive = false;
    place(1, "A", 0);
    run(3700);
    const auto writes = all<WriteDivert>();
    EXPECT_GE(writes.size(), 3u);
    for (const auto& write : writes) {
        EXPECT_EQ(write.wire, 1);
        EXPECT_EQ(write.target, writes[0].target);
        EXPECT_GT(write.not_after, Milliseconds{0});
    }
    EXPECT_LT(writes.back().not_after, writes.front().not_after);
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), reject_lane());
    EXPECT_EQ(end_of(1), Proof::failed);  // seen going straight on
    EXPECT_EQ(reject_of(1), "not_diverted");
}

TEST_F(Line, TellsOfABodyInALaneThatNobodySent) {
    ++belt.lane_eyes[2].count;
    run(20);
    ASSERT_THAT(all<Stray>(), SizeIs(1));
    EXPECT_EQ(all<Stray>()[0].lane, 2u);
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

TEST_F(Line, GoesOnBehindTheLastNumberThatThePlcHasSeen) {
    plc.take_divert({65'535, 0, 0, 0});
    state = start(layout, 70'000);
    run(100);
    EXPECT_EQ(wire_number(state.last_number + 1), 1);
    EXPECT_GE(state.last_number, 70'000);
    place(1, "A", 0);
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), 0u);
}

TEST_F(Line, CountsHowOftenAParcelComesRound) {
    for (int round = 1; round <= 3; ++round) {
        place(round, "A", 6);  // the lane that brings it back
        run(kWholeLine);
        EXPECT_EQ(landed.at(round), 6u);
        EXPECT_EQ(all<AskLane>().back().passes, round);
    }
    place(4, "A", 1);
    run(kWholeLine);
    EXPECT_EQ(all<AskLane>().back().passes, 4);
    EXPECT_TRUE(state.passes.empty());
}

}  // namespace
}  // namespace kemas::line
