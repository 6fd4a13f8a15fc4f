#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/weighing/stability.hpp"
#include "core/weighing/verdict.hpp"

namespace kemas::weighing {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A scale with e = 5 g, polled every 100 ms.
class ScaleTest : public testing::Test {
 protected:
    using Events = std::vector<Event>;

    Events show(std::int64_t grams_shown, bool stable = true) {
        now_ += Milliseconds{100}.value;
        return filter_.take({{now_}, grams(grams_shown), stable, true, ""});
    }
    Events show_for(int readings, std::int64_t grams_shown, bool stable = true) {
        Events all;
        for (int i = 0; i < readings; ++i) {
            for (auto& event : show(grams_shown, stable)) all.push_back(std::move(event));
        }
        return all;
    }
    Events invalid(const std::string& why) {
        now_ += 100;
        return filter_.take({{now_}, grams(500), true, false, why});
    }

    std::int64_t now_ = 1'000'000;
    StabilityFilter filter_{StabilityRules{}};
};

TEST_F(ScaleTest, SettlesALyingParcelOnce) {
    EXPECT_THAT(show_for(3, 500), IsEmpty());  // three readings span 200 ms
    EXPECT_THAT(show(500), ElementsAre(Event{Settled{1, grams(500)}}));
    EXPECT_THAT(show_for(100, 500), IsEmpty());
}

TEST_F(ScaleTest, DoesNotSettleAnEmptyPanOrALoadBelowTheMinimum) {
    EXPECT_THAT(show_for(20, 0), IsEmpty());
    EXPECT_THAT(show_for(20, -40), IsEmpty());
    EXPECT_THAT(show_for(20, 99), IsEmpty());
    EXPECT_THAT(show_for(20, 100), ElementsAre(Event{Settled{1, grams(100)}}));
}

TEST_F(ScaleTest, WaitsWhileTheDeviceOrTheWeightMoves) {
    EXPECT_THAT(show_for(20, 500, false), IsEmpty());
    for (int i = 0; i < 20; ++i) EXPECT_THAT(show(500 + 6 * (i % 2)), IsEmpty());
    EXPECT_THAT(show_for(2, 500), IsEmpty());
    EXPECT_THAT(show(500, false), IsEmpty());  // one unstable reading starts it over
    EXPECT_THAT(show_for(3, 500), IsEmpty());
    EXPECT_THAT(show(505), ElementsAre(Event{Settled{1, grams(505)}}));  // 1 e apart is at rest
}

TEST_F(ScaleTest, TakesTheSameWeightAgainAfterAChange) {
    show_for(4, 500);
    EXPECT_THAT(show(0), ElementsAre(Event{Disturbed{1}}));
    EXPECT_THAT(show_for(3, 0), IsEmpty());
    EXPECT_THAT(show_for(4, 500), ElementsAre(Event{Settled{2, grams(500)}}));
}

TEST_F(ScaleTest, TellsADifferentLoadFromATouch) {
    show_for(4, 500);
    EXPECT_THAT(show(510), IsEmpty());         // 2 e
    EXPECT_THAT(show(490, false), IsEmpty());  // 2 e
    EXPECT_THAT(show(511), ElementsAre(Event{Disturbed{1}}));
    EXPECT_THAT(show_for(3, 511), ElementsAre(Event{Settled{2, grams(511)}}));
}

TEST_F(ScaleTest, SeesTheUnloadingOfTheLightestParcel) {
    show_for(4, 100);
    EXPECT_THAT(show(99), ElementsAre(Event{Disturbed{1}}));
}

TEST_F(ScaleTest, VoidsTheLoadOnAFaultAndSaysSoOncePerReason) {
    show_for(4, 500);
    EXPECT_THAT(invalid("overload"), ElementsAre(Event{Faulted{"overload"}}));
    EXPECT_THAT(invalid("overload"), IsEmpty());
    EXPECT_THAT(invalid("sensor error"), ElementsAre(Event{Faulted{"sensor error"}}));
    EXPECT_THAT(show_for(4, 500), ElementsAre(Event{Settled{2, grams(500)}}));
    EXPECT_THAT(invalid("sensor error"), ElementsAre(Event{Faulted{"sensor error"}}));
    EXPECT_THAT(invalid(""), ElementsAre(Event{Faulted{"invalid reading"}}));
}

TEST_F(ScaleTest, ForgetsReadingsFromBeforeASilence) {
    show_for(3, 500);
    now_ += 2000;
    EXPECT_THAT(show(500), ElementsAre(Event{Faulted{"silent"}}));
    EXPECT_THAT(show_for(2, 500), IsEmpty());
    EXPECT_THAT(show(500), ElementsAre(Event{Settled{1, grams(500)}}));
}

TEST_F(ScaleTest, NoticesSilenceWithoutAReading) {
    show_for(4, 500);
    EXPECT_THAT(filter_.tick({now_ + 1000}), IsEmpty());
    EXPECT_THAT(filter_.tick({now_ + 1001}), ElementsAre(Event{Faulted{"silent"}}));
    EXPECT_THAT(filter_.tick({now_ + 5000}), IsEmpty());
    now_ += 5000;
    EXPECT_THAT(show_for(4, 500), ElementsAre(Event{Settled{2, grams(500)}}));
}

TEST_F(ScaleTest, NoticesADeviceThatNeverSpoke) {
    EXPECT_THAT(filter_.tick({now_}), IsEmpty());
    EXPECT_THAT(filter_.tick({now_ + 1001}), ElementsAre(Event{Faulted{"silent"}}));
}

TEST_F(ScaleTest, IgnoresALateReading) {
    show_for(4, 500);
    EXPECT_THAT(filter_.take({{now_ - 50}, grams(0), true, true, ""}), IsEmpty());
    EXPECT_THAT(show_for(4, 500), IsEmpty());
}

TEST(Stability, DoesNotCountOneMomentManyTimes) {
    StabilityFilter filter{StabilityRules{}};
    for (int i = 0; i < 50; ++i) {
        EXPECT_THAT(filter.take({{1000}, grams(500), true, true, ""}), IsEmpty());
    }
}

ItemWeight item(const char* sku, std::int64_t mean_g, std::int64_t quantity,
                std::int64_t spread_g = 1) {
    return {sku, std::string("The ") + sku, grams(mean_g), grams(spread_g), quantity, true};
}

Contents two_mugs_and_a_kettle() {
    return {{item("MUG", 300, 2, 3), item("KETTLE", 1200, 1, 12)}, grams(150), grams(5), {}};
}

Verdict weigh(const Contents& contents, std::int64_t gross_g) {
    return judge(contents, grams(gross_g), grams(5));
}

TEST(Tolerance, AddsVariancesNotTolerances) {
    // 2 * 3^2 + 12^2 + 5^2 + 5^2 / 12 = 189.0833 g^2; its root 13.7507588 g.
    EXPECT_EQ(tolerance(two_mugs_and_a_kettle(), grams(5), 10).value, 13'751);
    EXPECT_EQ(tolerance(two_mugs_and_a_kettle(), grams(5), 35).value, 48'128);
    EXPECT_EQ(expected_gross(two_mugs_and_a_kettle()), grams(1950));
    EXPECT_EQ(tolerance({}, {0}, 30).value, 0);
    EXPECT_EQ(tolerance({}, {12}, 10).value, 4);  // 12 / sqrt(12) = 3.46
}

TEST(Tolerance, SurvivesTheLargestNumbers) {
    Contents contents;
    for (int i = 0; i < 100; ++i) contents.items.push_back(item("X", 10'000'000, 1'000'000));
    for (auto& heavy : contents.items) heavy.spread = grams(10'000'000);
    EXPECT_EQ(tolerance(contents, {INT64_MAX}, INT64_MAX).value, 10'000'000'004'166'667);
    EXPECT_GT(expected_gross(contents).value, 0);
}

TEST(WeighingVerdict, AgreesWithinTheTolerance) {
    for (const auto gross : {1902, 1950, 1998}) {
        EXPECT_EQ(weigh(two_mugs_and_a_kettle(), gross).kind, VerdictKind::ok) << gross;
    }
    EXPECT_EQ(weigh(two_mugs_and_a_kettle(), 1901).kind, VerdictKind::too_light);
    EXPECT_EQ(weigh(two_mugs_and_a_kettle(), 1999).kind, VerdictKind::too_heavy);
}

TEST(WeighingVerdict, NamesTheMissingUnit) {
    const auto verdict = weigh(two_mugs_and_a_kettle(), 1655);
    EXPECT_EQ(verdict.kind, VerdictKind::too_light);
    EXPECT_EQ(to_text(verdict.kind), "too_light");
    EXPECT_EQ(verdict.difference, grams(-295));
    ASSERT_TRUE(verdict.cause);
    EXPECT_EQ(verdict.cause->sku, "MUG");
    EXPECT_EQ(verdict.cause->units, -1);
    EXPECT_EQ(to_text(verdict),
              "too light by 295 g (48 g allowed): 1 x MUG (The MUG) may be missing");
}

TEST(WeighingVerdict, NamesExtraUnits) {
    const auto one = weigh(two_mugs_and_a_kettle(), 3150);
    ASSERT_TRUE(one.cause);
    EXPECT_EQ(one.cause->sku, "KETTLE");
    EXPECT_EQ(one.cause->units, 1);
    const auto two = weigh(two_mugs_and_a_kettle(), 2550);
    ASSERT_TRUE(two.cause);
    EXPECT_EQ(two.cause->sku, "MUG");
    EXPECT_EQ(two.cause->units, 2);
    EXPECT_THAT(to_text(two), HasSubstr("2 x MUG (The MUG) may be too many"));
}

TEST(WeighingVerdict, DoesNotMissMoreUnitsThanThereAre) {
    const auto verdict = weigh(two_mugs_and_a_kettle(), 1050);  // three mugs too light, two in it
    EXPECT_EQ(verdict.kind, VerdictKind::too_light);
    ASSERT_TRUE(verdict.cause);  // a kettle given away for a mug explains it
    EXPECT_EQ(verdict.cause->sku, "KETTLE");
    EXPECT_EQ(verdict.cause->swapped_with, "MUG");
}

TEST(WeighingVerdict, SuspectsASwapWithALookalike) {
    auto contents = two_mugs_and_a_kettle();
    contents.lookalikes = {item("BIG-MUG", 400, 0)};
    const auto verdict = weigh(contents, 2050);
    ASSERT_TRUE(verdict.cause);
    EXPECT_EQ(verdict.cause->sku, "MUG");
    EXPECT_EQ(verdict.cause->swapped_with, "BIG-MUG");
    EXPECT_THAT(to_text(verdict), HasSubstr("swapped with BIG-MUG"));
}

TEST(WeighingVerdict, SuspectsAForgottenPairBeforeASwapInsideTheParcel) {
    const Contents contents{{item("A", 300, 2), item("B", 900, 1)}, {}, grams(10), {}};
    const auto verdict = weigh(contents, 1500 - 600);
    ASSERT_TRUE(verdict.cause);
    EXPECT_EQ(verdict.cause->units, -2);
    EXPECT_FALSE(verdict.cause->swapped_with);
}

TEST(WeighingVerdict, PrefersTheClosestOfEquallySimpleCauses) {
    const Contents contents{{item("A", 300, 1), item("B", 320, 1)}, {}, grams(10), {}};
    EXPECT_EQ(weigh(contents, 620 - 318).cause->sku, "B");
    EXPECT_EQ(weigh(contents, 620 - 302).cause->sku, "A");
}

TEST(WeighingVerdict, BlamesNobodyWhenNothingFits) {
    const auto verdict = weigh(two_mugs_and_a_kettle(), 2100);
    EXPECT_EQ(verdict.kind, VerdictKind::too_heavy);
    EXPECT_FALSE(verdict.cause);
    EXPECT_THAT(to_text(verdict), HasSubstr("count the contents again"));
}

TEST(WeighingVerdict, AdmitsWhatItCannotSee) {
    auto contents = two_mugs_and_a_kettle();
    contents.items.push_back(item("STICKER", 2, 1, 0));
    const auto verdict = weigh(contents, 1950);  // the sticker is missing
    EXPECT_EQ(verdict.kind, VerdictKind::ok);
    EXPECT_THAT(verdict.blind, ElementsAre("STICKER"));
}

TEST(WeighingVerdict, IsUnknownWhenAWeightIs) {
    auto contents = two_mugs_and_a_kettle();
    contents.items.push_back(item("NEW", 0, 1));
    contents.items.push_back(item("NEWER", 100, 1));
    contents.items.back().known = false;
    const auto verdict = weigh(contents, 1950);
    EXPECT_EQ(verdict.kind, VerdictKind::unknown);
    EXPECT_THAT(verdict.unweighed, ElementsAre("NEW", "NEWER"));
    EXPECT_THAT(to_text(verdict), HasSubstr("no known weight of NEW NEWER"));
}

TEST(WeighingVerdict, KeepsThePolicysBounds) {
    Policy policy;
    policy.min_tolerance = grams(100);
    EXPECT_EQ(judge(two_mugs_and_a_kettle(), grams(2050), grams(5), policy).kind, VerdictKind::ok);
    policy.min_tolerance = {0};
    policy.max_tolerance = grams(20);
    EXPECT_EQ(judge(two_mugs_and_a_kettle(), grams(1971), grams(5), policy).kind,
              VerdictKind::too_heavy);
}

}  // namespace
}  // namespace kemas::weighing
