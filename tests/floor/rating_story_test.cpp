// Which service a packed parcel goes with, told through step over a real ledger.
#include <gmock/gmock.h>

#include "core/rules/rate_request.hpp"
#include "tests/support/story.hpp"

namespace kemas::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string red = "4006381333931";

Site ruled_site() {
    auto site = small_site();
    rating::ChoiceRule dear;
    dear.name = "dear goods go fast";
    dear.from_value = {1'000'000};
    dear.strategy = rating::Strategy::fastest;
    site.policy.choice.rules = {dear};
    return site;
}

struct Choosing : ::testing::Test {
    explicit Choosing(Site site = ruled_site()) : story(std::move(site)) {}
    Story story;
    rating::TariffRows rows;
    std::uint64_t settlings = 0;  // as the story counts them

    void SetUp() override {
        story.skus().stock().tariff().numbers();
        TrackingNumbersImported in{"yes.csv", "h9", {}};
        for (int i = 1; i <= 9; ++i)
            in.rows.push_back({"JNE", "YES", "FAST000" + std::to_string(i)});
        ASSERT_EQ(story.says(std::move(in)), "+imported");
        story.scan("bench-1", "B-ANA");
        rows.version = "t2";
        rows.currency = {"IDR", 0};
        rating::ServiceRow reg;
        reg.courier = "JNE";
        reg.code = "REG";
        reg.cod_allowed = true;
        reg.transit_days = 2;
        rows.services = {reg};
        rows.rates = {{"JNE", "REG", "", 1000, {9000}, {9000}}};
    }
    void import() {
        ASSERT_EQ(story.says(TariffImported{"t.csv", rows.version, rows}), "+imported");
    }
    static OrderDraft any_service(const std::string& number) {
        auto draft = Story::draft(number, {{"MUG-RED", 1}});
        draft.courier.clear();
        draft.service.clear();
        return draft;
    }
    // What the scale's weight is answered with.
    std::string weighed(OrderDraft draft) {
        const auto number = draft.key.external_id;
        story.order(std::move(draft));
        EXPECT_EQ(story.scan("bench-1", number), "+order_open");
        EXPECT_EQ(story.scan("bench-1", red), "+weigh_now");
        ++settlings;
        return story.weigh("bench-1", 360);
    }
    void sent(const std::string& number) {
        story.draw();
        story.start_print();
        story.end_print(Outcome::done);
        EXPECT_EQ(story.scan("bench-1", story.parcel_of(number).tracking_number), "+staged");
        story.says(LoadDisturbed{"scale-1", settlings}, "bench-1");
    }
};

TEST_F(Choosing, TakesTheCheapestWhereNoRuleHoldsAndKeepsWhyTheOthersLost) {
    EXPECT_EQ(weighed(any_service("W-1")), "+label_coming");
    const auto parcel = story.parcel_of("W-1");
    EXPECT_EQ(parcel.service, "REG");
    EXPECT_EQ(parcel.cost, Money{9000});
    EXPECT_THAT(parcel.quote, HasSubstr("rate book t1"));
    EXPECT_THAT(parcel.quote, HasSubstr("rule cheapest: JNE REG for IDR 9000\n"
                                        "JNE YES: 18000 against 9000"));
}

TEST_F(Choosing, FollowsTheSitesRule) {
    auto draft = any_service("W-1");
    draft.value = {1'000'000};
    EXPECT_EQ(weighed(std::move(draft)), "+label_coming");
    const auto parcel = story.parcel_of("W-1");
    EXPECT_EQ(parcel.service, "YES");
    EXPECT_THAT(parcel.quote, HasSubstr("rule dear goods go fast: JNE YES for IDR 18000\n"
                                        "JNE REG: 2 days against 1"));
}

TEST_F(Choosing, TakesWhatTheOrderNamesWhateverTheRuleSays) {
    auto draft = Story::draft("W-1", {{"MUG-RED", 1}});
    draft.value = {1'000'000};
    EXPECT_EQ(weighed(std::move(draft)), "+label_coming");
    EXPECT_EQ(story.parcel_of("W-1").service, "REG");
    EXPECT_THAT(story.parcel_of("W-1").quote, Not(HasSubstr("rule ")));
}

TEST_F(Choosing, KeepsTheVersionOfTheTariffThatPricedIt) {
    EXPECT_EQ(weighed(any_service("W-1")), "+label_coming");
    sent("W-1");
    rows.rates = {{"JNE", "REG", "", 1000, {9500}, {9500}}};
    import();
    EXPECT_EQ(weighed(any_service("W-2")), "+label_coming");
    EXPECT_EQ(story.parcel_of("W-1").cost, Money{9000});
    EXPECT_THAT(story.parcel_of("W-1").quote, HasSubstr("rate book t1"));
    EXPECT_EQ(story.parcel_of("W-2").cost, Money{9500});
    EXPECT_THAT(story.parcel_of("W-2").quote, HasSubstr("rate book t2"));
}

TEST_F(Choosing, HoldsDangerousGoodsOnlyWhereTheTariffSpeaksOfThem) {
    SkusImported in{"skus.csv", "h7", {}};
    SkuRow mug{"MUG-RED", "Red mug", {{red, 1}}, grams(300), grams(3), {}, false, false, true, {}};
    in.rows.push_back(mug);
    ASSERT_EQ(story.says(std::move(in)), "+imported");
    EXPECT_EQ(weighed(any_service("W-1")), "+label_coming");  // t1 says nothing of them
    sent("W-1");
    auto cargo = rows.services[0];
    cargo.code = "CARGO";
    cargo.dangerous_allowed = true;
    rows.services.push_back(cargo);
    rows.rates.push_back({"JNE", "CARGO", "99", 1000, {40'000}, {9000}});
    import();
    EXPECT_EQ(weighed(any_service("W-2")), "!parcel_hold");
    EXPECT_THAT(story.parcel_of("W-2").quote, HasSubstr("JNE REG takes no dangerous goods"));
}

TEST_F(Choosing, CollectsFromOneCustomerNoMoreThanACourierAllowsADay) {
    rows.services[0].cod_customer_day_max = {500'000};
    import();
    const auto cod = [](const std::string& number) {
        auto draft = any_service(number);
        draft.cod = Money{300'000};
        return draft;
    };
    EXPECT_EQ(weighed(cod("W-1")), "+label_coming");
    sent("W-1");
    auto other = cod("W-2");
    other.ship_to.phone = "0812-0000-2222";
    EXPECT_EQ(weighed(std::move(other)), "+label_coming");
    sent("W-2");
    EXPECT_EQ(weighed(cod("W-3")), "!parcel_hold");
    EXPECT_THAT(story.parcel_of("W-3").quote, HasSubstr("would make it 600000"));
    story.pass(86'400'000);
    ASSERT_EQ(story.says(HoldReleased{story.order_named("W-3").key, "sari"}), "+released");
    EXPECT_EQ(story.scan("bench-1", "W-3"), "+label_coming");
}

// Surcharges of t1's services that ask for what the goods are.
rating::SurchargeRow surcharge(const char* name, rating::When when, std::int64_t amount) {
    rating::SurchargeRow row;
    row.courier = "JNE";
    row.service = "*";
    row.name = name;
    row.when = when;
    row.amount = amount;
    return row;
}

Site insuring_site() {
    auto site = ruled_site();
    site.policy.insure_from = {500'000};
    site.policy.wooden_goods = {"glass", "ceramics"};
    return site;
}

struct Insuring : Choosing {
    Insuring() : Choosing(insuring_site()) {}
    void SetUp() override {
        Choosing::SetUp();
        rows.surcharges = {surcharge("insurance", rating::When::insured, 5000),
                           surcharge("wooden crate", rating::When::wooden, 30'000)};
        import();
    }
};

TEST_F(Insuring, TakesGoodsFromTheSitesWorthOnWithInsurance) {
    auto cheap = any_service("W-1");
    cheap.value = {499'999};
    EXPECT_EQ(weighed(std::move(cheap)), "+label_coming");
    EXPECT_EQ(story.parcel_of("W-1").cost, Money{9000});
    sent("W-1");
    auto dear = any_service("W-2");
    dear.value = {500'000};
    EXPECT_EQ(weighed(std::move(dear)), "+label_coming");
    EXPECT_EQ(story.parcel_of("W-2").cost, Money{14'000});
    EXPECT_THAT(story.parcel_of("W-2").quote, HasSubstr("insurance"));
}

TEST_F(Insuring, SendsTheSitesClassesOfGoodsInWood) {
    SkusImported in{"skus.csv", "h7", {}};
    SkuRow mug{"MUG-RED", "Red mug", {{red, 1}}, grams(300), grams(3), {}, false, false, false, {}};
    mug.goods = "ceramics";
    in.rows.push_back(mug);
    ASSERT_EQ(story.says(std::move(in)), "+imported");
    EXPECT_EQ(weighed(any_service("W-1")), "+label_coming");
    EXPECT_EQ(story.parcel_of("W-1").cost, Money{39'000});
    EXPECT_THAT(story.parcel_of("W-1").quote, HasSubstr("wooden crate"));
}

// GET packing asks so before anything is packed.
TEST_F(Insuring, AsksTheSameOfAnOrderBeforeItIsPacked) {
    rows.services[0].dangerous_allowed = true;
    import();
    SkusImported in{"skus.csv", "h7", {}};
    SkuRow mug{"MUG-RED", "Red mug", {{red, 1}}, grams(300), grams(3), {}, false, false, true, {}};
    mug.goods = "glass";
    in.rows.push_back(mug);
    ASSERT_EQ(story.says(std::move(in)), "+imported");
    auto draft = any_service("W-1");
    draft.cod = Money{500'000};
    draft.value = {500'000};
    const auto& books = story.books();
    story.order(draft);
    const auto policy = insuring_site().policy;
    const std::vector<Order> orders{story.order_named("W-1")};
    auto before = rate_request(books, policy, books.rates(), orders, wanted_items(books, orders),
                               story.now());
    EXPECT_TRUE(before.dangerous && before.wooden && before.insured);
    EXPECT_EQ(before.postal_code, "17530");
    EXPECT_EQ(before.cod, Money{500'000});
    EXPECT_EQ(story.scan("bench-1", "W-1"), "+order_open");
    story.scan("bench-1", red);
    const auto parcel = story.parcel_of("W-1");
    const auto after =
        rate_request(books, policy, books.rates(), parcel, books.items(parcel.id), story.now());
    before.gross = after.gross;
    before.outer = after.outer;
    before.minute = after.minute;
    EXPECT_EQ(after, before);
}

TEST_F(Choosing, LeavesWhatTheChannelArrangedAlone) {
    auto draft = any_service("W-1");
    draft.arranged = ArrangedShipment{};
    draft.arranged->courier = "SPX";
    draft.arranged->service = "STD";
    draft.arranged->tracking_number = "SPX0001";
    draft.arranged->package_number = "P-1";
    draft.arranged->label_zpl = "^XA^FDSPX0001^FS^XZ";
    EXPECT_EQ(weighed(std::move(draft)), "+label_coming");
    const auto parcel = story.parcel_of("W-1");
    EXPECT_EQ(parcel.courier, "SPX");
    EXPECT_FALSE(parcel.cost);
    EXPECT_EQ(parcel.quote, "");
}

}  // namespace
}  // namespace kemas::testing
