// Which price a parcel finds: its weight's band, its place, its day, and the day it is promised
// for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rating/promise.hpp"
#include "tariff_site.hpp"

namespace kemas::rating {
namespace {

using testing::HasSubstr;

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
