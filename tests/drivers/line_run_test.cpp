// Ten minutes of the simulated line, with every kind of fault many times as often as in a shift.
// KEMAS_LONG=1 runs eight hours instead.
#include "drivers/sim/line_run.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace kemas::sim {
namespace {

class LineRun : public testing::TestWithParam<std::uint64_t> {
 protected:
    LinePlan plan() const {
        LinePlan plan;
        plan.seed = GetParam();
        plan.weigh_signals = false;
        if (!eight_hours()) {
            plan.slip = plan.removed = 0.01;
            plan.inserted = 0.005;
            plan.per_hour_double_counts = 300;
            plan.per_hour_stuck = 60;
            plan.per_hour_pulls = plan.per_hour_full_lanes = 40;
            plan.per_hour_restarts = plan.per_hour_jams = 12;
        }
        return plan;
    }
    static bool eight_hours() { return std::getenv("KEMAS_LONG") != nullptr; }
    static double hours() { return eight_hours() ? 8 : 1.0 / 6; }
};

TEST_P(LineRun, DivertsNothingWrong) {
    const auto layout = sample_layout();
    const auto tally = run_line(layout, plan(), hours());
    const auto& truth = tally.truth;
    EXPECT_EQ(truth.wrong, 0) << truth.first_wrong;
    EXPECT_EQ(tally.false_proofs, 0) << tally.first_false;
    EXPECT_EQ(tally.broken, 0) << tally.first_broken;
    EXPECT_EQ(tally.left_on_belt, 0);
    EXPECT_LE(tally.longest_beat_gap_ms, 500);
    // Neither is a line that rejects everything any good, nor a run in which nothing went wrong.
    const auto parcels = static_cast<double>(truth.parcels);
    EXPECT_NEAR(parcels, 10'000 * hours(), 2);
    EXPECT_GT(static_cast<double>(truth.in_lanes), parcels * (eight_hours() ? 0.95 : 0.60));
    EXPECT_GT(truth.slipped + truth.removed + truth.foreign, 0);
    EXPECT_GT(tally.distrusts, 0);
    EXPECT_GT(tally.double_counts, 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, LineRun, testing::Values(1, 2, 3));

// The judge must see what is wrong, or its zero says nothing.
TEST(LineJudge, SeesAWrongDivert) {
    const auto layout = sample_layout();
    LinePlan plan;
    plan.weigh_signals = false;
    LineWorld world(layout, plan);
    std::uint16_t beat = 0, wire = 0;
    for (int i = 0; i < 2000; ++i) {
        world.tick({10});
        world.plc().take_beat(++beat);
        const auto look = world.look();
        // A host that sends whatever passes the first gate into the first lane.
        if (look && look->eyes[2].count > wire)
            world.plc().take_divert({++wire, 0, 0, *look->eyes[2].edge + 800});
    }
    EXPECT_GT(world.judgement().wrong, 0);
    EXPECT_FALSE(world.judgement().first_wrong.empty());
}

}  // namespace
}  // namespace kemas::sim
