// Days of parcels through a courier that fails hundreds of times and is gone for 26 hours, with the
// daemon killed now and then: exactly one live number for each parcel, counted at the courier.
#include <cstdlib>

#include "tests/courier/number_house.hpp"

namespace kemas::testing {
namespace {

constexpr std::int64_t minute = 60'000, hour = 60 * minute;

constexpr std::int64_t late_by = 10 * minute;  // five times the horizon

struct Storm {
    std::uint64_t seed = 1;
    int parcels = 0, between_minutes = 0;
    double mishaps = 0;
    bool idempotent = false;  // else a person is asked where nobody can tell
    bool lies = false;
};

// Until nothing waits, neither for the courier nor for a person.
std::size_t come_to_rest(NumberHouse& house) {
    std::size_t questions = 0;
    for (int round = 0; round < 60; ++round) {
        EXPECT_TRUE(house.settle(48 * hour)) << house.runner->waiting() << " acts are left";
        house.pass(late_by);
        const auto more = house.answer_questions(late_by);
        if (more == 0 && house.runner->waiting() == 0) break;
        questions += more;
    }
    return questions;
}

// Packs all through the outage; whatever has its number is finished on the way, the rest at the
// end.
void live_through(const Storm& storm) {
    sim::CourierWorld::Options options;
    options.seed = storm.seed;
    options.mishaps = storm.mishaps;
    options.lies = storm.lies;
    options.idempotent = storm.idempotent;
    options.late_by.value = late_by;
    NumberHouse house(options, NumberHouse::site_with_courier(storm.idempotent));
    sim::Chance chance(storm.seed ^ 77);
    const auto started = house.story.now();
    std::size_t questions = 0;
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
        questions += house.answer_questions(late_by);
    }
    house.world.set_down(false);
    questions += come_to_rest(house);
    for (const auto& order : orders) ASSERT_EQ(house.finish(order), "") << order;

    const auto live = house.world.live_by_consignee();
    EXPECT_EQ(live.size(), orders.size());
    for (const auto& [consignee, numbers] : live) EXPECT_EQ(numbers, 1) << consignee;
    if (!storm.lies) {
        EXPECT_EQ(house.world.made().size(), orders.size()) << "none in vain";
    }
    EXPECT_GE(house.world.mishaps(), 500u);
    EXPECT_EQ(questions == 0, storm.idempotent) << questions << " questions";
    EXPECT_TRUE(house.story.books().effects_in(EffectState::unknown).empty());
    EXPECT_TRUE(house.story.books().effects_in(EffectState::started).empty());
    for (const auto& order : orders) {
        const auto parcel = house.story.parcel_of(order);
        EXPECT_EQ(house.story.order_named(order).state, OrderState::shipped) << order;
        EXPECT_TRUE(house.world.is_live(parcel.tracking_number, "Dewi " + order)) << order;
    }
}

TEST(CourierStorm, FiveHundredFailuresAndTwentySixHoursOutMakeOneNumberEach) {
    live_through({1, 100, 20, 0.55, true, false});
}

TEST(CourierStorm, SoTheyDoAtACourierThatWouldMakeASecondOneAndLies) {
    live_through({2, 100, 20, 0.55, false, false});
    live_through({3, 100, 20, 0.55, false, true});
}

TEST(CourierStorm, LongerInTheLongForm) {
    if (!std::getenv("KEMAS_LONG")) GTEST_SKIP() << "with KEMAS_LONG=1";
    for (std::uint64_t seed = 10; seed < 16; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        live_through({seed, 300, 8, 0.6, seed % 2 == 0, seed % 4 == 1});
    }
}

}  // namespace
}  // namespace kemas::testing
