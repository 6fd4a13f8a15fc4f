// A number bought of a courier: once, exactly ours, and what a label and a refusal make of it.
#include <gmock/gmock.h>

#include "courier/shipment_ask.hpp"
#include "tests/courier/bought.hpp"

namespace kemas::testing {
namespace {

using ::testing::HasSubstr;

TEST_F(Bought, ComesWhileThePackerWaitsAndIsPrintedAtOnce) {
    ASSERT_EQ(house.weigh_one("W-1"), "+number_coming");
    const auto ask = house.ask_of("W-1");
    EXPECT_EQ(ask.state, AskState::asked);
    EXPECT_FALSE(ask.reference.empty()) << "written before the call";
    EXPECT_TRUE(house.world.made().empty());
    house.pass(1'000);
    ASSERT_EQ(house.world.made().size(), 1u);
    EXPECT_EQ(number_of("W-1"), house.world.made()[0].number);
    EXPECT_EQ(house.world.made()[0].reference, ask.reference);
    EXPECT_EQ(house.story.draw(), "+label_printing");
    house.story.start_print();
    house.story.end_print(Outcome::done);
    EXPECT_EQ(house.scan(number_of("W-1")), "+staged");
    EXPECT_EQ(house.ask_of("W-1").cost, Money{9'000});
    EXPECT_GT(house.ask_of("W-1").void_until.value, 0);
}

TEST_F(Bought, IsReadyForAParcelThatWasPutAside) {
    ASSERT_EQ(house.weigh_one("W-1"), "+number_coming");
    ASSERT_EQ(house.scan("*K*leave"), "+left");
    house.pass(1'000);
    EXPECT_FALSE(number_of("W-1").empty());
    EXPECT_EQ(house.finish("W-1"), "");
}

TEST_F(Bought, ARefusalHoldsTheOrderAndNamesTheField) {
    sim::CourierWorld::Options options;
    options.refuses = {"17530"};
    house.world = sim::CourierWorld(options);
    house.weigh_one("W-1");
    house.pass(1'000);
    const auto order = house.story.order_named("W-1");
    EXPECT_EQ(order.state, OrderState::on_hold);
    EXPECT_THAT(order.reason, HasSubstr("JNE refuses: ship_to.postal_code: 17530 is not served"));
    EXPECT_TRUE(house.world.made().empty());
    // Put right, it is asked again under the same reference, after a look-up.
    const auto reference = house.ask_of("W-1").reference;
    house.world = sim::CourierWorld({});
    house.says(HoldReleased{{"webstore", "toko", "W-1"}, "sari"});
    ASSERT_EQ(house.scan("W-1"), "+number_coming");
    house.pass(1'000);
    ASSERT_EQ(house.world.made().size(), 1u);
    EXPECT_EQ(house.world.made()[0].reference, reference);
}

TEST_F(Bought, TellsTheWorthOfEachOrderInTheParcelOnce) {
    auto first = Story::draft("W-1", {{"MUG-RED", 1}});
    auto second = Story::draft("W-2", {{"TEA", 1}, {"MUG-BLUE", 1}});
    first.combine_group = second.combine_group = "buyer-7";
    first.value = {100'000};
    second.value = {40'000};
    house.story.order(first).order(second);
    house.scan("B-ANA");
    for (const auto* code : {"W-1", "4006381333931", "5901234123457"}) house.scan(code);
    ASSERT_EQ(house.scan("8991002101630"), "+weigh_now");
    ASSERT_EQ(house.story.weigh("bench-1", 300 + 55 + 320 + 60), "+number_coming");
    const auto acts = house.story.books().effects_in(EffectState::planned);
    ASSERT_EQ(acts.size(), 1u);
    const auto ask = courier::shipment_ask(house.story.books(), acts[0]);
    ASSERT_TRUE(ask);
    EXPECT_EQ(ask->value, Money{140'000}) << "W-2 has two lines";
}

TEST_F(Bought, AReprintNeverAsksTheCourier) {
    house.weigh_one("W-1");
    house.pass(1'000);
    house.story.draw();
    house.story.start_print();
    house.story.end_print(Outcome::done);
    const auto calls = house.world.calls();
    EXPECT_EQ(house.scan("*K*reprint:torn"), "+reprinting");
    house.story.draw();
    house.pass(60'000);
    EXPECT_EQ(house.world.calls(), calls);
    EXPECT_EQ(house.courier->labels_, 0);
}

TEST_F(Bought, ALabelThatDoesNotFitKeepsTheNumberThatWasPaid) {
    house.weigh_one("W-1");
    house.pass(1'000);
    const auto effect = house.story.planned().at(0);
    EXPECT_EQ(house.says(LabelRefused{effect.id, "recipient_name", "does not fit"}, "bench-1"),
              "!parcel_hold");
    const auto number = number_of("W-1");
    EXPECT_EQ(number, house.world.made()[0].number);
    house.story.take_planned([](const EffectRow&) { return true; });
    house.says(HoldReleased{{"webstore", "toko", "W-1"}, "sari"});
    EXPECT_EQ(house.finish("W-1"), "");
    EXPECT_EQ(house.world.made().size(), 1u);
}

}  // namespace
}  // namespace kemas::testing
