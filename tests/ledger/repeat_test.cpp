// One key, one row, one answer, however often it is told.
#include "tests/ledger/bench.hpp"

namespace kemas::testing {
namespace {

const Instant later{1'800'000'000'000};

struct Repeat : ::testing::Test {
    Story story;
    void SetUp() override { story.skus(); }
    std::vector<Done> tell(const std::vector<Envelope>& batch) {
        auto done = story.ledger().turn(batch, later);
        EXPECT_TRUE(done) << done.error().what;
        return done.value_or(std::vector<Done>{});
    }
};

TEST_F(Repeat, GetsTheFirstAnswer) {
    const auto first = tell({{"k-1", "bench-1", CodeScanned{"B-ANA"}}}).at(0);
    const auto again = tell({{"k-1", "bench-1", CodeScanned{"B-ANA"}}}).at(0);
    EXPECT_FALSE(first.repeat);
    EXPECT_TRUE(again.repeat);
    EXPECT_EQ(again.seq, first.seq);
    EXPECT_EQ(again.at, first.at);
    EXPECT_EQ(ledger::encode(again.answer), ledger::encode(first.answer));
    EXPECT_TRUE(again.effects.empty()) << "an act must not be asked for twice";
    EXPECT_EQ(story.ledger().last_seq(), first.seq);
}

TEST_F(Repeat, GetsTheFirstAnswerWithinOneBatch) {
    story.stock().order(Story::draft("W-1", {{"MUG-RED", 2}}));
    const auto done = tell({{"k-0", "bench-1", CodeScanned{"B-ANA"}},
                            {"k-1", "bench-1", CodeScanned{"W-1"}},
                            {"k-2", "bench-1", CodeScanned{red_mug}},
                            {"k-2", "bench-1", CodeScanned{red_mug}},
                            {"k-1", "bench-1", CodeScanned{"W-1"}}});
    ASSERT_EQ(done.size(), 5u);
    EXPECT_EQ(done[2].answer.code, "item_ok");
    EXPECT_TRUE(done[3].repeat);
    EXPECT_EQ(done[3].seq, done[2].seq);
    EXPECT_TRUE(done[4].repeat);
    EXPECT_EQ(done[4].answer.code, "order_open");
    EXPECT_EQ(story.books().lines(story.order_named("W-1").id)[0].packed, 1);
}

TEST_F(Repeat, CountsTheSameCodeUnderAnotherKey) {
    story.stock().order(Story::draft("W-1", {{"MUG-RED", 3}}));
    tell({{"k-0", "bench-1", CodeScanned{"B-ANA"}}, {"k-1", "bench-1", CodeScanned{"W-1"}}});
    tell({{"k-2", "bench-1", CodeScanned{red_mug}}, {"k-3", "bench-1", CodeScanned{red_mug}}});
    EXPECT_EQ(story.books().lines(story.order_named("W-1").id)[0].packed, 2);
}

TEST_F(Repeat, IsKnownAfterARestart) {
    const auto first = tell({{"k-1", "bench-1", CodeScanned{"NONSENSE"}}}).at(0);
    story.reopen();
    const auto again = tell({{"k-1", "bench-1", CodeScanned{"B-ANA"}}}).at(0);
    EXPECT_TRUE(again.repeat);
    EXPECT_EQ(again.answer.code, first.answer.code);
}

TEST_F(Repeat, TimeNeverRunsBackwards) {
    const auto first = tell({{"k-1", "", Restarted{"b", "s"}}}).at(0);
    auto done = story.ledger().turn({{"k-2", "", Restarted{"b", "s"}}}, {later.value - 60'000});
    ASSERT_TRUE(done);
    EXPECT_EQ(done->at(0).at, first.at);
}

}  // namespace
}  // namespace kemas::testing
