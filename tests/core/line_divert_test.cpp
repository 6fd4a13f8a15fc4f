// From the lane that is given to the proof that the parcel is in it.
#include "line_story.hpp"

namespace kemas::line {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

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

TEST_F(Line, TakesItsNumbersFromTheBooksAndStepsOverThePlcsLast) {
    plc.take_divert({wire_number(70'001), 0, 0, 0});  // of another run
    state = start(layout, 70'000);
    run(100);
    place(1, "A", 0);
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), 0u);
    EXPECT_EQ(all<AskLane>().back().parcel, 70'002);
    EXPECT_EQ(all<WriteDivert>().back().wire, wire_number(70'002));
}

// Its mailbox is empty then: nothing in the PLC says which numbers are used.
TEST_F(Line, NeverCountsAnewAfterAPlcReboot) {
    state = start(layout, 70'000);
    run(100);
    plc.restart();
    run(500);
    place(1, "A", 0);
    run(kWholeLine);
    EXPECT_EQ(landed.at(1), 0u);
    EXPECT_GT(all<AskLane>().back().parcel, 70'000);
    plc.restart();
    state = start(layout, state.last_number);  // and a restart of ours on top
    run(500);
    place(2, "B", 0);
    run(kWholeLine);
    EXPECT_EQ(landed.at(2), 0u);
    EXPECT_GT(all<AskLane>().back().parcel, all<AskLane>()[all<AskLane>().size() - 2].parcel);
}

}  // namespace
}  // namespace kemas::line
