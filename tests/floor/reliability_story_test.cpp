// How couriers kept their word: what they tell of parcels is counted, and a rule goes by it.
#include <gmock/gmock.h>

#include "core/rules/rate_request.hpp"
#include "tests/support/story.hpp"

namespace kemas::testing {
namespace {

using ::testing::HasSubstr;

const std::string red = "4006381333931";
constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t weeks_ms = 14 * day_ms;

// JNE REG and TIKI ONS give numbers over their services and tell of their parcels; JNE YES is from
// a pool. Eight of ten on time are wanted, believed from two parcels on.
Site telling_site() {
    auto site = small_site();
    for (const auto* courier : {"JNE", "TIKI"})
        site.policy.couriers[courier].usual.source = NumberSource::http;
    site.policy.couriers["JNE"].services["YES"].source = NumberSource::pool;
    rating::ChoiceRule rule;
    rule.name = "keeps its word";
    rule.least_on_time = 8000;
    site.policy.choice.rules = {rule};
    site.policy.choice.reliable_from = 2;
    return site;
}

struct Ends : ::testing::Test {
    std::unique_ptr<Story> house = std::make_unique<Story>(telling_site(), "OFF");
    std::uint64_t settlings = 0;
    int numbers = 0;

    Story& story() { return *house; }
    void SetUp() override { furnish(); }
    void furnish() {
        story().skus().stock();
        rating::TariffRows rows;
        rows.version = "t1";
        rows.currency = {"IDR", 0};
        const auto service = [&](const char* courier, const char* code, std::int64_t price) {
            rating::ServiceRow row;
            row.courier = courier;
            row.code = code;
            row.transit_days = 2;
            rows.services.push_back(row);
            rows.rates.push_back({courier, code, "", 1000, {price}, {price}});
        };
        service("JNE", "REG", 9000);
        service("JNE", "YES", 20'000);
        service("TIKI", "ONS", 12'000);
        ASSERT_EQ(story().says(TariffImported{"t.csv", "t1", rows}), "+imported");
        for (const auto* station : {"bench-1", "returns-1"})
            ASSERT_EQ(story().scan(station, "B-ANA"), "+signed_in");
        settlings = 0;
    }
    static OrderDraft draft(const std::string& number, std::string courier = "") {
        auto order = Story::draft(number, {{"MUG-RED", 1}});
        order.courier = std::move(courier);
        order.service = order.courier == "JNE" ? "REG" : order.courier.empty() ? "" : "ONS";
        return order;
    }
    // Packed, weighed, numbered, labelled and set aside. What its scale's weight was answered with.
    std::string send(OrderDraft order) {
        const auto number = order.key.external_id;
        story().order(std::move(order));
        EXPECT_EQ(story().scan("bench-1", number), "+order_open");
        EXPECT_EQ(story().scan("bench-1", red), "+weigh_now");
        ++settlings;
        const auto said = story().weigh("bench-1", 360);
        if (said == "+number_coming") take_number();
        const auto parcel = story().parcel_of(number);
        if (parcel.hold.empty()) {
            EXPECT_EQ(story().draw(), "+label_printing");
            story().start_print();
            story().end_print(Outcome::done);
            const auto tracking = story().parcel_of(number).tracking_number;
            EXPECT_EQ(story().scan("bench-1", tracking), "+staged");
        }
        story().says(LoadDisturbed{"scale-1", settlings}, "bench-1");
        return said;
    }
    void take_number() {
        const auto act = story().take_planned(
            [](const EffectRow& row) { return row.kind == EffectKind::get_number; });
        ASSERT_EQ(act.size(), 1u);
        story().says(EffectStarted{act[0].id}, "bench-1");
        const auto ask = *story().books().ask_by_reference(act[0].reference);
        GivenNumber given{ask.reference,
                          ask.service,
                          "N" + std::to_string(++numbers),
                          ask.postal_code,
                          ask.weight,
                          {},
                          {},
                          "IDR"};
        story().says(NumberAnswered{act[0].id, true, {given}}, "bench-1");
    }
    std::string told(const std::string& number, Tracked status, std::int64_t ago_ms = 0) {
        const auto asks = story().books().asks_of(story().parcel_of(number).id);
        return story().says(
            ParcelTracked{asks.back().reference, status, {story().now().value - ago_ms}, "Bekasi"});
    }
    // "sent on_time returned lost", of all days up to now; a day passes, since today never counts.
    std::string counted(const char* courier = "JNE", const char* service = "REG",
                        const char* area = "") {
        story().pass(day_ms);
        const auto today = rating::day_at(story().now(), 0);
        const auto* row = story().books().reliability({0}, today).of(courier, service, area, 0);
        if (row == nullptr) return "none";
        return std::to_string(row->sent) + " " + std::to_string(row->on_time) + " " +
               std::to_string(row->returned) + " " + std::to_string(row->lost);
    }
};

TEST_F(Ends, CountAParcelOnceByItsCourierServiceAndDestination) {
    send(draft("W-1"));
    EXPECT_EQ(story().parcel_of("W-1").tariff, "t1");
    EXPECT_EQ(counted(), "none");
    told("W-1", Tracked::in_transit);
    told("W-1", Tracked::delivered);
    told("W-1", Tracked::delivered);
    EXPECT_EQ(counted(), "1 1 0 0");
    for (const auto* area : {"32", "32.16", "32.16.09"})
        EXPECT_EQ(counted("JNE", "REG", area), "1 1 0 0");
    story().reopen();
    EXPECT_EQ(counted(), "1 1 0 0");
    const auto today = rating::day_at(story().now(), 0);
    EXPECT_EQ(story().books().reliability({0}, today).of("JNE", "REG", "32.1", 1)->area_prefix,
              "32");
}

TEST_F(Ends, AreOnTimeUpToTheLastMomentOfThePromisedDay) {
    for (const auto* number : {"W-1", "W-2"}) send(draft(number));
    const auto promised = *story().parcel_of("W-1").promised;
    const auto end_of_day = (promised.value + 1) * day_ms;
    story().pass(weeks_ms);
    told("W-1", Tracked::delivered, story().now().value - (end_of_day - 1));
    EXPECT_EQ(counted(), "1 1 0 0");
    told("W-2", Tracked::delivered, story().now().value - end_of_day);
    EXPECT_EQ(counted(), "2 1 0 0");
}

TEST_F(Ends, AreCorrectedByWhatIsToldLater) {
    send(draft("W-1"));
    EXPECT_EQ(told("W-1", Tracked::lost), "!parcel_trouble");
    EXPECT_EQ(counted(), "1 0 0 1");
    told("W-1", Tracked::in_transit);  // found again: it has no end yet
    EXPECT_EQ(counted(), "0 0 0 0");
    story().pass(weeks_ms);
    told("W-1", Tracked::delivered);
    EXPECT_EQ(counted(), "1 0 0 0") << "delivered, but days after its promise";
    send(draft("W-2"));
    told("W-2", Tracked::lost);
    told("W-2", Tracked::returned);
    EXPECT_EQ(counted(), "2 0 1 0");
}

TEST_F(Ends, AreKnownFromTheReturnsDeskWhereTheCourierToldNone) {
    for (const auto* number : {"W-1", "W-2", "W-3"}) send(draft(number));
    told("W-1", Tracked::delivery_failed);
    told("W-2", Tracked::delivered);
    const auto bring_back = [&](const std::string& number) {
        EXPECT_EQ(story().scan("returns-1", story().parcel_of(number).tracking_number),
                  "+return_open");
        EXPECT_EQ(story().scan("returns-1", red), "+return_item_ok");
        EXPECT_EQ(story().scan("returns-1", "*K*done"), "+return_closed");
    };
    bring_back("W-1");
    EXPECT_EQ(counted(), "2 1 1 0");
    told("W-1", Tracked::returned);  // its courier is late with the news
    bring_back("W-2");               // the buyer sent it back: its courier did well
    bring_back("W-3");               // nothing was ever told of it
    EXPECT_EQ(counted(), "2 1 1 0");
}

TEST_F(Ends, MakeARuleTakeAnotherCourierAfterBadWeeks) {
    send(draft("W-1"));
    EXPECT_EQ(story().parcel_of("W-1").courier, "JNE") << "nothing is known: the cheapest";
    EXPECT_THAT(story().parcel_of("W-1").quote,
                HasSubstr("rule keeps its word: JNE REG for IDR 9000, nothing is known of its "
                          "punctuality\nJNE YES: 20000 against 9000; nothing is known of its "
                          "punctuality\nTIKI ONS: 12000 against 9000; nothing is known of its "
                          "punctuality"));
    send(draft("W-2"));
    story().pass(weeks_ms);
    told("W-1", Tracked::delivered);
    told("W-2", Tracked::delivered);
    send(draft("W-3"));
    EXPECT_EQ(story().parcel_of("W-3").courier, "JNE") << "what was told today counts tomorrow";
    story().pass(day_ms);
    send(draft("W-4"));
    EXPECT_EQ(story().parcel_of("W-4").courier, "TIKI");
    EXPECT_THAT(story().parcel_of("W-4").quote,
                HasSubstr("JNE REG: 0.00 % on time, wanted at least 80.00 %"));
    story().pass(31 * day_ms);
    send(draft("W-5"));
    EXPECT_EQ(story().parcel_of("W-5").courier, "JNE") << "forgiven after reliable_days";
}

TEST_F(Ends, BarTheUnprovenWhereTheSiteSaysSo) {
    auto site = telling_site();
    site.policy.choice.rules[0].unproven_pass = false;
    house = std::make_unique<Story>(site, "OFF");
    furnish();
    for (const auto* number : {"W-1", "W-2"}) {
        send(draft(number, "TIKI"));
        told(number, Tracked::delivered);
    }
    send(draft("W-3", "JNE"));
    told("W-3", Tracked::delivered);
    story().pass(day_ms);
    send(draft("W-4"));
    const auto parcel = story().parcel_of("W-4");
    EXPECT_EQ(parcel.courier, "TIKI");
    EXPECT_THAT(parcel.quote, HasSubstr("TIKI ONS for IDR 12000, 100.00 % of 2 parcels on time\n"
                                        "JNE REG: not yet proven: 1 parcel of 2"));
}

TEST_F(Ends, AreExplainedInTheSitesLanguage) {
    auto site = telling_site();
    site.policy.tongue = rating::Tongue::indonesian;
    site.policy.choice.rules[0].unproven_pass = false;
    house = std::make_unique<Story>(site, "OFF");
    furnish();
    EXPECT_EQ(send(draft("W-1")), "!parcel_hold");
    const auto parcel = story().parcel_of("W-1");
    EXPECT_EQ(parcel.hold, "Tidak ada layanan yang menerima paket ini ke wilayah 32.16.09");
    EXPECT_THAT(parcel.quote, HasSubstr("JNE REG: ketepatannya belum diketahui"));
    EXPECT_EQ(story().order_named("W-1").reason, parcel.hold);
    send(draft("W-2", "JNE"));
    EXPECT_THAT(story().parcel_of("W-2").quote, HasSubstr("dijanjikan"));
    auto pooled = draft("W-4", "JNE");
    pooled.service = "YES";
    send(std::move(pooled));
    EXPECT_EQ(story().parcel_of("W-4").hold,
              "nomor resi habis untuk JNE YES: impor nomor baru, lalu lepaskan pesanannya");
    auto nameless = draft("W-3", "JNE");
    nameless.ship_to.phone.clear();
    send(std::move(nameless));
    EXPECT_EQ(story().parcel_of("W-3").hold, "label: telepon penerima kosong");
}

}  // namespace
}  // namespace kemas::testing
