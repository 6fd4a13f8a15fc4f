// Couriers' published rules as data: one case for each row of couriers-labels.md, 1.2 and 1.3. What
// third parties say is marked; a site confirms it from its contract.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tariff_site.hpp"

namespace kemas::rating {
namespace {

using testing::HasSubstr;

ServiceRow tolerant(ServiceRow row, Edge edge, std::int64_t minimum_g) {
    row.rounding = Rounding::tolerance;
    row.tolerance_g = 300;
    row.edge = edge;
    row.minimum_g = minimum_g;
    return row;
}

ServiceRow in_pounds(ServiceRow row, SideRounding sides) {
    row.unit = Unit::pound;
    row.side_rounding = sides;
    return row;
}

std::int64_t billed(const ServiceRow& row, Milligrams gross, Size outer = kSmall) {
    const Piece piece{gross, outer};
    const auto found = bill(row, {&piece, 1});
    EXPECT_EQ(found.refusal, Refusal::none) << row.courier << " " << row.code;
    return found.ticks;
}

Refusal refusal(const ServiceRow& row, Milligrams gross, Size outer) {
    const Piece piece{gross, outer};
    return bill(row, {&piece, 1}).refusal;
}

TEST(PublishedRules, JneRegForgivesWithItsEdge) {  // jnebrebes.blogspot, berikhtiar.com
    const auto reg = tolerant(service("JNE", "REG", 6000), Edge::inclusive, 1000);
    EXPECT_EQ(billed(reg, grams(1300)), 1000);
    EXPECT_EQ(billed(reg, grams(1310)), 2000);
    EXPECT_EQ(billed(reg, grams(500), kBulky), 20'000);
}

TEST(PublishedRules, JneTruckingDoesNot) {  // jne.co.id/jtr-en
    const auto jtr = tolerant(service("JNE", "JTR", 5000), Edge::exclusive, 10'000);
    EXPECT_EQ(billed(jtr, {12'299'999}), 12'000);
    EXPECT_EQ(billed(jtr, grams(12'300)), 13'000);
    EXPECT_EQ(billed(jtr, grams(1300)), 10'000);
    EXPECT_EQ(billed(jtr, grams(500), kBulky), 24'000);
}

TEST(PublishedRules, JneCountsVolumeAbove18000) {  // leunatha.blogspot, tomorrowsuite.id
    auto reg = tolerant(service("JNE", "REG", 6000), Edge::inclusive, 1000);
    reg.volumetric_above_cm3 = 18'000;
    EXPECT_EQ(billed(reg, grams(900), {{300}, {300}, {200}}), 1000);
    EXPECT_EQ(billed(reg, grams(900), {{300}, {300}, {201}}), 3000);  // 3.015 kg
}

TEST(PublishedRules, JntExpressAndItsLongParcels) {  // jtexpress.my FAQ 20
    auto ez = tolerant(service("J&T", "EZ", 6000), Edge::inclusive, 1000);
    ez.max_sides_sum = {3000};
    ez.max_side = {1500};
    EXPECT_EQ(billed(ez, grams(1000), {{1500}, {100}, {100}}), 3000);  // 2.5 kg
    EXPECT_EQ(refusal(ez, grams(1000), {{1501}, {100}, {100}}), Refusal::side_long);
    EXPECT_EQ(refusal(ez, grams(1000), {{1000}, {1000}, {1001}}), Refusal::sides_sum);
}

TEST(PublishedRules, JntCargoRoundsNothing) {  // kurirpedia.com
    auto cargo = service("J&T", "CARGO", 5000);
    cargo.step_g = 1;
    cargo.minimum_g = 11'000;
    EXPECT_EQ(billed(cargo, grams(12'345)), 12'345);
    EXPECT_EQ(billed(cargo, grams(3000)), 11'000);
}

TEST(PublishedRules, SiCepatAndAnterAja) {  // bisniskurir.com 2019; everpro.id: 1.30 -> 2
    EXPECT_EQ(billed(tolerant(service("SiCepat", "REG", 6000), Edge::inclusive, 1000), grams(1300)),
              1000);
    const auto reg = tolerant(service("AnterAja", "REG", 6000), Edge::exclusive, 1000);
    EXPECT_EQ(billed(reg, grams(1300)), 2000);
    EXPECT_EQ(billed(reg, grams(1299)), 1000);
}

TEST(PublishedRules, DivisorsAreOfTheService) {  // everpro.id; papandayancargo.com
    EXPECT_EQ(billed(service("GoSend", "INSTANT", 6000), grams(500), kBulky), 20'000);
    EXPECT_EQ(billed(service("Grab", "INSTANT", 6000), grams(500), kBulky), 20'000);
    EXPECT_EQ(billed(service("ID Express", "STD", 6000), grams(500), kBulky), 20'000);
    EXPECT_EQ(billed(service("ID Express", "LITE", 6000), grams(500), kBulky), 20'000);
    EXPECT_EQ(billed(service("ID Express", "CARGO", 4000), grams(500), kBulky), 30'000);
    EXPECT_EQ(billed(service("Indah", "AIR", 6000), grams(500), kBulky), 20'000);
    EXPECT_EQ(billed(service("Indah", "LAND", 5000), grams(500), kBulky), 24'000);
    EXPECT_EQ(billed(service("Cargo", "SEA", 4000), grams(500), kBulky), 30'000);
}

TEST(PublishedRules, LionParcelInterpackForgivesNothing) {  // lionparcel agent page 2024
    auto interpack = service("Lion", "INTERPACK", 5000);
    EXPECT_EQ(billed(interpack, grams(1010)), 2000);
    EXPECT_EQ(billed(interpack, grams(500), kBulky), 24'000);
}

TEST(PublishedRules, InternationalRoundsAnyFractionUp) {  // abangexpress.co.id
    auto abroad = service("X", "INTL", 5000);
    abroad.step_g = 500;
    abroad.minimum_g = 500;
    EXPECT_EQ(billed(abroad, grams(10)), 500);
    EXPECT_EQ(billed(abroad, grams(510)), 1000);
}

TEST(PublishedRules, DhlRoundsEachPieceAndSums) {  // goglobal.dhl-usa.com
    TariffRows t;
    t.version = "v";
    t.currency = {"USD", 2};
    auto dhl = service("DHL", "EXP", 5000);
    dhl.step_g = 500;
    dhl.pieces = Pieces::each_rounded;
    t.services = {dhl};
    RateRow rate{"DHL", "EXP", "", 1500, {5000}, {0}};
    rate.country = "*";
    rate.up_to_g = 1500;
    auto more = rate;
    more.first_g = more.up_to_g = 2000;
    more.first_price = {6000};
    t.rates = {rate, more};
    const auto book = make_rate_book(t);
    ASSERT_TRUE(book) << book.error()[0].reason;
    Request request;
    request.courier = "DHL";
    request.service = "EXP";
    request.country = "SG";
    request.pieces = {{grams(600), kSmall}, {grams(600), kSmall}};
    // 1 kg and 1 kg; the sum of 1.2 kg alone would be 1.5.
    EXPECT_EQ(quote(*book, request)->total, Money{6000});
    t.services[0].pieces = Pieces::summed;
    EXPECT_EQ(quote(*make_rate_book(t), request)->total, Money{5000});
    t.services[0].pieces = Pieces::each_pays;
    EXPECT_EQ(quote(*make_rate_book(t), request)->total, Money{10'000});
}

TEST(PublishedRules, UpsAndFedexRoundSidesUpSince2025) {  // ups.com dim_weight, gain.consulting
    auto before = in_pounds(service("UPS", "GROUND", 139), SideRounding::half_up);
    auto after = in_pounds(before, SideRounding::up);
    before.valid_to = *parse_day("2025-08-17");
    after.valid_from = *parse_day("2025-08-18");
    // 12.2 x 12.2 x 12.2 in: 12^3 / 139 = 12.43 -> 13 lb, 13^3 / 139 = 15.8 -> 16 lb.
    const Size box{{310}, {310}, {310}};
    EXPECT_EQ(billed(before, grams(1000), box), 13'000);
    EXPECT_EQ(billed(after, grams(1000), box), 16'000);

    TariffRows t;
    t.version = "v";
    t.currency = {"USD", 2};
    t.country = "US";
    t.services = {before, after};
    t.rates = {{"UPS", "GROUND", "", 1000, {100}, {100}}};
    const auto book = make_rate_book(t);
    ASSERT_TRUE(book) << book.error()[0].reason;
    Request request{"UPS", "GROUND", "", grams(1000), box, {}, {}};
    request.day = *parse_day("2025-08-17");
    EXPECT_EQ(quote(*book, request)->total, Money{1300});
    request.day = *parse_day("2025-08-18");
    const auto now = quote(*book, request);
    EXPECT_EQ(now->total, Money{1600});
    EXPECT_THAT(now->weight.how, HasSubstr("(volume / 139) billed as 16 lb"));
}

TEST(PublishedRules, APoundIsExact) {
    const auto fedex = in_pounds(service("FedEx", "GROUND", 0), SideRounding::up);
    EXPECT_EQ(billed(fedex, {453'592}), 1000);
    EXPECT_EQ(billed(fedex, {453'593}), 2000);  // 453,592.37 mg are a pound
    EXPECT_EQ(billed(fedex, {907'184}), 2000);
    EXPECT_EQ(billed(fedex, {907'185}), 3000);
}

TEST(PublishedRules, UspsCountsVolumeAboveACubicFoot) {  // pe.usps.com
    auto priority = in_pounds(service("USPS", "PRIORITY", 166), SideRounding::none);
    priority.volumetric_above_cm3 = 1728;
    EXPECT_EQ(billed(priority, grams(400), {{304}, {304}, {304}}), 1000);
    EXPECT_EQ(billed(priority, grams(400), {{305}, {305}, {305}}), 11'000);  // 1731 / 166 = 10.43
}

TEST(PublishedRules, GirthLeavesTheLongestSideOut) {  // ups.com weight_size
    EXPECT_EQ(girth_mm({{200}, {1000}, {300}}), 1000);
    auto ups = service("UPS", "STD", 0);
    ups.max_length_girth = {2000};
    EXPECT_EQ(refusal(ups, grams(1000), {{200}, {1000}, {300}}), Refusal::none);
    EXPECT_EQ(refusal(ups, grams(1000), {{200}, {1001}, {300}}), Refusal::length_girth);
    ups.max_girth = {999};
    EXPECT_EQ(refusal(ups, grams(1000), {{200}, {1000}, {300}}), Refusal::girth);
}

}  // namespace
}  // namespace kemas::rating
