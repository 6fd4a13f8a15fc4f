// Who is on the belt: parcels known, lost, foreign, moved, misread.
#include "line_story.hpp"

namespace kemas::line {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

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

}  // namespace
}  // namespace kemas::line
