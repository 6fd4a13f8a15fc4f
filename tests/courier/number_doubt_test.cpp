// A number that nobody can be sure of: a person settles it.
#include <gmock/gmock.h>

#include "tests/courier/bought.hpp"

namespace kemas::testing {
namespace {

using sim::Mishap;
using ::testing::HasSubstr;

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

}  // namespace
}  // namespace kemas::testing
