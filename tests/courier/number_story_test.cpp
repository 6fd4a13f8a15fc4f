// A number bought of a courier: once, exactly ours, or not at all.
#include <gmock/gmock.h>

#include "tests/courier/number_house.hpp"

namespace kemas::testing {
namespace {

using sim::Mishap;
using ::testing::HasSubstr;

const std::string red = "4006381333931", blue = "5901234123457";

struct Bought : ::testing::Test {
    explicit Bought(sim::CourierWorld::Options options = {},
                    Site site = NumberHouse::site_with_courier(false))
        : house(std::move(options), std::move(site)) {}

    NumberHouse house;
    std::size_t live() const {
        std::size_t count = 0;
        for (const auto& made : house.world.made()) count += made.voided ? 0 : 1;
        return count;
    }
    std::string number_of(const std::string& order) const {
        return house.story.parcel_of(order).tracking_number;
    }
};

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

TEST_F(Bought, CancelledWhileNobodyKnowsItIsAQuestionAndNothingIsBought) {
    house.world.next(Mishap::lost_before);
    house.weigh_one("W-1");
    house.pass(20'000);
    house.says(CancelAsked{{"webstore", "toko", "W-1"}, "buyer", "changed mind"});
    house.pass(900'000);
    EXPECT_EQ(house.courier->creations_, 1);
    EXPECT_EQ(house.ask_of("W-1").state, AskState::doubtful);
    EXPECT_THAT(house.ask_of("W-1").detail, HasSubstr("and the order is cancelled"));
    const auto effect = house.story.books().effects_in(EffectState::unknown).at(0);
    house.says(EffectResolved{effect.id, Outcome::failed, "sari", "called JNE", ""});
    EXPECT_EQ(house.ask_of("W-1").state, AskState::voided);
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

TEST_F(Bought, TwoNumbersFoundAreAHoldThatNamesThem) {
    house.weigh_one("W-1");  // its answer is lost, and the courier made two
    house.world.next(Mishap::doubled);
    house.runner->tick();
    house.agenda.run_due(house.story.now());  // started
    house.restart();
    house.pass(120'000);
    const auto order = house.story.order_named("W-1");
    ASSERT_EQ(house.world.made().size(), 2u);
    EXPECT_EQ(order.state, OrderState::on_hold);
    EXPECT_THAT(order.reason,
                HasSubstr("2 numbers under one reference: " + house.world.made()[0].number));
    EXPECT_EQ(house.ask_of("W-1").state, AskState::doubtful);
    EXPECT_EQ(house.runner->waiting(), 0u) << "nobody asks any further";
    house.restart();
    house.pass(300'000);
    EXPECT_EQ(house.world.made().size(), 2u);

    // A person at the courier's voids one and says which it is.
    const auto effect = house.story.books().effects_in(EffectState::unknown).at(0);
    EXPECT_EQ(house.says(EffectResolved{effect.id, Outcome::done, "sari", "called JNE", ""}),
              "-number_needed");
    auto wrong = house.world.made()[1].number;
    wrong[10] = wrong[10] == '9' ? '0' : '9';
    EXPECT_EQ(house.says(EffectResolved{effect.id, Outcome::done, "sari", "called JNE", wrong}),
              "-number_unfit");
    EXPECT_EQ(house.says(EffectResolved{effect.id, Outcome::done, "sari", "called JNE",
                                        house.world.made()[1].number}),
              "+number_ready");
    EXPECT_EQ(house.says(HoldReleased{{"webstore", "toko", "W-1"}, "sari"}), "+released");
    EXPECT_EQ(house.finish("W-1"), "");
    EXPECT_EQ(number_of("W-1"), house.world.made()[1].number);
}

TEST_F(Bought, TwoNumbersMadeAndOneToldAreAHoldToo) {
    house.world.next(Mishap::doubled);
    house.weigh_one("W-1");
    house.pass(1'000);
    EXPECT_EQ(house.story.order_named("W-1").state, OrderState::on_hold);
    EXPECT_EQ(house.ask_of("W-1").state, AskState::doubtful);
    EXPECT_EQ(house.answer_questions(0), 1u);
    EXPECT_EQ(live(), 1u);
    EXPECT_EQ(house.finish("W-1"), "");
}

TEST_F(Bought, ALookUpThatFailsAfterANumberWasToldIsTriedAgain) {
    house.world.next(Mishap::none);
    house.world.next(Mishap::error_before);
    house.weigh_one("W-1");
    house.pass(60'000);
    EXPECT_EQ(house.courier->creations_, 1);
    EXPECT_EQ(number_of("W-1"), house.world.made()[0].number);
}

TEST_F(Bought, APersonMaySayThatNothingLivesAndANewReferenceIsAsked) {
    house.weigh_one("W-1");
    house.world.next(Mishap::doubled);
    house.runner->tick();
    house.agenda.run_due(house.story.now());
    house.restart();
    house.pass(120'000);
    const auto before = house.ask_of("W-1").reference;
    const auto effect = house.story.books().effects_in(EffectState::unknown).at(0);
    house.says(EffectResolved{effect.id, Outcome::failed, "sari", "both voided at JNE", ""});
    house.says(HoldReleased{{"webstore", "toko", "W-1"}, "sari"});
    EXPECT_EQ(house.scan("W-1"), "+number_coming");
    EXPECT_NE(house.ask_of("W-1").reference, before);
    house.pass(1'000);
    EXPECT_EQ(number_of("W-1"), house.world.made()[2].number);
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

TEST(Contingency, AnotherCourierCarriesItWhileOneIsDownAndOnlyBeforeANumberWasAsked) {
    auto site = NumberHouse::site_with_courier(false);
    site.policy.couriers["JNE"].services["REG"].instead_courier = "JNE";
    site.policy.couriers["JNE"].services["REG"].instead_service = "YES";
    NumberHouse house({}, site);
    TrackingNumbersImported in{"numbers.csv", "h", {{"JNE", "YES", "YES0001"}}};
    house.says(in);
    house.world.set_down(true);
    ASSERT_EQ(house.weigh_one("W-1"), "+number_coming");
    house.scan("*K*leave");
    house.pass(600'000);
    EXPECT_TRUE(house.story.books().courier_down("JNE"));
    EXPECT_EQ(house.scan("W-1"), "+number_coming") << "it was asked for: it stays";
    house.scan("*K*leave");
    ASSERT_EQ(house.weigh_one("W-2"), "+label_coming");
    EXPECT_EQ(house.story.parcel_of("W-2").tracking_number, "YES0001");
    EXPECT_EQ(house.story.parcel_of("W-2").service, "YES");
    house.world.set_down(false);
    house.scan("*K*leave");
    house.pass(900'000);
    EXPECT_FALSE(house.story.books().courier_down("JNE"));
    EXPECT_EQ(house.world.made().size(), 1u);
}

TEST(Serials, AnSsccIsCountedUnderTheSitesPrefixAndNeverTwice) {
    auto site = small_site();
    site.policy.couriers["JNE"].usual.source = NumberSource::sscc;
    site.policy.couriers["JNE"].company_prefix = "8991234";
    NumberHouse house({}, site);
    ASSERT_EQ(house.weigh_one("W-1"), "+label_coming");
    EXPECT_EQ(house.story.parcel_of("W-1").tracking_number, "089912340000000008");
    house.story.draw();
    house.story.start_print();
    house.story.end_print(Outcome::done);
    EXPECT_EQ(house.scan("]C100089912340000000008"), "+staged") << "as GS1-128";
    ASSERT_EQ(house.weigh_one("W-2"), "+label_coming");
    const auto effect = house.story.planned().at(0);
    house.says(LabelRefused{effect.id, "recipient_name", "does not fit"}, "bench-1");
    house.restart();
    ASSERT_EQ(house.weigh_one("W-3"), "+label_coming");
    EXPECT_NE(house.story.parcel_of("W-3").tracking_number,
              house.story.parcel_of("W-2").tracking_number);
    EXPECT_EQ(house.story.books().next_serial("8991234"), 3);
}

TEST(Pool, AnImportRefusesANumberWhoseCheckDigitIsWrong) {
    auto site = NumberHouse::site_with_courier(false);
    site.policy.couriers["JNE"].services["REG"].source = NumberSource::pool;
    NumberHouse house({}, site);
    EXPECT_EQ(house.says(TrackingNumbersImported{"n.csv", "h", {{"JNE", "REG", "RB123456784GB"}}}),
              "-number_wrong");
    EXPECT_THAT(house.story.arg("why"), HasSubstr("its check digit is 4, 5 was expected"));
    EXPECT_EQ(house.says(TrackingNumbersImported{"n.csv", "h", {{"JNE", "REG", "RB123456785GB"}}}),
              "+imported");
    EXPECT_EQ(house.says(TrackingNumbersImported{"n.csv", "h", {{"JNE", "REG", "RB123456785GB"}}}),
              "-number_known");
}

}  // namespace
}  // namespace kemas::testing
