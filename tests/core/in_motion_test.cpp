// In-motion weights against the shipped signal generator.
#include "core/weighing/in_motion.hpp"

#include <gtest/gtest.h>

#include "drivers/sim/weigh_signal.hpp"

namespace kemas::weighing {
namespace {

struct Tally {
    int weighed = 0, inside = 0;
    double share() const { return static_cast<double>(inside) / weighed; }
};

// Refused ones count as outside: a parcel without a weight is no good either.
Tally weigh_many(const sim::WeighSignal& signal, const InMotionScale& scale, std::uint64_t seed,
                 int count) {
    sim::Chance chance(seed);
    Tally tally;
    for (; tally.weighed < count; ++tally.weighed) {
        const Milligrams load{static_cast<std::int64_t>(chance.between(200e3, 30e6))};
        const auto weight = scale.weigh(sim::crossing(signal, load, chance));
        const auto limit = automatic_limit(load, sim::division_at(load));
        if (weight.gross && (*weight.gross - load).abs() <= limit) ++tally.inside;
    }
    return tally;
}

TEST(InMotion, KeepsTheAutomaticLimitsOfClassYa) {
    const InMotionScale scale{InMotionRules{}};
    for (const std::uint64_t seed : {1, 2, 3}) {
        const auto tally = weigh_many({}, scale, seed, 2000);
        RecordProperty("share_seed_" + std::to_string(seed), std::to_string(tally.share()));
        EXPECT_GE(tally.share(), 0.997) << "seed " << seed;
    }
}

TEST(InMotion, KeepsThemWhenTheSwingsAreTwoPercentOffTheirFrequencies) {
    sim::WeighSignal signal;
    signal.detune = 0.02;
    EXPECT_GE(weigh_many(signal, InMotionScale{InMotionRules{}}, 4, 2000).share(), 0.997);
}

TEST(InMotion, KeepsThemForLightParcelsToo) {
    const InMotionScale scale{InMotionRules{}};
    sim::Chance chance(7);
    for (int i = 0; i < 500; ++i) {
        const Milligrams load{static_cast<std::int64_t>(chance.between(200e3, 2e6))};
        const auto weight = scale.weigh(sim::crossing({}, load, chance));
        ASSERT_TRUE(weight.gross) << weight.why;
        EXPECT_LE((*weight.gross - load).abs(), automatic_limit(load, grams(5))) << load.value;
    }
}

TEST(InMotion, RefusesAnotherParcelThatComesOnTheScale) {
    const InMotionScale scale{InMotionRules{}};
    sim::Chance chance(3);
    auto samples = sim::crossing({}, grams(2000), chance);
    for (std::size_t i = samples.size() / 2; i < samples.size(); ++i) samples[i] += grams(500);
    const auto weight = scale.weigh(samples);
    EXPECT_FALSE(weight.gross);
    EXPECT_EQ(weight.why, "unsteady");
}

TEST(InMotion, RefusesADwellThatWasCutShort) {
    const InMotionScale scale{InMotionRules{}};
    sim::Chance chance(3);
    auto samples = sim::crossing({}, grams(2000), chance);
    samples.pop_back();
    EXPECT_EQ(scale.weigh(samples).why, "too_few_samples");
}

TEST(InMotion, RefusesLoadsOutsideItsRange) {
    const InMotionScale scale{InMotionRules{}};
    const std::vector<Milligrams> light(200, grams(99)), least(200, grams(100)),
        most(200, grams(30'090)), heavy(200, grams(30'091));
    EXPECT_EQ(scale.weigh(light).why, "below_minimum");
    EXPECT_EQ(scale.weigh(least).gross, grams(100));
    EXPECT_EQ(scale.weigh(most).gross, grams(30'090));
    EXPECT_EQ(scale.weigh(heavy).why, "overload");
    EXPECT_EQ(scale.weigh(std::vector<Milligrams>(200, grams(-500))).why, "below_minimum");
}

TEST(InMotion, RoundsToTheDivisionOfTheLoad) {
    const InMotionScale scale{InMotionRules{}};
    EXPECT_EQ(scale.weigh(std::vector<Milligrams>(200, Milligrams{1'002'400})).gross, grams(1000));
    EXPECT_EQ(scale.weigh(std::vector<Milligrams>(200, Milligrams{1'002'600})).gross, grams(1005));
    EXPECT_EQ(scale.weigh(std::vector<Milligrams>(200, Milligrams{7'004'000})).gross, grams(7000));
    EXPECT_EQ(scale.weigh(std::vector<Milligrams>(200, Milligrams{7'006'000})).gross, grams(7010));
}

TEST(InMotion, LimitsStepAtFiveHundredAndTwoThousandDivisions) {
    EXPECT_EQ(automatic_limit(grams(2500), grams(5)), grams(5));
    EXPECT_EQ(automatic_limit(grams(2505), grams(5)), Milligrams{7500});
    EXPECT_EQ(automatic_limit(grams(20'000), grams(10)), grams(15));
    EXPECT_EQ(automatic_limit(grams(20'010), grams(10)), grams(20));
}

}  // namespace
}  // namespace kemas::weighing
