#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rating/amounts.hpp"
#include "core/rating/choose.hpp"
#include "core/rating/quote.hpp"

namespace kemas::rating {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

constexpr Size kSmall{{100}, {100}, {100}};

ServiceRow jne_reg() {
    ServiceRow s{"JNE", "REG", "Reguler"};
    s.divisor = 6000;
    s.rounding = Rounding::tolerance;
    s.tolerance_g = 300;
    s.edge = Edge::inclusive;
    s.minimum_g = 1000;
    s.cod_allowed = true;
    s.cod_min = {25'000};
    s.cod_max = {5'000'000};
    s.transit_days = 2;
    return s;
}

ServiceRow jne_jtr() {
    auto s = jne_reg();
    s.code = "JTR";
    s.divisor = 5000;
    s.edge = Edge::exclusive;
    s.minimum_g = 10'000;
    s.cod_allowed = false;
    s.transit_days = 5;
    return s;
}

TariffRows rows() {
    TariffRows t;
    t.version = "v1";
    t.currency = {"IDR", 0};
    t.services = {jne_reg(), jne_jtr()};
    t.rates = {{"JNE", "REG", "31", 1000, {9000}, {9000}},
               {"JNE", "REG", "31.71.01", 1000, {8000}, {7000}},
               {"JNE", "JTR", "*", 10'000, {40'000}, {3500}}};
    return t;
}

RateBook book_of(const TariffRows& t) {
    auto book = make_rate_book(t);
    if (!book) ADD_FAILURE() << book.error().front().column << " " << book.error().front().reason;
    return book.value_or(RateBook());
}

Request to_jakarta(Milligrams gross, Size outer = kSmall) {
    return {"JNE", "REG", "31.74.05", gross, outer, {}, {}, false};
}

std::int64_t billed_mg(const ServiceRow& service, Milligrams gross, Size outer = kSmall) {
    const auto weight = chargeable(service, gross, outer);
    if (!weight) ADD_FAILURE() << weight.error().what;
    return weight ? weight->weight.value : -1;
}

TEST(BilledWeight, ForgivesTheToleranceUpToItsEdge) {
    auto service = jne_reg();
    EXPECT_EQ(billed_mg(service, grams(1299)), 1'000'000);
    EXPECT_EQ(billed_mg(service, grams(1300)), 1'000'000);
    EXPECT_EQ(billed_mg(service, {1'300'001}), 2'000'000);
    EXPECT_EQ(billed_mg(service, grams(2000)), 2'000'000);
    service.edge = Edge::exclusive;
    EXPECT_EQ(billed_mg(service, {1'299'999}), 1'000'000);
    EXPECT_EQ(billed_mg(service, grams(1300)), 2'000'000);
    EXPECT_EQ(billed_mg(service, grams(2000)), 2'000'000);
}

TEST(BilledWeight, IsAtLeastTheMinimumAndNeverNothing) {
    EXPECT_EQ(billed_mg(jne_reg(), grams(200)), 1'000'000);
    EXPECT_EQ(billed_mg(jne_jtr(), grams(3200)), 10'000'000);
    EXPECT_EQ(billed_mg(jne_jtr(), grams(12'300)), 13'000'000);
    auto no_minimum = jne_reg();
    no_minimum.minimum_g = 0;
    EXPECT_EQ(billed_mg(no_minimum, grams(200)), 1'000'000);
}

TEST(BilledWeight, RoundsUpOrToTheNearestStep) {
    ServiceRow service{"DHL", "EXP", "Express"};
    service.step_g = 500;
    EXPECT_EQ(billed_mg(service, grams(500)), 500'000);
    EXPECT_EQ(billed_mg(service, {500'001}), 1'000'000);
    service.rounding = Rounding::half_up;
    EXPECT_EQ(billed_mg(service, {749'999}), 500'000);
    EXPECT_EQ(billed_mg(service, grams(750)), 1'000'000);
}

// 100 x 60 x 130 cm / 6000 = 130 kg exactly; one millimetre more is more.
TEST(BilledWeight, KeepsVolumeExactUntilTheStep) {
    ServiceRow service{"X", "Y", "Z"};
    service.divisor = 6000;
    EXPECT_EQ(billed_mg(service, grams(100), {{1000}, {600}, {1300}}), 130'000'000);
    EXPECT_EQ(billed_mg(service, grams(100), {{1000}, {600}, {1301}}), 131'000'000);
    // 7 x 7 x 7 mm / 6000 = 57.1666 mg over a step of a gram.
    service.step_g = 1;
    EXPECT_EQ(chargeable(service, {1}, {{7}, {7}, {7}})->volumetric.value, 58);
}

TEST(BilledWeight, CountsVolumeOnlyAboveItsThreshold) {
    auto service = jne_reg();
    service.volumetric_above_cm3 = 18'000;
    EXPECT_EQ(billed_mg(service, grams(500), {{300}, {300}, {200}}), 1'000'000);
    EXPECT_EQ(billed_mg(service, grams(500), {{300}, {300}, {240}}), 4'000'000);
}

TEST(BilledWeight, RefusesWhatCannotBe) {
    EXPECT_FALSE(chargeable(jne_reg(), {0}, kSmall));
    EXPECT_FALSE(chargeable(jne_reg(), {-5}, kSmall));
    EXPECT_FALSE(chargeable(jne_reg(), grams(500), {{0}, {100}, {100}}));
    EXPECT_FALSE(chargeable(jne_reg(), grams(500), {{-1}, {-1}, {100}}));
    EXPECT_FALSE(chargeable(jne_reg(), {1LL << 62}, {{1LL << 40}, {1}, {1}}));
    auto light = jne_reg();
    light.max_weight_g = 2000;
    EXPECT_TRUE(chargeable(light, grams(2300), kSmall));
    const auto heavy = chargeable(light, grams(2301), kSmall);
    ASSERT_FALSE(heavy);
    EXPECT_THAT(heavy.error().what, HasSubstr("JNE REG carries at most 2 kg"));
}

TEST(QuoteTest, ExplainsEveryAmount) {
    const auto offer = quote(book_of(rows()), to_jakarta(grams(1301)));
    ASSERT_TRUE(offer) << offer.error().what;
    EXPECT_EQ(offer->total, Money{18'000});
    ASSERT_EQ(offer->lines.size(), 1u);
    EXPECT_EQ(offer->lines[0].how, "2 x 1 kg x 9000");
    EXPECT_EQ(offer->weight.how, "1.301 kg billed as 2 kg");
    EXPECT_EQ(offer->area_prefix, "31");
    EXPECT_EQ(offer->rate_book, "v1");
    EXPECT_EQ(offer->inputs, to_jakarta(grams(1301)));
    EXPECT_THAT(to_text(*offer), HasSubstr("freight 18000: 2 x 1 kg x 9000\ntotal IDR 18000"));
}

TEST(QuoteTest, TakesTheLongestAreaPrefix) {
    auto request = to_jakarta(grams(3000));
    request.area_code = "31.71.01.1003";
    const auto offer = quote(book_of(rows()), request);
    ASSERT_TRUE(offer);
    EXPECT_EQ(offer->area_prefix, "31.71.01");
    EXPECT_EQ(offer->total, Money{8000 + 2 * 7000});
    EXPECT_THAT(offer->lines, ElementsAre(Field(&QuoteLine::how, "first 1 kg at 8000"),
                                          Field(&QuoteLine::how, "2 x 1 kg x 7000")));
}

TEST(QuoteTest, BillsVolumeWhenItIsMore) {
    const auto offer = quote(book_of(rows()), to_jakarta(grams(800), Size{{400}, {300}, {200}}));
    ASSERT_TRUE(offer);
    EXPECT_EQ(offer->weight.volumetric, grams(4000));
    EXPECT_EQ(offer->total, Money{4 * 9000});
}

TEST(QuoteTest, PutsAParcelOnTheEdgeIntoTheFirstBracket) {
    auto t = rows();
    t.services[0].step_g = 500;
    t.services[0].rounding = Rounding::up;
    t.services[0].tolerance_g = 0;
    t.services[0].minimum_g = 0;
    t.rates = {{"JNE", "REG", "", 500, {5000}, {4000}}};
    EXPECT_EQ(quote(book_of(t), to_jakarta(grams(500)))->total, Money{5000});
    EXPECT_EQ(quote(book_of(t), to_jakarta({500'001}))->total, Money{9000});
}

TEST(QuoteTest, NamesWhatIsMissing) {
    const auto book = book_of(rows());
    auto request = to_jakarta(grams(500));
    request.area_code = "51.02";
    EXPECT_THAT(quote(book, request).error().what, HasSubstr("JNE REG has no rate to area 51.02"));
    request.service = "YES";
    EXPECT_THAT(quote(book, request).error().what, HasSubstr("no service JNE YES"));
    request = to_jakarta(grams(500));
    request.service = "JTR";
    request.cod = {50'000};
    EXPECT_THAT(quote(book, request).error().what, HasSubstr("JNE JTR collects no cash"));
    request.service = "REG";
    request.cod = {24'999};
    EXPECT_THAT(quote(book, request).error().what, HasSubstr("collects from 25000, not 24999"));
    request.cod = {5'000'001};
    EXPECT_THAT(quote(book, request).error().what, HasSubstr("collects up to 5000000"));
    request.cod = {-1};
    EXPECT_THAT(quote(book, request).error().what, HasSubstr("impossible"));
    EXPECT_FALSE(quote(RateBook(), to_jakarta(grams(500))));
}

TEST(QuoteTest, AddsSurchargesInTheirOrderAndOnlyWhenTheyApply) {
    auto t = rows();
    using enum SurchargeKind;
    t.surcharges = {{"JNE", "*", "fuel", percent_of_freight, 1050, {}, {}, {1}, When::always},
                    {"JNE", "REG", "COD fee", percent_of_cod, 400, {3500}, {}, {1}, When::cod},
                    {"JNE", "REG", "insurance", percent_of_value, 20, {}, {}, {100}, When::insured},
                    {"JNE", "REG", "insurance papers", flat, 5000, {}, {}, {1}, When::insured},
                    {"JNE", "REG", "remote", per_kg, 1500, {}, {2000}, {1}, When::always}};
    auto request = to_jakarta(grams(2000));
    request.value = {100'001};
    const auto plain = quote(book_of(t), request);
    ASSERT_TRUE(plain);
    EXPECT_THAT(plain->lines, ElementsAre(Field(&QuoteLine::amount, Money{18'000}),
                                          Field(&QuoteLine::amount, Money{1890}),
                                          Field(&QuoteLine::amount, Money{2000})));
    request.cod = {100'001};
    request.insured = true;
    const auto full = quote(book_of(t), request);
    ASSERT_TRUE(full);
    EXPECT_THAT(full->lines,
                ElementsAre(Field(&QuoteLine::how, "2 x 1 kg x 9000"),
                            Field(&QuoteLine::how, "10.50 % of freight 18000"),
                            Field(&QuoteLine::amount, Money{4001}),  // 4000.04 up to the rupiah
                            Field(&QuoteLine::amount, Money{300}),   // 200.002 up to hundreds
                            Field(&QuoteLine::amount, Money{5000}),
                            Field(&QuoteLine::how, "2 kg x 1500, at most 2000")));
    EXPECT_EQ(full->total, Money{18'000 + 1890 + 4001 + 300 + 5000 + 2000});
    request.cod = {25'000};
    EXPECT_EQ(quote(book_of(t), request)->lines[2].how, "4.00 % of COD 25000, at least 3500");
}

TEST(Tariff, NamesEveryBadRow) {
    auto t = rows();
    t.services[0].step_g = 0;
    t.services.push_back(jne_jtr());
    t.rates.push_back({"JNE", "YES", "31", 1000, {1}, {1}});
    t.rates.push_back({"JNE", "JTR", "", 1000, {1}, {1}});  // "" is the "*" of row 2
    t.rates.push_back({"JNE", "REG", "123456789012345", 0, {-1}, {1LL << 40}});
    t.surcharges.push_back({"TIKI", "*", "", SurchargeKind::flat, -1, {5}, {4}, {0}, When::always});
    const auto book = make_rate_book(t);
    ASSERT_FALSE(book);
    std::vector<std::string> found;
    for (const auto& f : book.error()) {
        found.push_back(f.table + " " + std::to_string(f.row) + " " + f.column);
        EXPECT_NE(f.reason, "");
    }
    EXPECT_THAT(found, testing::UnorderedElementsAre(
                           "services 0 step_g", "services 0 tolerance_g", "services 2 code",
                           "rates 3 service", "rates 4 area_prefix", "rates 5 area_prefix",
                           "rates 5 first_g", "rates 5 first_price", "rates 5 per_step",
                           "surcharges 0 name", "surcharges 0 amount", "surcharges 0 limit",
                           "surcharges 0 round_up_to", "surcharges 0 service"));
}

TEST(Tariff, FindsEachOfManyAreas) {
    auto t = rows();
    t.rates.clear();
    for (int i = 0; i < 20'000; ++i) {
        t.rates.push_back({"JNE", "REG", "A" + std::to_string(100'000 + i), 1000, {i}, {0}});
    }
    const auto book = book_of(t);
    EXPECT_EQ(book.rate_count(), 20'000u);
    const auto* service = book.service("JNE", "REG");
    ASSERT_NE(service, nullptr);
    for (int i = 0; i < 20'000; i += 7) {
        const auto* rate = book.rate(*service, "A" + std::to_string(100'000 + i) + ".xx");
        ASSERT_NE(rate, nullptr) << i;
        EXPECT_EQ(rate->first_price, static_cast<std::uint32_t>(i));
    }
    EXPECT_EQ(book.rate(*service, "A1"), nullptr);
    EXPECT_LE(sizeof(Rate), 28u);  // 500,000 of them in 14 MB
}

TEST(Choose, TakesTheCheapestAndSaysWhyTheOthersLost) {
    const auto book = book_of(rows());
    auto request = to_jakarta(grams(2000));
    request.courier = request.service = "";
    const auto light = cheapest(book, request);
    ASSERT_TRUE(light) << light.error().what;
    EXPECT_EQ(light->best.service.code, "REG");
    EXPECT_THAT(light->losers, ElementsAre(Field(&Loser::why, "40000 against 18000")));
    request.gross = grams(12'000);
    EXPECT_EQ(cheapest(book, request)->best.service.code, "JTR");
    request.cod = {100'000};
    const auto cod = cheapest(book, request);
    EXPECT_EQ(cod->best.service.code, "REG");
    EXPECT_THAT(cod->losers, ElementsAre(Field(&Loser::why, HasSubstr("collects no cash"))));
}

TEST(Choose, BreaksTiesByDaysThenByName) {
    auto t = rows();
    t.rates = {{"JNE", "REG", "", 50'000, {9000}, {0}}, {"JNE", "JTR", "", 50'000, {9000}, {0}}};
    auto request = to_jakarta(grams(2000));
    request.service = "";
    const auto days = cheapest(book_of(t), request);
    EXPECT_EQ(days->best.service.code, "REG");
    EXPECT_EQ(days->losers.at(0).why, "same price 9000, 5 days against 2");
    t.services[1].transit_days = 2;
    const auto name = cheapest(book_of(t), request);
    EXPECT_EQ(name->best.service.code, "JTR");
    EXPECT_EQ(name->losers.at(0).why, "same price 9000 and days, later in the alphabet");
}

TEST(Choose, TellsEveryRefusalWhenNobodyTakesIt) {
    auto request = to_jakarta(grams(2000));
    request.service = "";
    request.area_code = "51.02";
    Filter filter;
    filter.max_transit_days = 3;
    const auto none = cheapest(book_of(rows()), request, filter);
    ASSERT_FALSE(none);
    EXPECT_THAT(none.error().what, HasSubstr("JNE JTR: takes 5 days, wanted at most 3"));
    EXPECT_THAT(none.error().what, HasSubstr("JNE REG: JNE REG has no rate to area 51.02"));
    filter.couriers = {"TIKI"};
    EXPECT_THAT(cheapest(book_of(rows()), request, filter).error().what, HasSubstr("not allowed"));
}

TEST(Amounts, AreShownExactly) {
    EXPECT_EQ(kilograms({1}), "0.000001 kg");
    EXPECT_EQ(kilograms(grams(10'000)), "10 kg");
    EXPECT_EQ(kilograms({-1'500'000}), "-1.5 kg");
    EXPECT_EQ(amount_text({5}, {"USD", 2}), "0.05");
    EXPECT_EQ(amount_text({-1234}, {"USD", 2}), "-12.34");
    EXPECT_EQ(multiply_divide_up(1LL << 62, 1LL << 62, 1), INT64_MAX);
    EXPECT_EQ(multiply_divide_up(7, 3, 10), 3);
}

}  // namespace
}  // namespace kemas::rating
