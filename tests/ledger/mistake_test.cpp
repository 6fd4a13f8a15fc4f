// A decision that breaks a rule of the books is taken back alone: its neighbours in the batch
// stand.
#include "tests/ledger/bench.hpp"

namespace kemas::testing {
namespace {

TEST(Mistake, IsTakenBackAlone) {
    Story story;
    story.skus();
    TrackingNumbersImported twice{
        "numbers.csv", "h", {{"JNE", "REG", "RESI1"}, {"JNE", "REG", "RESI1"}}};
    TrackingNumbersImported sound{"more.csv", "h2", {{"JNE", "REG", "RESI2"}}};
    const auto before = story.ledger().last_seq();
    const auto done = story.ledger().turn({{"k-1", "bench-1", CodeScanned{"B-ANA"}},
                                           {"k-2", "", twice},
                                           {"k-3", "", sound},
                                           {"k-2", "", twice}},
                                          {1'800'000'000'000});
    ASSERT_TRUE(done) << done.error().what;
    EXPECT_EQ(done->at(0).answer.code, "signed_in");
    EXPECT_EQ(done->at(1).answer.kind, Answer::Kind::refused);
    EXPECT_EQ(done->at(1).answer.code, "internal");
    EXPECT_EQ(done->at(2).answer.code, "imported");
    EXPECT_TRUE(done->at(3).repeat) << "the refusal is its answer for ever";
    EXPECT_EQ(story.ledger().last_seq(), before + 3);
    EXPECT_FALSE(story.books().number_known("RESI1"));
    EXPECT_TRUE(story.books().number_known("RESI2"));
    story.reopen();  // the chain is whole
    EXPECT_EQ(count_of(story.path(), "SELECT count(*) FROM imports WHERE file = 'numbers.csv'"), 0);
}

}  // namespace
}  // namespace kemas::testing
