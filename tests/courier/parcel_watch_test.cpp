// Parcels that a courier took, followed by themselves: each change told once, and slowly.
#include <gmock/gmock.h>

#include "ledger/fact_reader.hpp"
#include "tests/courier/bought.hpp"

namespace kemas::testing {
namespace {

using ::testing::ElementsAre;

constexpr std::int64_t minute_ms = 60'000, hour_ms = 3'600'000;

struct Followed : Bought {
    // Packed, printed and staged.
    std::string staged(const std::string& order) {
        EXPECT_EQ(house.weigh_one(order), "+number_coming");
        house.scan("*K*leave");
        house.pass(1'000);
        EXPECT_EQ(house.finish(order), "");
        return number_of(order);
    }
    Tracked tracked(const std::string& order) const { return house.ask_of(order).tracked; }
    // What the world hears of its parcel, in order.
    std::vector<std::string> told() const {
        std::vector<std::string> words;
        ledger::FactReader facts(house.story.path(), "test");
        const auto batch = facts.facts_after(0, 10'000);
        for (const auto& fact : batch->facts)
            if (fact.fact.kind == FactKind::parcel && fact.fact.by == "JNE")
                words.push_back(fact.fact.status);
        return words;
    }
};

TEST_F(Followed, IsToldOnceForEachChangeAndNotAfterItArrived) {
    const auto number = staged("W-1");
    house.follow(10 * minute_ms);
    house.pass(hour_ms);
    EXPECT_EQ(tracked("W-1"), Tracked::none);
    EXPECT_GE(house.courier->tracked_, 5);
    EXPECT_LE(house.courier->tracked_, 7) << "every ten minutes";
    house.world.move(number, "picked_up", house.story.now());
    house.pass(hour_ms);
    house.world.move(number, "in_transit", house.story.now());
    house.pass(hour_ms);
    EXPECT_EQ(tracked("W-1"), Tracked::in_transit);
    EXPECT_EQ(house.ask_of("W-1").tracked_place, "Cikarang");
    EXPECT_EQ(house.story.order_named("W-1").state, OrderState::shipped);
    house.world.move(number, "delivered", house.story.now());
    house.pass(hour_ms);
    EXPECT_EQ(house.story.order_named("W-1").state, OrderState::delivered);
    EXPECT_THAT(told(), ElementsAre("picked_up", "in_transit", "delivered"));
    const auto asked = house.courier->tracked_;
    house.pass(24 * hour_ms);
    EXPECT_EQ(house.courier->tracked_, asked) << "nothing more is to be heard";
}

TEST_F(Followed, KnowsAfterARestartWhatItHasTold) {
    const auto number = staged("W-1");
    house.follow(10 * minute_ms);
    house.world.move(number, "picked_up", house.story.now());
    house.pass(hour_ms);
    house.restart();
    house.pass(hour_ms);
    EXPECT_GE(house.courier->tracked_, 1) << "it is followed again";
    house.world.move(number, "delivery_failed", house.story.now());
    house.pass(hour_ms);
    EXPECT_THAT(told(), ElementsAre("picked_up", "delivery_failed"));
}

TEST_F(Followed, ACourierThatIsDownIsLeftAloneAndHeardWhenItIsBack) {
    const auto number = staged("W-1");
    house.follow(10 * minute_ms);
    house.world.move(number, "picked_up", house.story.now());
    house.world.set_down(true);
    house.pass(12 * hour_ms);
    EXPECT_EQ(tracked("W-1"), Tracked::none);
    EXPECT_FALSE(house.story.books().courier_down("JNE")) << "these questions can wait";
    EXPECT_FALSE(house.watch->live().front().error.empty());
    house.world.set_down(false);
    house.pass(hour_ms);
    EXPECT_EQ(tracked("W-1"), Tracked::picked_up);
    EXPECT_TRUE(house.watch->live().front().error.empty());
}

TEST_F(Followed, KeepsToItsLimitAndAsksTheOldestFirst) {
    for (int i = 1; i <= 12; ++i) staged("W-" + std::to_string(i));
    house.follow(minute_ms, 6);
    house.pass(minute_ms);
    EXPECT_GE(house.courier->tracked_, 5);
    EXPECT_LE(house.courier->tracked_, 7) << "six a minute, whatever is due";
    for (int i = 1; i <= 12; ++i)
        house.world.move(number_of("W-" + std::to_string(i)), "picked_up", house.story.now());
    house.pass(minute_ms);
    EXPECT_NE(tracked("W-12"), Tracked::none) << "those not asked about yet come first";
    EXPECT_EQ(tracked("W-1"), Tracked::none);
    house.pass(6 * minute_ms);  // their numbers are looked at, too
    EXPECT_EQ(tracked("W-1"), Tracked::picked_up);
}

TEST_F(Followed, StopsAtTheAgeAndAtAVoid) {
    staged("W-1");
    EXPECT_EQ(house.weigh_one("W-2"), "+number_coming");
    house.scan("*K*leave");
    house.pass(1'000);
    house.follow(10 * minute_ms, 60, 6 * hour_ms);
    house.says(CancelAsked{{"webstore", "toko", "W-2"}, "buyer", ""});
    house.pass(7 * hour_ms);
    const auto asked = house.courier->tracked_;
    EXPECT_LE(asked, 37) << "of one parcel";
    house.pass(24 * hour_ms);
    EXPECT_EQ(house.courier->tracked_, asked);
    EXPECT_EQ(house.watch->live().front().following, 0u);
}

TEST_F(Followed, WhatIsNoWordOfTheContractOrComesFromTheFutureIsNotBelieved) {
    const auto number = staged("W-1");
    house.follow(10 * minute_ms);
    house.world.move(number, "abducted", house.story.now());
    house.world.move(number, "delivered", house.story.now() + Instant{48 * hour_ms});
    house.pass(hour_ms);
    EXPECT_EQ(tracked("W-1"), Tracked::none);
    EXPECT_EQ(house.story.order_named("W-1").state, OrderState::shipped);
}

}  // namespace
}  // namespace kemas::testing
