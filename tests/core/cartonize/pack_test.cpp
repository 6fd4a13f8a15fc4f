// One order, one question: which carton, which way up, in which sequence.
#include <gtest/gtest.h>

#include "check.hpp"
#include "core/cartonize/cartonize.hpp"

namespace kemas::cartonize {
namespace {

Item item(Size size, std::int64_t quantity, Milligrams weight = grams(100)) {
    Item one;
    one.size = size;
    one.quantity = quantity;
    one.weight = weight;
    return one;
}

Carton box(std::string name, Size inner, Milligrams max_gross = grams(20'000)) {
    const Size outer{{inner.length.value + 8}, {inner.width.value + 8}, {inner.height.value + 8}};
    return {std::move(name), Kind::box, inner, outer, grams(100), max_gross, {}};
}

Carton bag(std::string name, Size inner) {
    return {std::move(name), Kind::mailer, inner, {inner.length, inner.width, {2}},
            grams(20),       grams(2'000), {}};
}

const Carton small = box("small", {{200}, {150}, {100}});
const Carton large = box("large", {{400}, {300}, {300}});

// The plan, after every promise of it was checked.
Plan kept(const std::vector<Item>& items, const std::vector<Carton>& cartons,
          const Rules& rules = {}) {
    const auto plan = pack(items, cartons, rules);
    if (!plan) {
        ADD_FAILURE() << "refused";
        return {};
    }
    EXPECT_EQ(fault_of(items, cartons, rules, *plan), "");
    return *plan;
}

Why refusal(const std::vector<Item>& items, const std::vector<Carton>& cartons,
            const Rules& rules = {}) {
    const auto plan = pack(items, cartons, rules);
    EXPECT_FALSE(plan);
    return plan ? Why::too_many : plan.error().why;
}

TEST(Cartons, TakesTheSmallestThatHoldsAll) {
    const auto plan = kept({item({{100}, {75}, {50}}, 7)}, {large, small});
    ASSERT_EQ(plan.cartons.size(), 1u);
    EXPECT_EQ(plan.cartons[0].carton, 1u);
    EXPECT_EQ(plan.cartons[0].empty_permille, 125);  // one eighth
    EXPECT_TRUE(plan.fewest_proven);
}

TEST(Cartons, OfTwoOfOneSizeTheCheaperIsTaken) {
    auto dear = small, cheap = small;
    dear.cost = {900};
    cheap.cost = {700};
    EXPECT_EQ(kept({item({{50}, {50}, {50}}, 1)}, {dear, cheap}).cartons[0].carton, 1u);
}

TEST(Cartons, AnOrderOfNothingNeedsNone) {
    EXPECT_TRUE(kept({}, {small}).cartons.empty());
}

TEST(Cartons, SplitsWhatIsTooHeavyForOne) {
    const auto strong = box("strong", {{400}, {300}, {300}}, grams(10'100));
    const auto plan = kept({item({{100}, {100}, {100}}, 9, grams(2'500))}, {strong});
    EXPECT_EQ(plan.cartons.size(), 3u);  // four of 2.5 kg each
    EXPECT_TRUE(plan.fewest_proven);
}

TEST(Cartons, ASplitTakesSmallCartonsForTheRest) {
    const auto plan = kept({item({{200}, {150}, {100}}, 13)}, {small, large});
    ASSERT_EQ(plan.cartons.size(), 2u);  // twelve fill the large one
    EXPECT_EQ(plan.cartons[0].carton + plan.cartons[1].carton, 1u);
}

TEST(Cartons, WhatMustStandUprightIsNotTurned) {
    auto bottle = item({{60}, {60}, {250}}, 2);
    EXPECT_EQ(kept({bottle}, {box("flat", {{300}, {130}, {70}}), large}).cartons[0].carton, 0u);
    bottle.upright = true;
    EXPECT_EQ(kept({bottle}, {box("flat", {{300}, {130}, {70}}), large}).cartons[0].carton, 1u);
}

TEST(Cartons, WhatMustLieFlatDoesNotStand) {
    auto frame = item({{30}, {280}, {200}}, 3);  // declared as it stands in the shelf
    frame.keep_flat = true;
    const auto plan = kept({frame}, {box("tall", {{100}, {210}, {290}}), large});
    EXPECT_EQ(plan.cartons[0].carton, 1u);
    EXPECT_EQ(plan.cartons[0].placed[0].size.height.value, 30);
}

TEST(Cartons, WhatMayNotStandOnEndIsNeverAsTallAsItIsLong) {
    auto lamp = item({{300}, {90}, {80}}, 1);
    const auto tall = box("tall", {{100}, {100}, {320}});
    EXPECT_EQ(kept({lamp}, {tall, large}).cartons[0].carton, 0u);
    lamp.never_on_end = true;
    EXPECT_EQ(kept({lamp}, {tall, large}).cartons[0].carton, 1u);
}

TEST(Cartons, UprightAndFlatTogetherMayLeaveNoWay) {
    auto item_both = item({{50}, {50}, {250}}, 1);
    item_both.upright = item_both.keep_flat = true;
    EXPECT_EQ(refusal({item_both}, {large}), Why::too_large);
}

TEST(Cartons, NothingHeavierLiesAboveWhatIsFragile) {
    auto glass = item({{100}, {100}, {50}}, 1, grams(200));
    glass.fragile = true;
    const auto iron = item({{100}, {100}, {50}}, 1, grams(3'000));
    const auto shaft = box("shaft", {{100}, {100}, {100}});
    const auto plan = kept({glass, iron}, {shaft});
    ASSERT_EQ(plan.cartons[0].placed.size(), 2u);
    EXPECT_EQ(plan.cartons[0].placed[0].item, 1u);  // the iron goes in first
    auto lead_glass = iron;
    lead_glass.fragile = true;
    EXPECT_EQ(kept({glass, lead_glass}, {shaft}).cartons.size(), 1u);  // the lighter one on top
}

TEST(Cartons, FoodAndChemicalsTravelApart) {
    auto rice = item({{50}, {50}, {50}}, 2), soap = rice, cup = rice;
    rice.goods = "food";
    soap.goods = "chemicals";
    Rules rules;
    rules.apart = {{"food", "chemicals"}};
    const auto plan = kept({rice, soap, cup}, {large}, rules);
    EXPECT_EQ(plan.cartons.size(), 2u);
    EXPECT_EQ(kept({rice, cup}, {large}, rules).cartons.size(), 1u);
}

TEST(Cartons, AMailerTakesWhatIsThin) {
    const auto book = item({{200}, {140}, {20}}, 1, grams(300));
    const auto plan = kept({book}, {large, bag("bag", {{250}, {180}, {40}})});
    ASSERT_EQ(plan.cartons.size(), 1u);
    EXPECT_EQ(plan.cartons[0].carton, 1u);
    EXPECT_EQ(plan.cartons[0].inner.height.value, 20);
    EXPECT_EQ(plan.cartons[0].inner.width.value, 160);  // 180 of flat bag go round 20
    EXPECT_EQ(plan.cartons[0].outer.height.value, 22);
}

TEST(Cartons, AMailerFilledThickerIsNarrower) {
    const auto bags = std::vector{large, bag("bag", {{250}, {165}, {40}})};
    EXPECT_EQ(kept({item({{200}, {140}, {20}}, 1)}, bags).cartons[0].carton, 1u);
    EXPECT_EQ(kept({item({{200}, {140}, {30}}, 1)}, bags).cartons[0].carton, 0u);
}

TEST(Cartons, NothingFragileGoesIntoAMailer) {
    auto vase = item({{200}, {140}, {20}}, 1);
    vase.fragile = true;
    EXPECT_EQ(kept({vase}, {large, bag("bag", {{250}, {180}, {40}})}).cartons[0].carton, 0u);
    EXPECT_EQ(refusal({vase}, {bag("bag", {{250}, {180}, {40}})}), Why::too_large);
}

TEST(Cartons, SupportIsARuleThatCanBeLowered) {
    // The tray breaks under the weight, so it must lie on top, and the weight carries a third.
    auto tray = item({{300}, {100}, {50}}, 1, grams(100));
    tray.fragile = tray.upright = true;
    const std::vector items{tray, item({{100}, {100}, {50}}, 1, grams(900))};
    const auto trough = box("trough", {{300}, {100}, {100}});
    EXPECT_EQ(kept(items, {trough}).cartons.size(), 2u);
    Rules loose;
    loose.support_percent = 33;
    EXPECT_EQ(kept(items, {trough}, loose).cartons.size(), 1u);
    loose.support_percent = 34;
    EXPECT_EQ(kept(items, {trough}, loose).cartons.size(), 2u);
}

TEST(Cartons, RefusesWhatNoCartonTakesAndNamesIt) {
    const auto fine = item({{10}, {10}, {10}}, 1);
    const auto plan = pack({fine, item({{500}, {10}, {10}}, 1)}, {small, large});
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().why, Why::too_large);
    EXPECT_EQ(plan.error().item, 1u);
    EXPECT_EQ(refusal({fine, item({{10}, {10}, {10}}, 1, grams(21'000))}, {small, large}),
              Why::too_heavy);
    EXPECT_EQ(refusal({fine}, {}), Why::no_cartons);
}

TEST(Cartons, RefusesSizesAndWeightsThatCannotBe) {
    EXPECT_EQ(refusal({item({{0}, {10}, {10}}, 1)}, {small}), Why::bad_item);
    EXPECT_EQ(refusal({item({{10}, {10}, {10}}, 0)}, {small}), Why::bad_item);
    EXPECT_EQ(refusal({item({{10}, {10}, {10}}, 1, {-1})}, {small}), Why::bad_item);
    EXPECT_EQ(refusal({item({{1}, {1}, {1}}, 5'000)}, {small}), Why::bad_item);
    EXPECT_EQ(refusal({item({{1}, {1}, {1}}, 1'950), item({{1}, {1}, {1}}, 100)}, {small}),
              Why::too_many);
    EXPECT_EQ(refusal({item({{10}, {10}, {10}}, 1)}, {box("none", {{0}, {10}, {10}})}),
              Why::bad_carton);
}

TEST(Cartons, RefusesMoreCartonsThanTheSiteAllows) {
    Rules one;
    one.most_cartons = 1;
    EXPECT_EQ(refusal({item({{200}, {150}, {100}}, 13)}, {small, large}, one), Why::too_many);
    EXPECT_EQ(kept({item({{200}, {150}, {100}}, 12)}, {small, large}, one).cartons.size(), 1u);
}

TEST(Cartons, TheSequenceOfTheLinesDoesNotMatter) {
    std::vector items{item({{120}, {80}, {60}}, 3), item({{90}, {90}, {40}}, 5),
                      item({{200}, {30}, {30}}, 4)};
    const auto one = kept(items, {small, large});
    std::swap(items[0], items[2]);
    const auto other = kept(items, {small, large});
    ASSERT_EQ(one.cartons.size(), other.cartons.size());
    EXPECT_EQ(one.steps, other.steps);
    for (std::size_t i = 0; i < one.cartons[0].placed.size(); ++i) {
        EXPECT_EQ(one.cartons[0].placed[i].x, other.cartons[0].placed[i].x);
        EXPECT_EQ(one.cartons[0].placed[i].size, other.cartons[0].placed[i].size);
    }
}

TEST(Cartons, OffersEachCartonThatTakesItAllForTheCourierToPrice) {
    const auto medium = box("medium", {{300}, {200}, {150}});
    const std::vector cartons{large, small, medium};
    const auto plans = choices({item({{200}, {150}, {100}}, 2)}, cartons);
    ASSERT_TRUE(plans);
    ASSERT_EQ(plans->size(), 2u);
    EXPECT_EQ((*plans)[0].cartons[0].carton, 2u);
    EXPECT_EQ((*plans)[1].cartons[0].carton, 0u);
    for (const auto& plan : *plans)
        EXPECT_EQ(fault_of({item({{200}, {150}, {100}}, 2)}, cartons, {}, plan), "");
}

TEST(Cartons, OffersTheSplitWhereNoCartonTakesItAll) {
    const std::vector items{item({{200}, {150}, {100}}, 13)};
    const auto plans = choices(items, {small, large});
    ASSERT_TRUE(plans);
    ASSERT_EQ(plans->size(), 1u);
    EXPECT_EQ((*plans)[0].cartons.size(), 2u);
    EXPECT_FALSE(choices({item({{500}, {10}, {10}}, 1)}, {small, large}));
}

TEST(Cartons, AnswersAtOnceEvenWithoutStepsToSpend) {
    Rules rules;
    rules.work_steps = 0;
    const auto plan =
        kept({item({{120}, {80}, {60}}, 30), item({{90}, {90}, {40}}, 50)}, {small, large}, rules);
    EXPECT_FALSE(plan.cartons.empty());
}

}  // namespace
}  // namespace kemas::cartonize
