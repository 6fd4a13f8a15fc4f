// A second number that the courier shows only after the first was adopted: noticed, and voided
// where its contract voids one alone. Never the printed one.
#include <gmock/gmock.h>

#include "tests/courier/bought.hpp"

namespace kemas::testing {
namespace {

using sim::Mishap;
using ::testing::HasSubstr;

Site site_that(bool voids_one) {
    auto site = NumberHouse::site_with_courier(false);
    site.policy.couriers["JNE"].voids_one = voids_one;
    return site;
}

struct Twice : Bought {
    explicit Twice(bool voids_one = true) : Bought({}, site_that(voids_one)) {
        house.world.next(Mishap::doubled_late);
        EXPECT_EQ(house.weigh_one("W-1"), "+number_coming");
        house.scan("*K*leave");
        house.pass(1'000);
        EXPECT_EQ(house.finish("W-1"), "");
        house.follow(600'000);
    }
    std::string trouble() const { return house.ask_of("W-1").trouble; }
    bool is_live(std::size_t made) const { return !house.world.made().at(made).voided; }
};
struct TwiceOfOther : Twice {
    TwiceOfOther() : Twice(false) {}
};

TEST_F(Twice, IsSeenAfterTheHorizonAndVoidedAlone) {
    ASSERT_EQ(house.world.made().size(), 2u);
    EXPECT_EQ(number_of("W-1"), house.world.made()[0].number);
    house.pass(300'000);
    EXPECT_TRUE(is_live(0)) << "the printed one";
    EXPECT_FALSE(is_live(1));
    EXPECT_EQ(trouble(), "");
    EXPECT_EQ(number_of("W-1"), house.world.made()[0].number);
    EXPECT_EQ(house.runner->waiting(), 0u);
}

TEST_F(Twice, ALostAnswerToItsVoidIsLookedUpAlsoAfterARestart) {
    house.world.next_act(Mishap::lost_after);
    house.pass(125'000);
    EXPECT_FALSE(is_live(1)) << "done, and nobody heard of it";
    EXPECT_NE(trouble(), "");
    house.restart();
    house.pass(300'000);
    EXPECT_TRUE(is_live(0));
    EXPECT_FALSE(is_live(1));
    EXPECT_EQ(trouble(), "");
}

TEST_F(Twice, OneThatTheCourierKeepsIsTold) {
    house.world.pick_up(house.world.made()[1].number);
    house.pass(300'000);
    EXPECT_TRUE(is_live(1));
    EXPECT_THAT(trouble(), HasSubstr(house.world.made()[1].number + " beside " +
                                     house.world.made()[0].number));
    EXPECT_EQ(house.runner->waiting(), 0u);
}

TEST_F(TwiceOfOther, IsAPersonsWhereTheContractVoidsTheWholeReference) {
    house.pass(300'000);
    EXPECT_TRUE(is_live(0) && is_live(1));
    EXPECT_THAT(trouble(), HasSubstr(house.world.made()[1].number));
    const auto& books = dynamic_cast<const ledger::SqlBooks&>(house.story.books());
    ASSERT_EQ(books.open_asks().size(), 1u);
    house.world.void_number(house.world.made()[1].number);  // a person has called them
    house.pass(1'800'000);
    EXPECT_EQ(trouble(), "") << "looked at again while it is not well";
    EXPECT_TRUE(books.open_asks().empty());
}

TEST_F(TwiceOfOther, ANumberThatTheCourierVoidedByItselfIsTold) {
    house.world.void_number(house.world.made()[1].number);
    house.world.void_number(house.world.made()[0].number);
    house.pass(300'000);
    EXPECT_THAT(trouble(), HasSubstr("no longer has " + number_of("W-1")));
}

}  // namespace
}  // namespace kemas::testing
