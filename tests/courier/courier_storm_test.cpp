// Days of parcels through a courier that fails hundreds of times and is gone for 26 hours, with the
// daemon killed now and then: exactly one live number for each parcel, counted at the courier.
#include <cstdlib>

#include "tests/courier/number_house.hpp"

namespace kemas::testing {
namespace {

constexpr std::int64_t minute = 60'000, hour = 60 * minute;

struct Storm {
    std::uint64_t seed = 1;
    int parcels = 0, between_minutes = 0;
    double mishaps = 0;
};

// Packs all through the outage; whatever has its number is finished on the way, the rest at the
// end.
void live_through(const Storm& storm) {
    sim::CourierWorld::Options options;
    options.seed = storm.seed;
    options.mishaps = storm.mishaps;
    NumberHouse house(options);
    sim::Chance chance(storm.seed ^ 77);
    const auto started = house.story.now();
    std::vector<std::string> orders;
    for (int n = 0; n < storm.parcels; ++n) {
        const auto gone = (house.story.now() - started).value;
        house.world.set_down(gone > 4 * hour && gone < 30 * hour);
        const auto order = "W-" + std::to_string(n);
        orders.push_back(order);
        ASSERT_EQ(house.weigh_one(order), "+number_coming") << order;
        house.scan("*K*leave");
        if (chance.hit(0.15)) {  // killed at some moment of a call
            house.pass(chance.below(12'000));
            house.restart();
        }
        house.pass(storm.between_minutes * minute);
    }
    house.world.set_down(false);
    ASSERT_TRUE(house.settle(48 * hour)) << house.runner->waiting() << " acts are left";
    for (const auto& order : orders) ASSERT_EQ(house.finish(order), "") << order;
    const auto live = house.world.live_by_consignee();
    EXPECT_EQ(live.size(), orders.size());
    for (const auto& [consignee, numbers] : live) EXPECT_EQ(numbers, 1) << consignee;
    EXPECT_EQ(house.world.made().size(), orders.size()) << "none was made in vain";
    EXPECT_GE(house.world.mishaps(), 500u);
    EXPECT_TRUE(house.story.books().effects_in(EffectState::unknown).empty());
    EXPECT_TRUE(house.story.books().effects_in(EffectState::started).empty());
    for (const auto& order : orders)
        EXPECT_EQ(house.story.order_named(order).state, OrderState::shipped) << order;
}

TEST(CourierStorm, FiveHundredFailuresAndTwentySixHoursOutMakeOneNumberEach) {
    for (const std::uint64_t seed : {1u, 2u}) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        live_through({seed, 100, 20, 0.55});
    }
}

TEST(CourierStorm, LongerInTheLongForm) {
    if (!std::getenv("KEMAS_LONG")) GTEST_SKIP() << "with KEMAS_LONG=1";
    for (std::uint64_t seed = 10; seed < 30; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        live_through({seed, 500, 5, 0.6});
    }
}

}  // namespace
}  // namespace kemas::testing
