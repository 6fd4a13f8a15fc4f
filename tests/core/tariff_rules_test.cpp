// Couriers' published rules as data: one case for each row of couriers-labels.md, 1.2 and 1.3. What
// third parties say is marked; a site confirms it from its contract.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rating/promise.hpp"
#include "core/rating/quote.hpp"

namespace kemas::rating {
namespace {

using testing::HasSubstr;

constexpr Size kSmall{{100}, {100}, {100}};

ServiceRow service(const char* courier, const char* code, std::int64_t divisor) {
    ServiceRow row;
    row.courier = courier;
    row.code = code;
    row.divisor = divisor;
    return row;
}

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

// 60 x 50 x 40 cm = 120,000 cm3: 20 kg at 6000, 24 at 5000, 30 at 4000.
constexpr Size kBulky{{600}, {500}, {400}};

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

// ---- surcharges -------------------------------------------------------------------------------

struct Site {
    TariffRows t;
    Request request{"JNE", "REG", "31.71", grams(2000), kSmall, {}, {}};

    Site() {
        t.version = "v";
        t.currency = {"IDR", 0};
        auto reg = service("JNE", "REG", 6000);
        reg.cod_allowed = true;
        reg.dangerous_allowed = true;
        t.services = {reg};
        t.rates = {{"JNE", "REG", "", 1000, {10'000}, {10'000}}};
    }
    SurchargeRow& add(const char* name, SurchargeKind kind, std::int64_t amount,
                      When when = When::always) {
        auto& row = t.surcharges.emplace_back();
        row.courier = "JNE";
        row.service = "*";
        row.name = name;
        row.kind = kind;
        row.amount = amount;
        row.when = when;
        return row;
    }
    Quote quoted() const {
        const auto book = make_rate_book(t);
        if (!book) {
            ADD_FAILURE() << book.error()[0].table << " " << book.error()[0].column << " "
                          << book.error()[0].reason;
            return {};
        }
        const auto found = quote(*book, request);
        EXPECT_TRUE(found) << (found ? "" : found.error().what);
        return found.value_or(Quote{});
    }
    Money extra() const { return quoted().total - Money{20'000}; }
};

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

// ---- tables, zones, days ------------------------------------------------------------------------

TEST(WeightTable, HoldsAParcelOfExactlyItsRightEnd) {  // karrio leaves 0.5 kg out of a 0-0.5 row
    Site site;
    site.t.services[0].step_g = 500;
    RateRow half{"JNE", "REG", "", 500, {5000}, {0}};
    half.up_to_g = 500;
    auto one = half;
    one.first_g = one.up_to_g = 1000;
    one.first_price = {8000};
    RateRow more{"JNE", "REG", "", 1000, {8000}, {2000}};
    more.up_to_g = 20'000;
    more.per_step_g = 1000;
    site.t.rates = {more, one, half};
    for (const auto& [gross, total] : {std::pair{500'000, 5000},
                                       {500'001, 8000},
                                       {1'000'000, 8000},
                                       {1'000'001, 10'000},
                                       {20'000'000, 46'000}}) {
        site.request.gross = {gross};
        EXPECT_EQ(site.quoted().total, Money{total}) << gross;
    }
    site.request.gross = {20'000'001};
    EXPECT_THAT(quote(*make_rate_book(site.t), site.request).error().what,
                HasSubstr("rates up to 20 kg to area 31.71 and this parcel counts 20.5 kg"));
}

TEST(WeightTable, UsesTheVolumetricWeight) {  // karrio's function for it is never called
    Site site;
    site.request.outer = kBulky;
    EXPECT_EQ(site.quoted().total, Money{200'000});
}

TEST(WeightTable, ChargesExactWeightByTheGram) {
    Site site;
    site.t.services[0].step_g = 1;
    RateRow rate{"JNE", "REG", "", 1000, {10'000}, {9999}};
    rate.per_step_g = 1000;
    rate.exact = true;
    site.t.rates = {rate};
    site.request.gross = grams(1500);
    EXPECT_EQ(site.quoted().total, Money{15'000});  // 4999.5 up
    EXPECT_EQ(site.quoted().lines[1].how, "0.5 kg x 9999 per 1 kg");
}

TEST(Zones, TheMoreSpecificPlaceWins) {
    Site site;
    site.t.zones = {
        {"JNE", "*", "", "*", "", "world"},           {"JNE", "*", "", "", "", "home"},
        {"JNE", "*", "31", "", "", "west"},           {"JNE", "*", "31.71", "", "", "city"},
        {"JNE", "*", "", "", "17*", "post"},          {"JNE", "REG", "", "", "175*", "post 5"},
        {"JNE", "*", "", "", "17500-17599", "range"}, {"JNE", "*", "", "", "17530-17539", "narrow"},
        {"JNE", "*", "", "", "17530", "exact"},       {"JNE", "*", "", "SG", "", "abroad"}};
    site.t.rates.clear();
    std::int64_t price = 0;
    for (const auto& zone : site.t.zones) {
        RateRow rate{"JNE", "REG", "", 1000, {++price}, {0}};
        rate.zone = zone.zone;
        site.t.rates.push_back(rate);
    }
    const auto zone = [&](const char* area, const char* postal, const char* country) {
        site.request.area_code = area;
        site.request.postal_code = postal;
        site.request.country = country;
        return site.quoted().zone;
    };
    EXPECT_EQ(zone("31.71.01", "17530", ""), "exact");
    EXPECT_EQ(zone("31.71.01", "17531", ""), "narrow");
    EXPECT_EQ(zone("31.71.01", "17540", "ID"), "range");
    EXPECT_EQ(zone("31.71.01", "17600", ""), "post");
    EXPECT_EQ(zone("31.71.01", "18000", ""), "city");
    EXPECT_EQ(zone("31.8", "", ""), "west");
    EXPECT_EQ(zone("51", "", ""), "home");
    EXPECT_EQ(zone("", "17530", "SG"), "abroad");
    EXPECT_EQ(zone("", "17530", "MY"), "world");
}

TEST(Validity, LetsAPriceChangeOnItsDay) {
    Site site;
    RateRow old{"JNE", "REG", "31", 1000, {9000}, {9000}};
    old.valid_to = *parse_day("2026-12-31");
    RateRow next{"JNE", "REG", "31", 1000, {9900}, {9900}};
    next.valid_from = *parse_day("2027-01-01");
    site.t.rates = {next, old};
    site.request.day = *parse_day("2026-12-31");
    EXPECT_EQ(site.quoted().total, Money{18'000});
    site.request.day = *parse_day("2027-01-01");
    EXPECT_EQ(site.quoted().total, Money{19'800});
    old.valid_to = *parse_day("2027-01-01");
    site.t.rates = {next, old};
    const auto both = make_rate_book(site.t);
    ASSERT_FALSE(both);
    EXPECT_THAT(both.error()[0].reason, HasSubstr("already in row"));
}

TEST(Promise, CountsCutOffWeekendAndHolidays) {
    Site site;
    auto& reg = site.t.services[0];
    reg.transit_days = 2;
    reg.cut_off = "16:00";
    reg.week = Week::no_sunday;
    site.t.holidays = {{"*", *parse_day("2026-12-25"), "Natal"}};
    const auto book = *make_rate_book(site.t);
    const auto promised = [&](const char* day, int minute) {
        return to_text(promised_day(book, book.services()[0], *parse_day(day), minute, 2));
    };
    EXPECT_EQ(promised("2026-12-21", 16 * 60), "2026-12-23");      // Monday, just in time
    EXPECT_EQ(promised("2026-12-21", 16 * 60 + 1), "2026-12-24");  // a minute late
    EXPECT_EQ(promised("2026-12-24", 0), "2026-12-28");  // Friday is Christmas, then Sunday
    EXPECT_EQ(promised("2026-12-27", 0), "2026-12-30");  // a Sunday leaves on Monday
}

TEST(Days, AreTheCalendars) {
    EXPECT_EQ(parse_day("1970-01-01"), Day{0});
    EXPECT_EQ(to_text(*parse_day("2024-02-29")), "2024-02-29");
    EXPECT_EQ(parse_day("2025-02-29"), std::nullopt);
    EXPECT_EQ(parse_day("2025-13-01"), std::nullopt);
    for (std::int64_t d = -20'000; d < 60'000; d += 17)
        EXPECT_EQ(parse_day(to_text(Day{d})), Day{d});
    EXPECT_EQ(day_at({-1}, 0), Day{-1});
    EXPECT_EQ(day_at({17LL * 3'600'000}, 420), Day{1});  // midnight in Jakarta
    EXPECT_EQ(minute_at({17LL * 3'600'000}, 420), 0);
    EXPECT_EQ(parse_minute("24:00"), std::nullopt);
    EXPECT_EQ(parse_minute("9:05"), 545);
}

}  // namespace
}  // namespace kemas::rating
