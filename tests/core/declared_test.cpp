// What shops declare against what parcels weigh: which goods are wrong, what it costs, what to
// enter.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/declared/comparison.hpp"
#include "core/declared/load.hpp"

namespace kemas::declared {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Size kBox{{200}, {150}, {100}};  // 3,000 cm3: half a kilogram at 6000

// A shop "toko" on "shopee"; each begun kilogram costs 10,000, also of volume at 6000; boxes of 60
// g.
struct Shop {
    std::map<std::string, KnownSku> skus;
    std::vector<SentParcel> parcels;
    bool has_tariff = true;
    std::int64_t share = 1000;

    Shop& sku(const std::string& code, Milligrams weight, std::optional<DeclaredLoad> listed,
              Size size = {}) {
        skus[code] = {code + " name", weight, size, listed};
        return *this;
    }
    SentParcel& sent(std::vector<std::pair<std::string, std::int64_t>> items, Milligrams gross) {
        SentParcel parcel;
        parcel.id = {static_cast<std::int64_t>(parcels.size()) + 1};
        parcel.channel = "shopee";
        parcel.shop = "toko";
        parcel.gross = gross;
        parcel.on_scale = true;
        parcel.tare = grams(60);
        parcel.outer = kBox;
        parcel.rigid = true;
        for (const auto& [code, count] : items)
            parcel.items.push_back({"shopee", "toko", code, count});
        return parcels.emplace_back(std::move(parcel));
    }
    Report report() const {
        Comparison comparison(share);
        Sources sources;
        sources.sku = [&](const Units& units) { return skus.at(units.sku); };
        sources.price = [&](const SentParcel&, const DeclaredLoad& load) -> std::optional<Money> {
            if (!has_tariff) return std::nullopt;
            const auto heavy = std::max(load.weight, volumetric(load.size, 6000)).value;
            return Money{(heavy + 999'999) / 1'000'000 * 10'000};
        };
        sources.divisor = [&](const SentParcel&) { return has_tariff ? 6000 : 0; };
        for (const auto& parcel : parcels) comparison.add(parcel, sources);
        return comparison.finish();
    }
};

DeclaredLoad load(std::int64_t weight_g, Size size = {}) {
    return {grams(weight_g), size};
}

TEST(Declared, TooLittleDeclaredIsPaidByUsAndCorrectedToWhatIsSent) {
    Shop shop;
    shop.sku("POT", grams(1100), load(800));
    shop.sent({{"POT", 1}}, grams(1260));
    shop.sent({{"POT", 1}}, grams(1250));
    shop.sent({{"POT", 2}}, grams(2460));
    const auto report = shop.report();
    ASSERT_EQ(report.rows.size(), 1u);
    const auto& row = report.rows.front();
    EXPECT_EQ(std::tuple(row.channel, row.shop, row.sku, row.name),
              std::tuple("shopee", "toko", "POT", "POT name"));
    EXPECT_EQ(std::pair(row.parcels, row.units), std::pair(std::int64_t{3}, std::int64_t{4}));
    EXPECT_EQ(row.weight_found, Found::parcels);
    EXPECT_EQ(row.alone, 3);
    EXPECT_EQ(row.goods, grams(1200));              // median of 1200, 1190, 1200
    EXPECT_EQ(row.ours.weight, grams(1245));        // and 3 x 60 g among 4 units
    EXPECT_EQ(row.weight_off, -3574);               // 445 of 1245
    EXPECT_EQ(row.difference.cost, Money{30'000});  // 2 kg for 1, twice; 3 kg for 2
    EXPECT_EQ(row.difference.unknown, 0);
    EXPECT_TRUE(row.too_low);
    EXPECT_EQ(row.correction.weight, grams(1245));
}

TEST(Declared, TooMuchDeclaredIsToldAfterWhatCostsUs) {
    Shop shop;
    shop.sku("CUP", grams(300), load(1500)).sku("POT", grams(1100), load(800));
    shop.sent({{"CUP", 1}}, grams(360));
    shop.sent({{"POT", 1}}, grams(1260));
    const auto report = shop.report();
    ASSERT_EQ(report.rows.size(), 2u);
    EXPECT_EQ(report.rows[0].sku, "POT");
    EXPECT_EQ(report.rows[1].sku, "CUP");
    EXPECT_EQ(report.rows[1].difference.cost, Money{-10'000});
    EXPECT_FALSE(report.rows[1].too_low);
    EXPECT_EQ(report.rows[1].correction.weight, grams(360));
}

TEST(Declared, ExactlyTheShareIsNotOff) {
    EXPECT_FALSE(is_off(900, 1000, 1000));
    EXPECT_TRUE(is_off(899, 1000, 1000));
    EXPECT_FALSE(is_off(1100, 1000, 1000));
    EXPECT_TRUE(is_off(1101, 1000, 1000));
    EXPECT_FALSE(is_off(0, 1000, 1000));  // not told
    EXPECT_FALSE(is_off(1000, 0, 1000));  // not known
    Shop shop;
    shop.sku("CUP", grams(940), load(900));
    shop.sent({{"CUP", 1}}, grams(1000));
    EXPECT_THAT(shop.report().rows, IsEmpty());
    shop.share = 999;
    EXPECT_EQ(shop.report().rows.size(), 1u);
}

TEST(Declared, AMixedParcelsCostGoesToThoseThatAreOff) {
    Shop shop;
    shop.sku("POT", grams(1200), load(600)).sku("PAN", grams(900), load(800));
    shop.sku("CUP", grams(300), load(320));
    shop.sent({{"POT", 1}, {"PAN", 1}, {"CUP", 1}}, grams(2460));  // declared 1720 g: 10,000
    const auto report = shop.report();
    std::map<std::string, Money> costs;
    for (const auto& row : report.rows) costs[row.sku] = row.difference.cost;
    ASSERT_EQ(report.rows.size(), 2u);  // CUP is as declared: 300 g + 60 x 300 / 2400
    // POT 1200 + 30 - 600 = 630; PAN 900 + 22.5 - 800 = 122.5
    EXPECT_EQ(costs["POT"], Money{8372});
    EXPECT_EQ(costs["PAN"], Money{1628});
    EXPECT_EQ(report.rows[0].weight_found, Found::sku_list);
    EXPECT_EQ(report.rows[0].alone, 0);
}

TEST(Declared, AMixedParcelWhoseLoadTheChannelToldIsNoSkusDoing) {
    Shop shop;
    shop.sku("POT", grams(1200), load(600)).sku("CUP", grams(300), load(320));
    shop.sent({{"POT", 1}}, grams(1260));                                    // 10,000
    shop.sent({{"POT", 1}, {"CUP", 1}}, grams(1560)).declared = load(4000);  // -20,000
    const auto report = shop.report();
    ASSERT_EQ(report.rows.size(), 1u);
    EXPECT_EQ(report.rows[0].difference.cost, Money{10'000});
    ASSERT_EQ(report.packages.size(), 1u);
    EXPECT_EQ(report.packages[0].cost, Money{-20'000});
}

TEST(Declared, WithoutATariffTheCostIsNotKnownAndNeverNothing) {
    Shop shop;
    shop.has_tariff = false;
    shop.sku("POT", grams(1200), load(600)).sku("CUP", grams(300), load(320));
    shop.sent({{"POT", 1}}, grams(1260));
    shop.sent({{"POT", 1}, {"CUP", 1}}, grams(1560));
    const auto report = shop.report();
    ASSERT_EQ(report.rows.size(), 1u);
    EXPECT_EQ(report.rows[0].difference.priced, 0);
    EXPECT_EQ(report.rows[0].difference.unknown, 2);
    EXPECT_TRUE(report.rows[0].too_low);
    EXPECT_EQ(report.rows[0].divisor, 0);
}

TEST(Declared, AParcelThatIsNotWhollyDeclaredHasNoKnownCost) {
    Shop shop;
    shop.sku("POT", grams(1200), load(600)).sku("NEW", grams(500), {});
    shop.sent({{"POT", 1}, {"NEW", 1}}, grams(1760));
    shop.sent({{"POT", 1}}, grams(1260));
    const auto report = shop.report();
    ASSERT_EQ(report.rows.size(), 1u);
    EXPECT_EQ(report.rows[0].difference.cost, Money{10'000});
    EXPECT_EQ(report.rows[0].difference.priced, 1);
    EXPECT_EQ(report.rows[0].difference.unknown, 1);
    EXPECT_EQ(report.not_declared, 1);
}

TEST(Declared, WhatNoScaleWeighedIsLeftOutAndCounted) {
    Shop shop;
    shop.sku("POT", grams(1200), load(600)).sku("NEW", grams(500), {}).sku("ODD", {}, load(100));
    shop.sent({{"POT", 1}}, grams(1260)).on_scale = false;
    shop.sent({{"NEW", 1}}, grams(560));
    shop.sent({{"ODD", 1}, {"NEW", 1}}, grams(700));
    const auto report = shop.report();
    EXPECT_THAT(report.rows, IsEmpty());
    EXPECT_EQ(report.not_on_scale, 1);
    EXPECT_EQ(report.compared, 2);
    EXPECT_EQ(report.not_declared, 2);
    EXPECT_EQ(report.skus, 2);
    EXPECT_EQ(report.skus_not_declared, 1);
    EXPECT_EQ(report.skus_not_measured, 1);
}

TEST(Declared, ASizeIsOffByItsVolumeAndComesFromTheBoxOfOneUnit) {
    Shop shop;
    // 2 kg by volume at 6000, its box half a kilogram; the weight is right.
    shop.sku("LAMP", grams(400), load(460, {{300}, {200}, {200}}), {{180}, {120}, {90}});
    shop.sent({{"LAMP", 1}}, grams(460));
    auto report = shop.report();
    ASSERT_EQ(report.rows.size(), 1u);
    EXPECT_EQ(report.rows[0].weight_off, 0);
    EXPECT_EQ(report.rows[0].size_off, 30'000);
    EXPECT_EQ(report.rows[0].size_found, Found::parcels);
    EXPECT_EQ(report.rows[0].difference.cost, Money{-10'000});
    EXPECT_EQ(report.rows[0].correction, load(460, kBox));
    // In bags, whose size depends on what is in them, the SKU list says more.
    shop.parcels.front().rigid = false;
    report = shop.report();
    EXPECT_EQ(report.rows[0].size_found, Found::sku_list);
    EXPECT_EQ(report.rows[0].correction.size, (Size{{180}, {120}, {90}}));
}

TEST(Declared, WhatTheChannelSaysOfAPackageWinsOverTheCatalogue) {
    Shop shop;
    shop.sku("POT", grams(1200), load(1300)).sku("CUP", grams(300), load(320));
    shop.sent({{"POT", 1}, {"CUP", 1}}, grams(1600)).declared = load(800);
    shop.sent({{"POT", 1}, {"CUP", 1}}, grams(1600)).declared = load(1600);
    shop.sku("SOAP", grams(200), {});
    shop.sent({{"SOAP", 2}}, grams(460)).declared = load(2200);
    const auto report = shop.report();
    ASSERT_EQ(report.packages.size(), 1u);
    EXPECT_EQ(report.packages_off, 1);
    EXPECT_EQ(report.packages[0].parcel.id.value, 1);
    EXPECT_EQ(report.packages[0].weight_off, -5000);
    EXPECT_EQ(report.packages[0].cost, Money{10'000});
    ASSERT_EQ(report.rows.size(), 1u);  // the catalogue is right about POT and CUP
    EXPECT_EQ(report.rows[0].sku, "SOAP");
    EXPECT_EQ(report.rows[0].told, Told::package);
    EXPECT_EQ(report.rows[0].declared.weight, grams(1100));
    EXPECT_EQ(report.rows[0].correction.weight, grams(230));
}

TEST(Declared, EachShopHasItsOwnCatalogue) {
    Shop shop;
    shop.sku("POT", grams(1200), load(600));
    shop.sent({{"POT", 1}}, grams(1260));
    shop.sent({{"POT", 1}}, grams(1260)).items[0].shop = "other";
    const auto report = shop.report();
    ASSERT_EQ(report.rows.size(), 2u);
    EXPECT_NE(report.rows[0].shop, report.rows[1].shop);
    EXPECT_EQ(report.rows[0].parcels, 1);
}

TEST(Declared, SharesMakeTheWholeAgain) {
    EXPECT_THAT(shared(10, {1, 1, 1}), ElementsAre(3, 3, 4));
    EXPECT_THAT(shared(-10, {0, 1, 2}), ElementsAre(0, -3, -7));
    EXPECT_THAT(shared(7, {0, 0}), ElementsAre(3, 4));
    EXPECT_THAT(shared(0, {5}), ElementsAre(0));
}

TEST(Declared, UnitsAreAddedUpByVolumeOnTheLargestBase) {
    LoadSum sum;
    sum.add(load(100, {{100}, {50}, {20}}), 3);
    sum.add(load(50, {{10}, {200}, {10}}), 1);
    // 3 x 100,000 + 20,000 mm3 on 200 x 50
    EXPECT_EQ(sum.sum(), load(350, {{200}, {50}, {32}}));
    sum.add({}, 1);
    EXPECT_EQ(sum.sum().weight, Milligrams{});
    EXPECT_EQ(volumetric(kBox, 6000), grams(500));
    EXPECT_EQ(volumetric(kBox, 0), Milligrams{});
    EXPECT_EQ(volumetric({{1}, {1}, {1}}, 6000), Milligrams{1});
}

}  // namespace
}  // namespace kemas::declared
