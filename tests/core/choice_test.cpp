#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

#include "core/rating/choose.hpp"
#include "core/rating/rate_text.hpp"

namespace kemas::rating {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

constexpr Size kSmall{{100}, {100}, {100}};

ServiceRow service(const char* courier, const char* code, int days) {
    ServiceRow row;
    row.courier = courier;
    row.code = code;
    row.transit_days = days;
    row.cod_allowed = true;
    return row;
}

struct Shop {
    TariffRows t;
    Request request{"", "", "31.71", grams(1000), kSmall, {}, {}};
    ChoiceRules rules;
    Reliability reliability;

    Shop() {
        t.version = "v";
        t.currency = {"IDR", 0};
        t.services = {service("JNE", "REG", 3), service("JNE", "YES", 1),
                      service("TIKI", "ONS", 2)};
        t.rates = {{"JNE", "REG", "", 1000, {9000}, {9000}},
                   {"JNE", "YES", "", 1000, {18'000}, {18'000}},
                   {"TIKI", "ONS", "", 1000, {12'000}, {12'000}}};
    }
    ChoiceRule& rule(const char* name, Strategy strategy) {
        auto& rule = rules.rules.emplace_back();
        rule.name = name;
        rule.strategy = strategy;
        return rule;
    }
    Result<Choice> chosen() const {
        return choose(*make_rate_book(t), request, rules, reliability);
    }
    std::string winner() const {
        const auto choice = chosen();
        return choice ? choice->best.service.courier + " " + choice->best.service.code
                      : choice.error().what;
    }
};

TEST(Rules, TakeTheCheapestWhenThereIsNone) {
    Shop shop;
    EXPECT_EQ(shop.winner(), "JNE REG");
    EXPECT_THAT(to_text(*shop.chosen()), HasSubstr("rule cheapest: JNE REG for IDR 9000\n"
                                                   "JNE YES: 18000 against 9000"));
}

TEST(Rules, TheFirstWhoseConditionsHoldDecides) {
    Shop shop;
    auto& dear = shop.rule("dear goods go fast", Strategy::fastest);
    dear.from_value = {500'000};
    auto& cod = shop.rule("COD by TIKI", Strategy::preferred);
    cod.cod = true;
    cod.preferred = {"TIKI", "JNE REG"};
    EXPECT_EQ(shop.winner(), "JNE REG");
    shop.request.cod = {100'000};
    const auto by_cod = shop.chosen();
    EXPECT_EQ(by_cod->rule, "COD by TIKI");
    EXPECT_EQ(by_cod->best.service.courier, "TIKI");
    EXPECT_THAT(by_cod->losers, ElementsAre(Field(&Loser::why, "preferred after TIKI"),
                                            Field(&Loser::why, "not among the preferred")));
    shop.request.value = {500'000};
    EXPECT_THAT(shop.chosen()->losers, ElementsAre(Field(&Loser::why, "3 days against 1"),
                                                   Field(&Loser::why, "2 days against 1")));
}

TEST(Rules, AskForWeightAreaAndChannel) {
    Shop shop;
    auto& rule = shop.rule("r", Strategy::fastest);
    rule.from_weight = grams(1000);
    rule.below_weight = grams(5000);
    rule.areas = {"31"};
    rule.channels = {"shopee"};
    EXPECT_EQ(shop.winner(), "JNE REG");
    shop.request.channel = "shopee";
    EXPECT_EQ(shop.winner(), "JNE YES");
    shop.request.gross = grams(5000);
    EXPECT_EQ(shop.winner(), "JNE REG");
    shop.request.gross = grams(1000);
    shop.request.area_code = "32";
    EXPECT_EQ(shop.winner(), "JNE REG");
}

TEST(Rules, WeighMeasuredReliability) {
    Shop shop;
    shop.reliability = Reliability({{"JNE", "REG", "", 1000, 900, 50, 1},
                                    {"JNE", "REG", "31", 100, 80, 5, 0},
                                    {"JNE", "REG", "31.71", 5, 5, 0, 0},  // too few to say anything
                                    {"TIKI", "ONS", "", 200, 190, 1, 0}});
    auto& rule = shop.rule("reliable", Strategy::most_reliable);
    EXPECT_THAT(shop.chosen()->losers,
                ElementsAre(Field(&Loser::why, "80.00 % on time against 95.00 %"),
                            Field(&Loser::why, "punctuality unknown against 95.00 %")));
    rule.strategy = Strategy::cheapest;
    rule.least_on_time = 9000;
    rule.unproven_pass = false;
    EXPECT_THAT(shop.chosen()->losers,
                ElementsAre(Field(&Loser::why, "80.00 % on time, wanted at least 90.00 %"),
                            Field(&Loser::why, "nothing is known of its punctuality")));
    EXPECT_THAT(to_text(*shop.chosen()), HasSubstr("TIKI ONS for IDR 12000, 95.00 % of 200 parcels "
                                                   "on time"));
}

TEST(Rules, SayHowTheUnprovenAreTaken) {
    Shop shop;
    shop.reliability =
        Reliability({{"JNE", "REG", "", 12, 12, 0, 0}, {"TIKI", "ONS", "", 40, 39, 0, 0}});
    auto& rule = shop.rule("reliable", Strategy::cheapest);
    rule.least_on_time = 9000;
    EXPECT_EQ(shop.winner(), "JNE REG");
    EXPECT_THAT(to_text(*shop.chosen()),
                HasSubstr("JNE REG for IDR 9000, not yet proven: 12 parcels of 30\n"
                          "JNE YES: 18000 against 9000; nothing is known of its punctuality\n"));
    rule.unproven_pass = false;
    EXPECT_EQ(shop.winner(), "TIKI ONS");
    shop.request.tongue = Tongue::indonesian;
    EXPECT_THAT(
        to_text(*shop.chosen()),
        HasSubstr("aturan reliable: TIKI ONS seharga IDR 12000, 97.50 % dari 40 paket tepat "
                  "waktu\nJNE REG: belum terbukti: 12 paket dari 30"));
    const auto all = compare(*make_rate_book(shop.t), shop.request, shop.rules, shop.reliability);
    EXPECT_EQ(all.services.front().proof, "97.50 % dari 40 paket tepat waktu");
}

TEST(HardFilters, HoldBeforeAnyRule) {
    Shop shop;
    shop.t.services[0].cut_off = "12:00";
    shop.request.day = *parse_day("2026-11-23");
    shop.request.minute = 13 * 60;
    shop.request.promise_by = *parse_day("2026-11-26");
    shop.t.services[2].cod_customer_day_max = {1'000'000};
    shop.request.cod = {300'000};
    shop.request.cod_same_day = {800'000};
    const auto choice = shop.chosen();
    ASSERT_TRUE(choice) << choice.error().what;
    EXPECT_EQ(choice->best.service.code, "YES");
    EXPECT_EQ(to_text(choice->best.promised), "2026-11-24");
    EXPECT_THAT(choice->losers,
                ElementsAre(Field(&Loser::why, "promises 2026-11-27, wanted by 2026-11-26"),
                            Field(&Loser::why, HasSubstr("one customer a day, and this parcel "
                                                         "would make it 1100000"))));
}

// ---- against brute force --------------------------------------------------------------------

// A shop of random services, bands and surcharges; every draw follows from the seed.
class Chance {
 public:
    explicit Chance(std::uint32_t seed) : words_(seed) {}
    std::int64_t below(std::int64_t end) {
        return static_cast<std::int64_t>(words_() % static_cast<std::uint32_t>(end));
    }

 private:
    std::mt19937 words_;
};

TariffRows random_tariff(Chance& chance) {
    TariffRows t;
    t.version = "v";
    t.currency = {"IDR", 0};
    const auto count = 2 + chance.below(6);
    for (std::int64_t i = 0; i < count; ++i) {
        const auto code = "S" + std::to_string(i);
        auto row = service(i % 2 == 0 ? "A" : "B", code.c_str(), static_cast<int>(chance.below(4)));
        row.divisor = 4000 + 1000 * chance.below(3);
        row.step_g = chance.below(2) == 0 ? 500 : 1000;
        row.pieces = static_cast<Pieces>(chance.below(3));
        if (chance.below(3) == 0) row.max_weight_g = 5000 * (1 + chance.below(4));
        t.services.push_back(row);
        RateRow rate{row.courier, code, chance.below(4) == 0 ? "31" : "", 1000, {}, {}};
        rate.first_price = {1000 * (5 + chance.below(5))};
        rate.per_step = {500 * (2 + chance.below(8))};
        t.rates.push_back(rate);
    }
    SurchargeRow fuel;
    fuel.courier = "A";
    fuel.service = "*";
    fuel.name = "fuel";
    fuel.kind = SurchargeKind::percent_of_freight;
    fuel.amount = chance.below(2000);
    t.surcharges.push_back(fuel);
    return t;
}

TEST(ChoosePacking, EqualsTryingEveryPair) {
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        Chance chance(seed);
        const auto book = *make_rate_book(random_tariff(chance));
        std::vector<Packing> packings(static_cast<std::size_t>(1 + chance.below(8)));
        for (auto& packing : packings) {
            packing.cost = {500 * chance.below(5)};
            for (auto left = 1 + chance.below(4); left > 0; --left) {
                packing.pieces.push_back({grams(200 + chance.below(9000)),
                                          {{100 + chance.below(400)},
                                           {100 + chance.below(300)},
                                           {100 + chance.below(200)}}});
            }
        }
        Request request{"", "", chance.below(2) == 0 ? "31.71" : "51.02", {}, {}, {}, {}};

        // Every pair by a quote of its own, then the least by price, days, name, packing.
        using Rank = std::tuple<std::int64_t, int, std::string, std::string, std::size_t>;
        std::optional<Rank> best;
        for (const auto& each : book.services()) {
            for (std::size_t i = 0; i < packings.size(); ++i) {
                auto asked = request;
                asked.courier = each.courier;
                asked.service = each.code;
                asked.pieces = packings[i].pieces;
                const auto offer = quote(book, asked);
                if (!offer) continue;
                Rank rank{offer->total.value + packings[i].cost.value, offer->transit_days,
                          each.courier, each.code, i};
                if (!best || rank < *best) best = rank;
            }
        }
        const auto choice = choose_packing(book, request, packings, {}, {});
        ASSERT_EQ(choice.has_value(), best.has_value()) << "seed " << seed;
        if (!best) continue;
        const Rank found{choice->best.total.value + packings[choice->packing].cost.value,
                         choice->best.transit_days, choice->best.service.courier,
                         choice->best.service.code, choice->packing};
        EXPECT_EQ(found, *best) << "seed " << seed;
    }
}

TEST(Price, IsTheSumOfItsExplanation) {
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        Chance chance(seed);
        const auto book = *make_rate_book(random_tariff(chance));
        Request request{"", "", "31.71", grams(100 + chance.below(9000)), {{300}, {200}, {250}},
                        {}, {}};
        const auto places = places_of(book, request);
        Piece only;
        const auto shipment = shipment_of(request, only);
        for (ServiceIndex i = 0; i < book.family_count(); ++i) {
            const auto lane = lane_to(book, i, places, kForever);
            const auto bare = price(book, lane, shipment);
            const auto told = quote(book, lane, request);
            ASSERT_EQ(bare.refusal == Refusal::none, told.has_value()) << "seed " << seed;
            if (!told) continue;
            Money sum;
            for (const auto& line : told->lines) sum += line.amount;
            EXPECT_EQ(sum, told->total);
            EXPECT_EQ(bare.total, told->total);
        }
    }
}

// Heavier or larger never costs less with one band and no surcharge by weight.
TEST(Price, NeverFallsWithWeight) {
    for (std::uint32_t seed = 1; seed <= 50; ++seed) {
        Chance chance(seed);
        auto t = random_tariff(chance);
        for (auto& row : t.services) row.max_weight_g = 0;
        const auto book = *make_rate_book(t);
        for (const auto& each : book.services()) {
            Money before;
            for (std::int64_t gross = 1; gross < 12'000; gross += 137) {
                const auto offer = quote(
                    book, Request{each.courier, each.code, "31.71", grams(gross), kSmall, {}, {}});
                ASSERT_TRUE(offer) << offer.error().what;
                EXPECT_GE(offer->total, before) << "seed " << seed << " " << gross;
                before = offer->total;
            }
        }
    }
}

// The most specific place, against looking at every range and prefix.
TEST(Places, AreFoundAsByLookingAtEach) {
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        Chance chance(seed);
        std::vector<PlaceKey> keys;
        const auto digits = [&](std::int64_t length) {
            std::string text;
            for (std::int64_t i = 0; i < length; ++i)
                text += static_cast<char>('0' + chance.below(3));
            return text;
        };
        for (int i = 0; i < 30; ++i) {
            auto from = digits(3), to = digits(3);
            if (to < from) std::swap(from, to);
            keys.push_back(PlaceKey::range("", from, to));
            keys.push_back(PlaceKey::postal("", digits(1 + chance.below(4))));
            keys.push_back(PlaceKey::area("", digits(1 + chance.below(4))));
        }
        const PlaceTable table(keys);
        ASSERT_LE(table.most_overlapping_ranges(), kMostRanges);
        for (int i = 0; i < 50; ++i) {
            const auto area = digits(4), postal = digits(4);
            std::vector<PlaceKey> wanted;
            for (PlaceId id = 0; id < table.size(); ++id) {
                const auto& key = table.key(id);
                const auto text = std::string(key.text());
                if (key.kind() == PlaceKind::area ? area.starts_with(text)
                    : key.kind() == PlaceKind::postal_prefix
                        ? postal.starts_with(text)
                        : text <= postal.substr(0, 3) && postal.substr(0, 3) <= key.last()) {
                    wanted.push_back(key);
                }
            }
            std::sort(wanted.begin(), wanted.end(), [](const PlaceKey& a, const PlaceKey& b) {
                if (a.kind() != b.kind()) return a.kind() > b.kind();
                if (a.text() != b.text()) return a.text() > b.text();
                return a.last() < b.last();
            });
            std::vector<PlaceKey> found;
            const auto places = table.find("", area, postal);
            for (const auto id : places.all()) found.push_back(table.key(id));
            ASSERT_EQ(found, wanted) << "seed " << seed << " area " << area << " postal " << postal;
        }
    }
}

TEST(RateText, GivesEveryRateBack) {
    RateRow full{"A b", "C", "", 7, {1}, {2}};
    full.country = "SG";
    full.postal = "175*";
    full.up_to_g = 7;
    full.per_step_g = 9;
    full.exact = true;
    full.transit_days = 4;
    full.valid_from = *parse_day("1969-01-01");
    full.valid_to = *parse_day("2030-01-01");
    RateRow zone{"A b", "C", "", 1000, {}, {}};
    zone.zone = "Zone 1 ; x";
    RateRow odd{"Z", "C", "longer than any area code", -1, {-5}, {1LL << 40}};
    const RateRows rows{full, zone, {"A b", "D", "31", 1000, {9000}, {0}}, odd};
    EXPECT_EQ(rates_from_text(rates_to_text(rows)), rows);
    EXPECT_EQ(rows[3], odd);
}

}  // namespace
}  // namespace kemas::rating
