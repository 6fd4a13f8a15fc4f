// Numbers that are given up: of a cancelled order, and of a shipment that cannot have them all.
#include <gmock/gmock.h>

#include "tests/courier/bought.hpp"

namespace kemas::testing {
namespace {

using sim::Mishap;
using ::testing::HasSubstr;

const std::string red = "4006381333931", blue = "5901234123457";

TEST_F(Bought, ACancelledOrderVoidsItsNumber) {
    house.weigh_one("W-1");
    house.scan("*K*leave");
    house.pass(1'000);
    const auto number = number_of("W-1");
    EXPECT_EQ(house.says(CancelAsked{{"webstore", "toko", "W-1"}, "buyer", "changed mind"}),
              "+cancelled");
    EXPECT_EQ(house.ask_of("W-1").state, AskState::voiding);
    house.pass(1'000);
    EXPECT_EQ(live(), 0u);
    EXPECT_EQ(house.ask_of("W-1").state, AskState::voided);
    EXPECT_THAT(house.ask_of("W-1").detail, HasSubstr("refund: full"));
    EXPECT_EQ(house.scan(number), "-label_void");
}

TEST_F(Bought, CancelledBeforeTheCallNothingIsBought) {
    house.weigh_one("W-1");
    house.says(CancelAsked{{"webstore", "toko", "W-1"}, "buyer", "changed mind"});
    house.pass(300'000);
    EXPECT_TRUE(house.world.made().empty());
    EXPECT_EQ(house.runner->waiting(), 0u);
}

TEST_F(Bought, CancelledWhileTheCallIsOutTheNumberIsVoidedWhenItComes) {
    house.weigh_one("W-1");
    house.runner->tick();
    house.agenda.run_due(house.story.now());
    house.says(CancelAsked{{"webstore", "toko", "W-1"}, "buyer", "changed mind"});
    house.pass(10'000);
    EXPECT_EQ(house.world.made().size(), 1u);
    EXPECT_EQ(live(), 0u);
    EXPECT_EQ(house.runner->waiting(), 0u);
}

TEST_F(Bought, ALostAnswerToAVoidIsLookedUp) {
    house.weigh_one("W-1");
    house.scan("*K*leave");
    house.pass(1'000);
    house.world.next(Mishap::lost_after);
    house.says(CancelAsked{{"webstore", "toko", "W-1"}, "buyer", ""});
    house.pass(60'000);
    EXPECT_EQ(house.ask_of("W-1").state, AskState::voided);
    EXPECT_EQ(live(), 0u);
}

TEST_F(Bought, AVoidThatTheCourierRefusesIsTold) {
    house.weigh_one("W-1");
    house.scan("*K*leave");
    house.pass(1'000);
    house.world.pick_up(number_of("W-1"));
    house.says(CancelAsked{{"webstore", "toko", "W-1"}, "buyer", ""});
    house.pass(1'000);
    EXPECT_EQ(house.ask_of("W-1").state, AskState::kept);
    EXPECT_THAT(house.ask_of("W-1").detail, HasSubstr("only by return"));
}

TEST_F(Bought, AllNumbersOfAShipmentOrNone) {
    auto draft = Story::draft("W-1", {{"MUG-RED", 1}, {"MUG-BLUE", 1}});
    house.story.order(draft);
    ASSERT_EQ(house.scan("W-1"), "+order_open");
    ASSERT_EQ(house.scan(red), "+item_ok");
    ASSERT_EQ(house.scan("*K*box"), "+weigh_now");
    house.says(LoadDisturbed{"scale-1", 0}, "bench-1");
    ASSERT_EQ(house.says(LoadSettled{"scale-1", 1, grams(360), grams(5), ""}, "bench-1"),
              "+number_coming");
    house.pass(1'000);
    house.story.draw();
    house.story.start_print();
    house.story.end_print(Outcome::done);
    const auto first = house.world.made()[0].number;
    ASSERT_EQ(house.scan(first), "+staged_more");
    ASSERT_EQ(house.scan("W-1"), "+order_open");
    ASSERT_EQ(house.scan(blue), "+weigh_now");
    house.world.refuse({"17530"});
    house.says(LoadDisturbed{"scale-1", 0}, "bench-1");
    ASSERT_EQ(house.says(LoadSettled{"scale-1", 1, grams(380), grams(5), ""}, "bench-1"),
              "+number_coming");
    house.pass(10'000);
    EXPECT_EQ(live(), 0u) << "the first parcel's number is voided";
    const auto order = house.story.order_named("W-1");
    EXPECT_EQ(order.state, OrderState::on_hold);
    EXPECT_THAT(order.reason, HasSubstr("given up with it: " + first));
    EXPECT_EQ(house.scan(first), "-label_void");

    // Put right: both parcels get new numbers, under new references.
    house.world.refuse({});
    house.says(HoldReleased{{"webstore", "toko", "W-1"}, "sari"});
    for (int parcel = 0; parcel < 2; ++parcel) {
        house.scan("W-1");
        house.pass(200'000);
        house.scan("W-1");
        house.story.draw();
        house.story.start_print();
        house.story.end_print(Outcome::done);
        const auto& now_made = house.world.made();
        house.scan(now_made.back().number);
    }
    EXPECT_EQ(live(), 2u);
    EXPECT_EQ(house.story.order_named("W-1").state, OrderState::shipped);
}

}  // namespace
}  // namespace kemas::testing
