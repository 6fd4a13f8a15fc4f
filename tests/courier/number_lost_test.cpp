// A number whose answer or request was lost, late or unbelievable: looked up, and bought once.
#include <gmock/gmock.h>

#include "tests/courier/bought.hpp"

namespace kemas::testing {
namespace {

using sim::Mishap;
using ::testing::HasSubstr;

TEST_F(Bought, ALostAnswerIsLookedUpAndNotBoughtAgain) {
    house.world.next(Mishap::lost_after);
    house.weigh_one("W-1");
    house.pass(60'000);
    EXPECT_EQ(house.world.made().size(), 1u);
    EXPECT_EQ(number_of("W-1"), house.world.made()[0].number);
    EXPECT_EQ(house.courier->creations_, 1);
}

struct BoughtOfIdempotent : Bought {
    static sim::CourierWorld::Options options() {
        sim::CourierWorld::Options options;
        options.idempotent = true;
        options.late_by.value = 600'000;
        return options;
    }
    BoughtOfIdempotent() : Bought(options(), NumberHouse::site_with_courier(true)) {}
};

TEST_F(BoughtOfIdempotent, ALostRequestIsMadeAgainOnlyAfterTheHorizonUnderTheSameReference) {
    house.world.next(Mishap::lost_before);
    house.weigh_one("W-1");
    const auto reference = house.ask_of("W-1").reference;
    house.pass(100'000);
    EXPECT_EQ(house.courier->creations_, 1) << "it may still arrive";
    house.pass(200'000);
    EXPECT_EQ(house.courier->creations_, 2);
    ASSERT_EQ(house.world.made().size(), 1u);
    EXPECT_EQ(house.world.made()[0].reference, reference);
    EXPECT_EQ(number_of("W-1"), house.world.made()[0].number);
}

TEST_F(BoughtOfIdempotent, ARequestThatArrivesAfterTheHorizonMakesNoSecondNumber) {
    house.world.next(Mishap::late);
    house.weigh_one("W-1");
    house.pass(900'000);
    EXPECT_EQ(house.courier->creations_, 2);
    EXPECT_EQ(house.world.made().size(), 1u);
    EXPECT_EQ(number_of("W-1"), house.world.made()[0].number);
}

TEST_F(Bought, ALostRequestIsNeverMadeAgainByMachineButAskedOfAPerson) {
    house.world.next(Mishap::lost_before);
    house.weigh_one("W-1");
    house.scan("*K*leave");
    house.pass(100'000);
    EXPECT_NE(house.story.order_named("W-1").state, OrderState::on_hold) << "it may still appear";
    house.pass(900'000);
    EXPECT_EQ(house.courier->creations_, 1);
    const auto order = house.story.order_named("W-1");
    EXPECT_EQ(order.state, OrderState::on_hold);
    EXPECT_THAT(order.reason,
                HasSubstr("number: JNE does not show " + house.ask_of("W-1").reference));
    house.restart();
    house.pass(900'000);
    EXPECT_EQ(house.courier->creations_, 0) << "of the new start";

    EXPECT_EQ(house.answer_questions(0), 1u);  // JNE has none
    house.pass(1'000);
    EXPECT_EQ(house.finish("W-1"), "");
    EXPECT_EQ(house.world.made().size(), 1u);
}

TEST_F(Bought, ANumberThatShowsAfterTheHorizonIsTheParcelsOnlyOne) {
    sim::CourierWorld::Options late;
    late.late_by.value = 600'000;
    house.world = sim::CourierWorld(late);
    house.world.next(Mishap::late);
    house.weigh_one("W-1");
    house.pass(900'000);
    EXPECT_EQ(house.courier->creations_, 1);
    EXPECT_EQ(house.story.order_named("W-1").state, OrderState::on_hold);
    EXPECT_EQ(house.answer_questions(0), 1u);
    EXPECT_EQ(house.finish("W-1"), "");
    EXPECT_EQ(house.world.made().size(), 1u);
}

TEST_F(Bought, ARequestThatNeverLeftUsIsMadeWhenTheCourierIsThereAgain) {
    house.world.set_down(true);
    house.weigh_one("W-1");
    house.scan("*K*leave");
    house.pass(1'800'000);
    EXPECT_EQ(house.courier->creations_, 1) << "looked up before it is tried again";
    house.world.set_down(false);
    house.pass(600'000);
    EXPECT_EQ(house.courier->creations_, 2);
    EXPECT_EQ(house.world.made().size(), 1u);
    EXPECT_EQ(house.finish("W-1"), "");
}

TEST_F(Bought, ARequestThatArrivesLateIsFoundAndNotDoubled) {
    house.world.next(Mishap::late);
    house.weigh_one("W-1");
    house.pass(300'000);
    EXPECT_EQ(house.world.made().size(), 1u);
    EXPECT_EQ(number_of("W-1"), house.world.made()[0].number);
}

TEST_F(Bought, EveryAnswerThatCannotBeBelievedIsLookedUp) {
    int n = 0;
    for (const auto mishap :
         {Mishap::error_after, Mishap::nonsense, Mishap::huge, Mishap::wrong_reference,
          Mishap::other_currency, Mishap::wrong_digit}) {
        const auto order = "W-" + std::to_string(++n);
        house.world.next(mishap);
        ASSERT_EQ(house.weigh_one(order), "+number_coming");
        house.pass(120'000);
        EXPECT_EQ(house.finish(order), "") << n;
        house.scan("*K*leave");
    }
    EXPECT_EQ(house.world.made().size(), 6u);
    EXPECT_EQ(house.courier->creations_, 6);
}

TEST_F(Bought, ALookUpThatFailsAfterANumberWasToldIsTriedAgain) {
    house.world.next(Mishap::none);
    house.world.next(Mishap::error_before);
    house.weigh_one("W-1");
    house.pass(60'000);
    EXPECT_EQ(house.courier->creations_, 1);
    EXPECT_EQ(number_of("W-1"), house.world.made()[0].number);
}

TEST_F(Bought, KilledBetweenCallAndAnswerItIsLookedUp) {
    house.weigh_one("W-1");
    house.runner->tick();
    house.agenda.run_due(house.story.now());  // started, and the call is out
    EXPECT_EQ(house.world.made().size(), 1u);
    house.restart();
    EXPECT_EQ(house.story.books().effects_in(EffectState::unknown).size(), 1u);
    house.pass(30'000);
    EXPECT_EQ(house.world.made().size(), 1u);
    EXPECT_EQ(number_of("W-1"), house.world.made()[0].number);
    EXPECT_EQ(house.finish("W-1"), "");
}

}  // namespace
}  // namespace kemas::testing
