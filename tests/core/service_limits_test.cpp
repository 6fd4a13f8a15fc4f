// What a service does not take: each limit at its edge, in words of both languages, and as a reason
// why a service loses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rating/choose.hpp"
#include "tariff_site.hpp"

namespace kemas::rating {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

Refusal refused(const Site& site) {
    const auto book = make_rate_book(site.t);
    if (!book) {
        ADD_FAILURE() << book.error()[0].column << " " << book.error()[0].reason;
        return Refusal::none;
    }
    const auto places = places_of(*book, site.request);
    Piece only;
    return price(*book, lane_to(*book, 0, places, site.request.day),
                 shipment_of(site.request, only))
        .refusal;
}

TEST(Limits, OfTheGoodsValueHoldAtTheirEdge) {
    Site site;
    site.t.services[0].max_value = {2'000'000};
    site.request.value = {2'000'000};
    EXPECT_EQ(refused(site), Refusal::none);
    site.request.value = {2'000'001};
    EXPECT_EQ(refused(site), Refusal::value_high);
}

TEST(Limits, OfTheScaleAreNotThoseOfTheBilledWeight) {
    Site site;
    site.t.services[0].max_gross_g = 5000;
    site.t.services[0].max_weight_g = 20'000;
    site.request.gross = grams(5000);
    EXPECT_EQ(refused(site), Refusal::none);
    site.request.gross = {5'000'001};
    EXPECT_EQ(refused(site), Refusal::gross_high);
    site.request.gross = grams(1000);
    site.request.outer = kBulky;  // counts 20 kg
    EXPECT_EQ(refused(site), Refusal::none);
    site.request.outer.height = {401};
    EXPECT_EQ(refused(site), Refusal::weight_high);
}

TEST(Limits, OfCashHoldForAParcelAndForACustomersDay) {
    Site site;
    auto& rules = site.t.services[0];
    rules.cod_min = {25'000};
    rules.cod_max = {5'000'000};
    rules.cod_customer_day_max = {6'000'000};
    const auto with = [&](std::int64_t cod, std::int64_t of_today) {
        site.request.cod = {cod};
        site.request.cod_same_day = {of_today};
        return refused(site);
    };
    EXPECT_EQ(with(0, 0), Refusal::none);
    EXPECT_EQ(with(24'999, 0), Refusal::cod_low);
    EXPECT_EQ(with(25'000, 0), Refusal::none);
    EXPECT_EQ(with(5'000'000, 1'000'000), Refusal::none);
    EXPECT_EQ(with(5'000'001, 0), Refusal::cod_high);
    EXPECT_EQ(with(5'000'000, 1'000'001), Refusal::cod_of_customer);
    EXPECT_EQ(with(0, 9'000'000), Refusal::none);  // this parcel collects nothing
    rules.cod_allowed = false;
    EXPECT_EQ(with(25'000, 0), Refusal::cod_not);
}

// Without the days the fee would silently be none.
TEST(Limits, ACashFeeByDaysWantsItsDays) {
    Site site;
    site.add("COD fee", SurchargeKind::percent_of_cod, 400, When::cod).settlement_days = 7;
    site.add("COD fee", SurchargeKind::percent_of_cod, 600, When::cod).settlement_days = 3;
    EXPECT_EQ(refused(site), Refusal::none);  // no cash, no fee
    site.request.cod = {100'000};
    EXPECT_EQ(refused(site), Refusal::cod_settlement);
    EXPECT_THAT(quote(*make_rate_book(site.t), site.request).error().what,
                HasSubstr("has no fee for an agreement without days; set settlement_days"));
    site.request.settlement_days = 5;
    EXPECT_THAT(quote(*make_rate_book(site.t), site.request).error().what,
                HasSubstr("no fee for 5 days"));
    site.request.settlement_days = 3;
    EXPECT_EQ(site.extra(), Money{6000});
}

TEST(Limits, EachSaysWhyItsServiceLost) {
    Site site;
    site.t.services.clear();
    site.t.rates.clear();
    const auto add = [&](const char* code, const char* area = "") -> ServiceRow& {
        site.t.rates.push_back({"JNE", code, area, 1000, {9000}, {9000}});
        auto row = service("JNE", code, 0);
        row.cod_allowed = row.dangerous_allowed = true;
        return site.t.services.emplace_back(row);
    };
    add("A CASH").cod_allowed = false;
    add("B GOODS").dangerous_allowed = false;
    add("C HEAVY").max_gross_g = 1000;
    add("D LONG").max_side = {99};
    add("E DEAR").max_value = {1};
    add("F FAR", "99");
    add("G GOOD");
    site.request = {"", "", "31.71", grams(1500), kSmall, {50'000}, {100'000}};
    site.request.dangerous = true;
    const auto book = make_rate_book(site.t);
    ASSERT_TRUE(book) << book.error()[0].reason;
    const auto choice = choose(*book, site.request, {}, {});
    ASSERT_TRUE(choice) << choice.error().what;
    EXPECT_EQ(choice->best.service.code, "G GOOD");
    EXPECT_THAT(choice->losers,
                ElementsAre(Field(&Loser::why, HasSubstr("collects no cash")),
                            Field(&Loser::why, HasSubstr("takes no dangerous goods")),
                            Field(&Loser::why, HasSubstr("takes pieces up to 1 kg")),
                            Field(&Loser::why, HasSubstr("takes sides up to 99 mm, not 100 mm")),
                            Field(&Loser::why, HasSubstr("goods worth up to 1, not 100000")),
                            Field(&Loser::why, HasSubstr("no rate to area 31.71"))));
}

TEST(Refusals, AreSentencesInBothLanguages) {
    for (int i = 1; i <= static_cast<int>(Refusal::cod_settlement); ++i) {
        const auto say_it = [&](Tongue tongue) {
            return refusal_text(static_cast<Refusal>(i), {1500, 1000}, "JNE", "REG", Unit::kilogram,
                                {"IDR", 0}, "31.71", tongue);
        };
        const auto english = say_it(Tongue::english), indonesian = say_it(Tongue::indonesian);
        for (const auto& text : {english, indonesian}) {
            EXPECT_THAT(text, HasSubstr("JNE REG")) << i;
            EXPECT_THAT(text, testing::EndsWith(".")) << i;
            EXPECT_THAT(text, testing::Not(testing::ContainsRegex("[{}]"))) << i;
        }
        EXPECT_NE(english, indonesian) << i;
    }
    EXPECT_EQ(refusal_text(Refusal::none, {}, "JNE", "REG", Unit::kilogram, {}, ""), "");
}

}  // namespace
}  // namespace kemas::rating
