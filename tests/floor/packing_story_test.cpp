// What an order of the books is packed in, asked as the bench's picture asks it.
#include <gmock/gmock.h>

#include "core/cartonize/cartonize.hpp"
#include "core/rules/packing_ask.hpp"
#include "tests/support/story.hpp"

namespace kemas::testing {
namespace {

struct Packing : ::testing::Test {
    Story story;
    std::vector<Carton> cartons;
    PackingPolicy policy;

    void SetUp() override {
        story.skus().stock().tariff().numbers();
        Carton box{"BOX-S", "small box", {{200}, {150}, {110}}, grams(60), grams(2)};
        box.inner = {{190}, {140}, {100}};
        Carton large{"BOX-L", "large box", {{400}, {300}, {300}}, grams(250), grams(5)};
        large.inner = {{390}, {290}, {290}};
        large.max_gross = grams(2000);
        Carton bag{"BAG", "bag", {{300}, {200}, {40}}, grams(12), grams(1)};
        bag.kind = CartonKind::bag;
        bag.inner = {{320}, {240}, {36}};
        cartons = {box, large, bag};
    }
    static SkuRow sku(const std::string& code, Size size, std::int64_t weight_g) {
        SkuRow row;
        row.sku = code;
        row.name = "the " + code;
        row.size = size;
        row.weight = grams(weight_g);
        return row;
    }
    void goods(std::vector<SkuRow> rows) {
        ASSERT_EQ(story.says(SkusImported{"skus.csv", "s" + std::to_string(rows.size()), rows}),
                  "+imported");
    }
    PackingAsk ask(std::vector<DraftLine> lines) {
        story.order(Story::draft("W-1", std::move(lines)));
        const auto order = story.order_named("W-1");
        return packing_ask(story.books(), {order}, cartons, policy);
    }
    static std::string packed_in(const PackingAsk& ask) {
        if (const auto refused = packing_refusal(ask); !refused.code.empty()) return refused.code;
        const auto plan = cartonize::pack(ask.items, ask.cartons, ask.rules);
        return plan ? cartons_text(ask, *plan) : packing_refusal(ask, plan.error()).code;
    }
};

constexpr Size mug{{120}, {90}, {95}};

TEST_F(Packing, TakesTheSmallestThatHoldsAll) {
    goods({sku("MUG-RED", mug, 300), sku("MUG-BLUE", mug, 320)});
    EXPECT_EQ(packed_in(ask({{"MUG-RED", 1}})), "small box (BOX-S)");
}

TEST_F(Packing, SplitsByTheGreatestWeight) {
    goods({sku("MUG-RED", mug, 300), sku("MUG-BLUE", mug, 320)});
    EXPECT_EQ(packed_in(ask({{"MUG-RED", 7}})), "small box (BOX-S), large box (BOX-L)");
}

TEST_F(Packing, PutsFlatGoodsIntoABagButNothingThatBreaks) {
    auto book = sku("MUG-RED", {{200}, {140}, {20}}, 300);
    goods({book});
    EXPECT_EQ(packed_in(ask({{"MUG-RED", 1}})), "bag (BAG)");
    book.fragile = true;
    ASSERT_EQ(story.says(SkusImported{"skus.csv", "again", {book}}), "+imported");
    const auto order = story.order_named("W-1");
    EXPECT_EQ(packed_in(packing_ask(story.books(), {order}, cartons, policy)), "large box (BOX-L)");
}

TEST_F(Packing, KeepsGoodsApartThatMustNotTravelTogether) {
    auto food = sku("MUG-RED", mug, 300), soap = sku("MUG-BLUE", mug, 300);
    food.goods = "food";
    soap.goods = "chemicals";
    goods({food, soap});
    policy.apart = {{"food", "chemicals"}};
    EXPECT_EQ(packed_in(ask({{"MUG-RED", 1}, {"MUG-BLUE", 1}})), "2 x small box (BOX-S)");
}

TEST_F(Packing, SaysWhatIsMissing) {
    goods({sku("MUG-RED", {}, 300), sku("MUG-BLUE", mug, 320), sku("TEA", {{900}, {9}, {9}}, 5)});
    const auto unsized = ask({{"MUG-RED", 1}, {"MUG-BLUE", 1}});
    EXPECT_EQ(packed_in(unsized), "packing_no_size");
    EXPECT_EQ(packing_refusal(unsized).args.front().second, "MUG-RED (the MUG-RED)");
    const auto order = story.order_named("W-1");
    EXPECT_EQ(
        packed_in(packing_ask(story.books(), {order}, {small_site().cartons["BOX-S"]}, policy)),
        "packing_no_cartons");
    EXPECT_EQ(packed_in(packing_ask(story.books(), {}, cartons, policy)), "packing_nothing");
    story.order(Story::draft("W-2", {{"TEA", 1}}));
    const auto long_one = packing_ask(story.books(), {story.order_named("W-2")}, cartons, policy);
    EXPECT_EQ(packed_in(long_one), "packing_too_large");
    const auto plan = cartonize::pack(long_one.items, long_one.cartons, long_one.rules);
    EXPECT_EQ(packing_refusal(long_one, plan.error()).args.front().second, "TEA (the TEA)");
}

}  // namespace
}  // namespace kemas::testing
