// What an invoice asks the ledger: the tariffs that were in force before.
#include "ledger/tariff_history.hpp"

#include "core/rating/rate_book.hpp"
#include "tests/ledger/bench.hpp"

namespace kemas::testing {
namespace {

rating::TariffRows tariff_at_price(std::int64_t price) {
    rating::TariffRows tariff;
    tariff.currency = {"IDR", 0};
    rating::ServiceRow regular;
    regular.courier = "JNE";
    regular.code = "REG";
    tariff.services = {regular};
    tariff.rates = {{"JNE", "REG", "", 1000, {price}, {price}}};
    return tariff;
}

void import(Story& story, const std::string& hash, std::int64_t price) {
    ASSERT_EQ(story.says(TariffImported{hash + ".csv", hash, tariff_at_price(price)}), "+imported");
}

TEST(TariffHistory, GivesBackEachVersionThatWasImported) {
    Story story;
    import(story, "old", 9000);
    import(story, "new", 10'000);
    auto db = look_into(story.path());
    const auto old = ledger::tariff_of_version(db, "old");
    ASSERT_TRUE(old);
    EXPECT_EQ(old->version, "old");
    EXPECT_EQ(old->rates.at(0).first_price, Money{9000});
    EXPECT_TRUE(rating::make_rate_book(*old));
    EXPECT_EQ(ledger::tariff_of_version(db, "new")->rates.at(0).first_price, Money{10'000});
    EXPECT_FALSE(ledger::tariff_of_version(db, "never"));
}

TEST(TariffHistory, TellsWhichWasInForceAtAMoment) {
    Story story;
    const auto before = story.now();
    story.pass(1000);
    import(story, "old", 9000);
    story.pass(1000);
    const auto between = story.now();
    story.pass(1000);
    import(story, "new", 10'000);
    story.pass(1000);
    import(story, "old", 9000);  // taken back
    auto db = look_into(story.path());
    EXPECT_EQ(ledger::tariff_version_at(db, before), "");
    EXPECT_EQ(ledger::tariff_version_at(db, between), "old");
    EXPECT_EQ(ledger::tariff_version_at(db, {between.value + 1500}), "new");
    EXPECT_EQ(ledger::tariff_version_at(db, {between.value + 60'000}), "old");
}

}  // namespace
}  // namespace kemas::testing
