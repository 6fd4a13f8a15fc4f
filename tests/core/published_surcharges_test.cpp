// Couriers' published surcharges as data, the source beside each: its amount, the words of its
// line, and its rounding.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tariff_site.hpp"

namespace kemas::rating {
namespace {

using testing::HasSubstr;

TEST(PublishedSurcharges, InsuranceIsAShareAndAFee) {  // jne.co.id/insurance; jtr-en: 0.5 %
    Site site;
    site.add("insurance", SurchargeKind::percent_of_value, 20, When::insured).plus = {5000};
    site.request.value = {1'000'000};
    EXPECT_EQ(site.extra(), Money{});
    site.request.insured = true;
    EXPECT_EQ(site.extra(), Money{7000});
    EXPECT_EQ(site.quoted().lines[1].how, "0.20 % of value 1000000 + 5000");
    site.t.surcharges[0].amount = 50;
    EXPECT_EQ(site.extra(), Money{10'000});
}

TEST(PublishedSurcharges, CodFeeFollowsTheSettlementDays) {  // Biteship's table: JNE 4/5/6 %, SAP
    Site site;
    for (const auto& [days, percent] : {std::pair{7, 400}, {5, 500}, {3, 600}}) {
        auto& row = site.add("COD fee", SurchargeKind::percent_of_cod, percent, When::cod);
        row.settlement_days = days;
        row.minimum = {3500};
    }
    site.t.services[0].cod_min = {25'000};
    site.t.services[0].cod_max = {5'000'000};
    site.request.cod = {100'000};
    for (const auto& [days, fee] : {std::pair{7, 4000}, {5, 5000}, {3, 6000}}) {
        site.request.settlement_days = days;
        EXPECT_EQ(site.extra(), Money{fee}) << days;
    }
    site.request.cod = {30'000};
    EXPECT_EQ(site.extra(), Money{3500});
    site.request.cod = {100'001};
    site.request.settlement_days = 5;
    EXPECT_EQ(site.extra(), Money{5001});  // 5000.05, up to the rupiah
}

TEST(PublishedSurcharges, HeavyPiecesPayByTheirOwnWeight) {  // jne.co.id/jtr-en
    Site site;
    const auto band = [&](std::int64_t from, std::int64_t below, std::int64_t fee) {
        auto& row = site.add("heavy piece", SurchargeKind::flat, fee);
        row.from_g = from * 1000;
        row.below_g = below * 1000;
        row.each_piece = true;
    };
    band(250, 300, 150'000);
    band(300, 400, 200'000);
    band(400, 500, 300'000);
    band(500, 0, 600'000);
    for (const auto& [kg, fee] : {std::pair{249, 0},
                                  {250, 150'000},
                                  {299, 150'000},
                                  {300, 200'000},
                                  {400, 300'000},
                                  {500, 600'000}}) {
        site.request.gross = grams(kg * 1000);
        EXPECT_EQ(site.quoted().total, Money{kg * 10'000 + fee}) << kg;
    }
    site.request.pieces = {
        {grams(250'000), kSmall}, {grams(260'000), kSmall}, {grams(1000), kSmall}};
    EXPECT_EQ(site.quoted().total, Money{5'110'000 + 2 * 150'000});
}

TEST(PublishedSurcharges, DangerousGoodsDoubleTheFreight) {  // JTR agent page 2013
    Site site;
    site.add("dangerous goods", SurchargeKind::percent_of_freight, 10'000, When::dangerous);
    EXPECT_EQ(site.extra(), Money{});
    site.request.dangerous = true;
    EXPECT_EQ(site.extra(), Money{20'000});
    site.t.services[0].dangerous_allowed = false;
    EXPECT_THAT(quote(*make_rate_book(site.t), site.request).error().what,
                HasSubstr("takes no dangerous goods"));
}

TEST(PublishedSurcharges,
     WoodAddsWeightBeforeItIsBilled) {  // biayatarif.com: a kilogram becomes two
    Site site;
    auto& wood = site.add("wooden packing", SurchargeKind::per_m3, 1'500'000, When::wooden);
    wood.adds_g = 1000;
    wood.minimum = {10'000};
    site.request.wooden = true;
    const auto found = site.quoted();
    EXPECT_EQ(found.weight.weight, grams(3000));
    EXPECT_EQ(found.total, Money{30'000 + 10'000});
    EXPECT_EQ(found.lines[1].how, "0.001000 m3 x 1500000, at least 10000");
}

TEST(PublishedSurcharges, RemoteAreasPayTheGreaterAndFuelCountsThem) {
    Site site;
    site.t.listed_areas = {{"remote", "31.7", "", ""}, {"remote", "", "", "99800-99899"}};
    auto& remote = site.add("remote", SurchargeKind::flat_or_per_kg, 25'000);
    remote.per_kg = {5000};
    remote.area_list = "remote";
    site.add("fuel", SurchargeKind::percent_of_freight, 1000).of = "remote";
    EXPECT_EQ(site.extra(), Money{25'000 + 4500});
    EXPECT_EQ(site.quoted().lines[2].how, "10.00 % of freight and remote 45000");
    site.request.gross = grams(6000);
    EXPECT_EQ(site.quoted().total, Money{60'000 + 30'000 + 9000});
    site.request.area_code = "32.16";
    EXPECT_EQ(site.quoted().total, Money{60'000 + 6000});
    site.request.postal_code = "99 850";
    EXPECT_EQ(site.quoted().total, Money{60'000 + 30'000 + 9000});
}

TEST(PublishedSurcharges, FreightVatIsADatedLineOfItsOwn) {  // PMK 71/2022: 1.1 % on parcel post
    Site site;
    auto& vat = site.add("VAT", SurchargeKind::percent_of_total, 110);
    vat.tax = true;
    vat.valid_from = *parse_day("2022-04-01");
    vat.round = AmountRounding::half_up;
    site.add("handling", SurchargeKind::flat, 1000);  // written later, charged before the tax
    site.request.day = *parse_day("2022-03-31");
    EXPECT_EQ(site.extra(), Money{1000});
    site.request.day = *parse_day("2022-04-01");
    const auto found = site.quoted();
    EXPECT_EQ(found.total, Money{21'231});
    EXPECT_EQ(found.lines[2].how, "1.10 % of the total 21000");
    EXPECT_TRUE(found.lines[2].tax);
}

// The rate of a tax changes on a day: two lines, each with its days.
TEST(PublishedSurcharges, ATaxOfAnotherRateTakesOverOnItsDay) {
    Site site;
    auto& before = site.add("VAT", SurchargeKind::percent_of_total, 110);
    before.tax = true;
    before.valid_to = *parse_day("2026-12-31");
    auto& after = site.add("VAT", SurchargeKind::percent_of_total, 120);
    after.tax = true;
    after.valid_from = *parse_day("2027-01-01");
    site.request.day = *parse_day("2026-12-31");
    EXPECT_EQ(site.quoted().lines.at(1).how, "1.10 % of the total 20000");
    site.request.day = *parse_day("2027-01-01");
    const auto found = site.quoted();
    ASSERT_EQ(found.lines.size(), 2u);
    EXPECT_EQ(found.lines[1].how, "1.20 % of the total 20000");
    EXPECT_EQ(found.total, Money{20'240});
}

}  // namespace
}  // namespace kemas::rating
