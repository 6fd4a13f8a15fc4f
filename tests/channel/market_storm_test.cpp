// Days of packages through a market that is late, limits rates, cancels, loses answers, lies, and
// is gone for four hours, with the daemon killed now and then: one arrangement each, counted there.
#include <cstdlib>

#include "tests/channel/market_house.hpp"

namespace kemas::testing {
namespace {

constexpr std::int64_t minute = 60'000, hour = 60 * minute;

struct Storm {
    std::uint64_t seed = 1;
    int packages = 0;
};

// Hands over what has its label; true = it has left.
bool ship(MarketHouse& house, const std::string& number) {
    // As the market gave it: what the story's printer makes of it is another.
    if (house.label_of(number).find(house.at_market(number).tracking) == std::string::npos)
        return false;
    if (house.pack(number) != "+label_coming") return false;
    return house.finish(number).empty() && house.hand_over(number) == "+handed_over";
}

void live_through(const Storm& storm) {
    sim::MarketWorld::Options options;
    options.seed = storm.seed;
    options.mishaps = 0.35;
    options.lies = true;
    options.cancels = 0.1;
    options.rate_per_s = 8;
    MarketHouse house(options);
    sim::Chance chance(storm.seed ^ 77);
    const auto started = house.story.now();
    std::vector<std::string> all, before_the_cut;
    for (int n = 0; n < storm.packages; ++n) {
        const auto since = (house.story.now() - started).value;
        const bool gone = since > hour && since < 5 * hour;
        if (gone && !house.world.is_down())
            for (const auto& number : all)
                if (!house.parcel(number).label.empty() &&
                    is_open(house.story.order_named(number).state))
                    before_the_cut.push_back(number);
        house.world.set_down(gone);
        all.push_back(std::to_string(n));
        house.order(all.back());
        if (chance.hit(0.1)) {
            house.pass(chance.below(12'000));
            house.restart();
        }
        house.pass(6 * hour / storm.packages);
        if (!gone || before_the_cut.empty()) continue;
        // Packing goes on through the cut with what was released before it.
        const auto number = before_the_cut.back();
        before_the_cut.pop_back();
        EXPECT_TRUE(ship(house, number)) << number << ": " << house.story.last().code;
    }
    house.world.set_down(false);
    ASSERT_TRUE(house.settle(48 * hour)) << house.runner->waiting() << " acts are left";
    for (const auto& number : all) {
        if (house.story.order_named(number).state != OrderState::released) continue;
        EXPECT_TRUE(ship(house, number)) << number << ": " << house.story.last().code;
    }
    ASSERT_TRUE(house.settle(48 * hour)) << house.runner->waiting() << " acts are left";
    int shipped = 0;
    for (const auto& number : all) {
        SCOPED_TRACE(number);
        const auto& there = house.at_market(number);
        EXPECT_EQ(there.arrangements, 1);
        const auto state = house.story.order_named(number).state;
        if (state == OrderState::cancelled || state == OrderState::cancel_asked) {
            EXPECT_EQ(there.cancel_state, "accepted");
            continue;
        }
        EXPECT_EQ(state, OrderState::shipped) << house.package(number).trouble;
        EXPECT_EQ(house.parcel(number).tracking_number, there.tracking);
        EXPECT_GE(there.handed_over, 1);
        ++shipped;
    }
    EXPECT_GE(shipped, storm.packages / 2);
    EXPECT_GE(house.world.mishaps(), static_cast<std::uint64_t>(storm.packages));
    EXPECT_TRUE(house.story.books().effects_in(EffectState::unknown).empty());
}

TEST(MarketStorm, FourHoursWithoutItAndAllItsFaultsMakeOneArrangementEach) {
    for (const std::uint64_t seed : {1u, 2u}) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        live_through({seed, 60});
    }
}

TEST(MarketStorm, LongerInTheLongForm) {
    if (!std::getenv("KEMAS_LONG")) GTEST_SKIP() << "with KEMAS_LONG=1";
    for (std::uint64_t seed = 10; seed < 30; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        live_through({seed, 400});
    }
}

}  // namespace
}  // namespace kemas::testing
