// What the market declares of a package, kept beside what its parcel weighed.
#include "ledger/declared_rows.hpp"
#include "tests/channel/market_house.hpp"

namespace kemas::testing {
namespace {

constexpr std::int64_t minute = 60'000;

struct DeclaredAtMarket : ::testing::Test {
    MarketHouse house;

    void declare(const std::string& number, std::int64_t weight_g, Size size = {}) {
        house.at_market(number).declared = {grams(weight_g), size};
    }
    std::vector<declared::SentParcel> sent() const {
        ledger::Database db(house.story.path(), {true, ""});
        ledger::SentCursor cursor{{}, {house.story.now().value + 1}};
        std::vector<declared::SentParcel> all;
        for (bool is_last = false; !is_last;) {  // one by one, as a month is read in slices
            auto slice = ledger::next_sent(db, cursor, 1);
            is_last = slice.is_last;
            for (auto& each : slice.parcels) all.push_back(std::move(each));
        }
        return all;
    }
};

TEST_F(DeclaredAtMarket, IsKeptFromTheFirstReadAndTheNewestWins) {
    declare("1", 500, {{200}, {150}, {80}});
    house.order("1");
    ASSERT_TRUE(house.settle(minute));
    EXPECT_EQ(house.package("1").declared, (DeclaredLoad{grams(500), {{200}, {150}, {80}}}));
    house.at_market("1").declared = {};  // says no more of it
    EXPECT_EQ(house.pack("1"), "+label_coming");
    ASSERT_TRUE(house.settle(minute));
    EXPECT_EQ(house.package("1").declared, (DeclaredLoad{grams(500), {{200}, {150}, {80}}}));
    declare("1", 700);  // of the weight alone
    EXPECT_EQ(house.finish("1"), "");
    EXPECT_EQ(house.hand_over("1"), "+handed_over");
    ASSERT_TRUE(house.settle(minute));
    EXPECT_EQ(house.package("1").declared, (DeclaredLoad{grams(700), {{200}, {150}, {80}}}));
    house.restart();
    EXPECT_EQ(house.package("1").declared->weight, grams(700));
}

TEST_F(DeclaredAtMarket, IsHeardWhenTheChannelTellsUnasked) {
    house.order("1");
    ASSERT_TRUE(house.settle(minute));
    EXPECT_FALSE(house.package("1").declared);
    PackageTold told;
    told.link = "shopee";
    told.package.package_number = "PKG1";
    told.package.order_number = "1";
    told.package.declared = DeclaredLoad{grams(900), {}};
    EXPECT_EQ(house.says(told), "+package_known");
    EXPECT_EQ(house.package("1").declared, (DeclaredLoad{grams(900), {}}));
    told.package.package_number = "PKG2";
    told.package.declared->weight = grams(1);
    EXPECT_EQ(house.says(told), "-package_foreign");
}

TEST_F(DeclaredAtMarket, ParcelsAreReadWithWhatIsInThemOnceTheyAreLabelled) {
    declare("1", 500);
    for (const auto* number : {"1", "2", "3"}) {
        house.order(number);
        ASSERT_TRUE(house.settle(minute));
    }
    EXPECT_TRUE(sent().empty());
    for (const auto* number : {"1", "2"}) {
        EXPECT_EQ(house.pack(number), "+label_coming");
        EXPECT_EQ(house.finish(number), "");
    }
    const auto parcels = sent();
    ASSERT_EQ(parcels.size(), 2u);
    const auto& first = parcels[0];
    EXPECT_EQ(std::tuple(first.channel, first.external_id, first.package_number),
              std::tuple("shopee", "1", "PKG1"));
    EXPECT_EQ(std::tuple(first.courier, first.service, first.carton),
              std::tuple("J&T", "EZ", "BOX-S"));
    EXPECT_EQ(first.tracking_number, house.parcel("1").tracking_number);
    EXPECT_EQ(first.gross, house.parcel("1").gross);
    EXPECT_TRUE(first.on_scale);
    EXPECT_EQ(first.declared, (DeclaredLoad{grams(500), {}}));
    ASSERT_EQ(first.items.size(), 1u);
    EXPECT_EQ(std::pair(first.items[0].sku, first.items[0].count),
              std::pair(std::string("MUG-RED"), std::int64_t{1}));
    EXPECT_FALSE(parcels[1].declared);

    ledger::Database db(house.story.path(), {});
    db.run("UPDATE parcels SET voided_at = 1, weight_source = '' WHERE id = ?1", first.id.value);
    db.run("UPDATE parcels SET weight_source = 'typed by sari' WHERE id = ?1", parcels[1].id.value);
    const auto left = sent();
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left[0].external_id, "2");
    EXPECT_FALSE(left[0].on_scale);
}

}  // namespace
}  // namespace kemas::testing
