// Orders and cartons of every kind from seeds: whatever the answer is, it keeps its promises.
// KEMAS_LONG=1 asks 100,000 of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <random>

#include "check.hpp"
#include "core/cartonize/cartonize.hpp"

namespace kemas::cartonize {
namespace {

class Dice {
 public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    std::int64_t roll(std::int64_t least, std::int64_t most) {
        return least +
               static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(most - least + 1));
    }
    bool one_in(std::int64_t n) { return roll(1, n) == 1; }

 private:
    std::mt19937_64 engine_;
};

Item some_item(Dice& dice) {
    // Cubes, slabs and rods: sides of each are drawn from another range.
    const auto shape = dice.roll(0, 2);
    const auto side = [&](bool thin) { return Millimetres{dice.roll(5, thin ? 40 : 260)}; };
    Item item;
    item.size = {side(false), side(shape == 2), side(shape != 0)};
    item.weight = grams(dice.roll(0, 10) ? dice.roll(1, 1'500) : dice.roll(1'500, 6'000));
    item.quantity = dice.one_in(4) ? dice.roll(1, 20) : dice.roll(1, 3);
    item.upright = dice.one_in(6);
    item.keep_flat = !item.upright && dice.one_in(6);
    item.never_on_end = dice.one_in(8);
    item.fragile = dice.one_in(5);
    static constexpr const char* goods[] = {"", "", "", "food", "chemicals", "flowers"};
    item.goods = goods[dice.roll(0, 5)];
    return item;
}

Carton some_carton(Dice& dice, std::int64_t at) {
    const bool bag = dice.one_in(4);
    const auto length = dice.roll(120, 600), width = dice.roll(100, 400);
    const auto height = bag ? dice.roll(10, 60) : dice.roll(40, 400);
    const auto wall = dice.roll(0, 6);
    Carton carton;
    carton.name = std::to_string(at);
    carton.kind = bag ? Kind::mailer : Kind::box;
    carton.inner = {{length}, {width}, {height}};
    carton.outer = {{length + wall}, {width + wall}, {bag ? wall : height + wall}};
    carton.tare = grams(dice.roll(5, 900));
    carton.max_gross = carton.tare + grams(dice.roll(500, 30'000));
    carton.cost = {dice.roll(0, 9'000)};
    return carton;
}

struct Question {
    std::vector<Item> items;
    std::vector<Carton> cartons;
    Rules rules;
};

Question question(std::uint64_t seed) {
    Dice dice(seed);
    Question asked;
    for (auto n = dice.roll(1, 8); n > 0; --n) asked.items.push_back(some_item(dice));
    for (auto n = dice.roll(1, 6); n > 0; --n) asked.cartons.push_back(some_carton(dice, n));
    static constexpr std::int64_t support[] = {75, 75, 75, 100, 50, 0};
    asked.rules.support_percent = support[dice.roll(0, 5)];
    asked.rules.apart = {{"food", "chemicals"}, {"chemicals", "flowers"}};
    asked.rules.work_steps = dice.roll(0, 8'000);
    return asked;
}

TEST(RandomOrders, KeepEveryPromise) {
    const std::uint64_t orders = std::getenv("KEMAS_LONG") ? 100'000 : 2'000;
    std::uint64_t packed = 0;
    for (std::uint64_t seed = 1; seed <= orders; ++seed) {
        const auto asked = question(seed);
        const auto plan = pack(asked.items, asked.cartons, asked.rules);
        if (!plan) continue;
        ++packed;
        ASSERT_EQ(fault_of(asked.items, asked.cartons, asked.rules, *plan), "") << "seed " << seed;
    }
    EXPECT_GT(packed, orders / 4);  // and the rest had a unit that fits nowhere
}

TEST(RandomOrders, AreRefusedOnlyForAUnitThatFitsNowhere) {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto asked = question(seed);
        const auto plan = pack(asked.items, asked.cartons, asked.rules);
        if (plan) continue;
        ASSERT_TRUE(plan.error().item) << "seed " << seed;
        auto alone = asked.items[*plan.error().item];
        alone.quantity = 1;
        EXPECT_FALSE(pack({alone}, asked.cartons, asked.rules)) << "seed " << seed;
    }
}

TEST(RandomOrders, HaveTheSameAnswerTwice) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const auto asked = question(seed);
        const auto one = pack(asked.items, asked.cartons, asked.rules);
        const auto two = pack(asked.items, asked.cartons, asked.rules);
        ASSERT_EQ(one.has_value(), two.has_value());
        if (!one) continue;
        ASSERT_EQ(one->steps, two->steps) << "seed " << seed;
        ASSERT_EQ(one->cartons.size(), two->cartons.size()) << "seed " << seed;
    }
}

// A carton cut into pieces by planes: what is known to fit. The pieces come in any turn.
std::vector<Item> cut_carton(Dice& dice, const Size& inner) {
    std::vector<std::array<std::int64_t, 3>> pieces{
        {inner.length.value, inner.width.value, inner.height.value}};
    for (auto cuts = dice.roll(3, 9); cuts > 0; --cuts) {
        const auto at = static_cast<std::size_t>(dice.roll(0, std::ssize(pieces) - 1));
        const auto axis = static_cast<std::size_t>(dice.roll(0, 2));
        if (pieces[at][axis] < 40) continue;
        auto other = pieces[at];
        pieces[at][axis] = dice.roll(20, other[axis] - 20);
        other[axis] -= pieces[at][axis];
        pieces.push_back(other);
    }
    std::vector<Item> items;
    for (auto& piece : pieces) {
        if (pieces.size() > 4 && dice.one_in(5)) continue;  // 70 to 90 % of it is left
        std::rotate(piece.begin(), piece.begin() + dice.roll(0, 2), piece.end());
        Item item;
        item.size = {{piece[0]}, {piece[1]}, {piece[2]}};
        item.weight = grams(10);
        items.push_back(item);
    }
    return items;
}

TEST(CutCartons, GoBackIntoOneAsAlmostAlways) {
    const Carton carton{
        "c",           Kind::box, {{310}, {220}, {120}}, {{318}, {228}, {128}}, grams(100),
        grams(20'000), {}};
    int orders = 0, ones = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Dice dice(seed);
        const auto items = cut_carton(dice, carton.inner);
        if (items.empty()) continue;
        const auto plan = pack(items, {carton});
        ASSERT_TRUE(plan);
        ASSERT_EQ(fault_of(items, {carton}, {}, *plan), "") << "seed " << seed;
        ++orders;
        ones += plan->cartons.size() == 1;
    }
    EXPECT_GE(ones * 100, orders * 95);
}

}  // namespace
}  // namespace kemas::cartonize
