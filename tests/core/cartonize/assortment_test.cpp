// Which sizes a period of orders would have liked to have.
#include "core/cartonize/assortment.hpp"

#include <gtest/gtest.h>

namespace kemas::cartonize {
namespace {

Carton box(std::string name, Size inner, Money cost) {
    const Size outer{{inner.length.value + 8}, {inner.width.value + 8}, {inner.height.value + 8}};
    return {std::move(name), Kind::box, inner, outer, grams(100), grams(10'000), cost};
}

std::vector<Item> order_of(Size size, std::int64_t quantity) {
    Item item;
    item.size = size;
    item.quantity = quantity;
    item.weight = grams(100);
    return {item};
}

const Carton large = box("large", {{400}, {300}, {300}}, {900});
const Carton flat = box("flat", {{300}, {200}, {50}}, {400});

TEST(Assortment, CountsWhatThePeriodUsed) {
    Assortment assortment({large, flat}, {}, {});
    assortment.add(order_of({{300}, {200}, {25}}, 2));   // fills the flat one
    assortment.add(order_of({{200}, {300}, {300}}, 2));  // fills the large one
    assortment.add(order_of({{500}, {10}, {10}}, 1));    // nobody can
    const auto report = assortment.report();
    EXPECT_EQ(report.orders, 3);
    EXPECT_EQ(report.refused, 1);
    EXPECT_EQ(report.all.cartons, 2);
    EXPECT_EQ(report.all.cost.value, 1'300);
    EXPECT_EQ(report.by_carton[0].cartons, 1);
    EXPECT_EQ(report.by_carton[1].cartons, 1);
    EXPECT_EQ(report.all.empty_permille(), 0);
    EXPECT_TRUE(report.savings.empty());  // no size is better than a full carton
}

TEST(Assortment, TellsWhatAWantedSizeWouldHaveSaved) {
    Assortment assortment({large}, {flat}, {});
    for (int i = 0; i < 3; ++i) assortment.add(order_of({{300}, {200}, {25}}, 2));
    assortment.add(order_of({{100}, {100}, {100}}, 20));
    Proposals none_of_its_own;
    none_of_its_own.most = 1;
    none_of_its_own.step_mm = 1'000;  // too coarse to be of use
    const auto report = assortment.report(none_of_its_own);
    ASSERT_EQ(report.savings.size(), 1u);
    EXPECT_EQ(report.savings[0].carton.name, "flat");
    EXPECT_EQ(report.savings[0].orders, 3);
    EXPECT_EQ(report.savings[0].cost.value, 3 * 500);
    EXPECT_EQ(report.savings[0].outer_mm3, 3 * (408LL * 308 * 308 - 308LL * 208 * 58));
}

TEST(Assortment, AWantedSizeMaySaveAWholeCarton) {
    Assortment assortment({flat}, {large}, {});
    assortment.add(order_of({{300}, {200}, {50}}, 12));
    const auto report = assortment.report();
    ASSERT_FALSE(report.savings.empty());
    EXPECT_EQ(report.savings[0].carton.name, "large");
    EXPECT_EQ(report.savings[0].cartons, 11);
}

TEST(Assortment, ProposesASizeFromHowTheOrdersLay) {
    Assortment assortment({large}, {}, {});
    for (int i = 0; i < 5; ++i) assortment.add(order_of({{198}, {148}, {43}}, 1));
    const auto report = assortment.report();
    ASSERT_EQ(report.savings.size(), 1u);  // a second one would save nothing more
    EXPECT_EQ(report.savings[0].orders, 5);
    EXPECT_EQ(report.savings[0].carton.inner, (Size{{200}, {150}, {50}}));
    EXPECT_EQ(report.savings[0].carton.outer, (Size{{208}, {158}, {58}}));
    EXPECT_EQ(report.savings[0].cost.value, 0);  // priced as the carton it replaces
}

TEST(Assortment, TheSecondSizeCountsOnlyWhatTheFirstLeft) {
    Assortment assortment({large}, {}, {});
    for (int i = 0; i < 5; ++i) assortment.add(order_of({{198}, {148}, {43}}, 1));
    for (int i = 0; i < 2; ++i) assortment.add(order_of({{98}, {98}, {8}}, 1));
    const auto report = assortment.report();
    ASSERT_EQ(report.savings.size(), 2u);
    EXPECT_EQ(report.savings[0].orders, 7);  // the small ones lie in it too
    EXPECT_EQ(report.savings[1].orders, 2);
    EXPECT_LT(report.savings[1].outer_mm3, report.savings[0].outer_mm3);
}

TEST(Assortment, NamesTheWantedSizesAloneWhenNothingElseShallCompete) {
    const auto wanted = new_box({{200}, {150}, {100}}, {large, flat}, 4);
    Assortment assortment({large, flat}, {wanted}, {});
    for (int i = 0; i < 5; ++i) assortment.add(order_of({{98}, {98}, {60}}, 1));
    Proposals asked;
    asked.compared = 0;
    const auto report = assortment.report(asked);
    ASSERT_EQ(report.savings.size(), 1u);
    EXPECT_EQ(report.savings[0].carton.name, "200 x 150 x 100");
    EXPECT_EQ(report.savings[0].orders, 5);
}

TEST(Assortment, ANewBoxTakesAfterTheSmallestOfOursThatIsAsLarge) {
    const auto small = new_box({{250}, {200}, {50}}, {large, flat}, 4);
    EXPECT_EQ(small.cost, flat.cost);
    EXPECT_EQ(small.tare, flat.tare);
    EXPECT_EQ(small.outer, (Size{{258}, {208}, {58}}));
    EXPECT_EQ(new_box({{300}, {300}, {200}}, {large, flat}, 4).cost, large.cost);
    EXPECT_EQ(new_box({{900}, {900}, {900}}, {flat, large}, 4).cost, large.cost);  // none is
    Carton bag = flat;
    bag.kind = Kind::mailer;
    EXPECT_EQ(new_box({{100}, {100}, {10}}, {bag}, 4).cost, Money{});
}

}  // namespace
}  // namespace kemas::cartonize
