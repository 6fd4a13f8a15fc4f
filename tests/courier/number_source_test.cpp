// Numbers that are not bought: of another service while one is down, counted, and from a file.
#include <gmock/gmock.h>

#include "tests/courier/number_house.hpp"

namespace kemas::testing {
namespace {

using ::testing::HasSubstr;

TEST(Contingency, AnotherCourierCarriesItWhileOneIsDownAndOnlyBeforeANumberWasAsked) {
    auto site = NumberHouse::site_with_courier(false);
    site.policy.couriers["JNE"].services["REG"].instead_courier = "JNE";
    site.policy.couriers["JNE"].services["REG"].instead_service = "YES";
    NumberHouse house({}, site);
    TrackingNumbersImported in{"numbers.csv", "h", {{"JNE", "YES", "YES0001"}}};
    house.says(in);
    house.world.set_down(true);
    ASSERT_EQ(house.weigh_one("W-1"), "+number_coming");
    house.scan("*K*leave");
    house.pass(600'000);
    EXPECT_TRUE(house.story.books().courier_down("JNE"));
    EXPECT_EQ(house.scan("W-1"), "+number_coming") << "it was asked for: it stays";
    house.scan("*K*leave");
    ASSERT_EQ(house.weigh_one("W-2"), "+label_coming");
    EXPECT_EQ(house.story.parcel_of("W-2").tracking_number, "YES0001");
    EXPECT_EQ(house.story.parcel_of("W-2").service, "YES");
    house.world.set_down(false);
    house.scan("*K*leave");
    house.pass(900'000);
    EXPECT_FALSE(house.story.books().courier_down("JNE"));
    EXPECT_EQ(house.world.made().size(), 1u);
}

TEST(Serials, AnSsccIsCountedUnderTheSitesPrefixAndNeverTwice) {
    auto site = small_site();
    site.policy.couriers["JNE"].usual.source = NumberSource::sscc;
    site.policy.couriers["JNE"].company_prefix = "8991234";
    NumberHouse house({}, site);
    ASSERT_EQ(house.weigh_one("W-1"), "+label_coming");
    EXPECT_EQ(house.story.parcel_of("W-1").tracking_number, "089912340000000008");
    house.story.draw();
    house.story.start_print();
    house.story.end_print(Outcome::done);
    EXPECT_EQ(house.scan("]C100089912340000000008"), "+staged") << "as GS1-128";
    ASSERT_EQ(house.weigh_one("W-2"), "+label_coming");
    const auto effect = house.story.planned().at(0);
    house.says(LabelRefused{effect.id, "recipient_name", "does not fit"}, "bench-1");
    house.restart();
    ASSERT_EQ(house.weigh_one("W-3"), "+label_coming");
    EXPECT_NE(house.story.parcel_of("W-3").tracking_number,
              house.story.parcel_of("W-2").tracking_number);
    EXPECT_EQ(house.story.books().next_serial("8991234"), 3);
}

TEST(Pool, AnImportRefusesANumberWhoseCheckDigitIsWrong) {
    auto site = NumberHouse::site_with_courier(false);
    site.policy.couriers["JNE"].services["REG"].source = NumberSource::pool;
    NumberHouse house({}, site);
    EXPECT_EQ(house.says(TrackingNumbersImported{"n.csv", "h", {{"JNE", "REG", "RB123456784GB"}}}),
              "-number_wrong");
    EXPECT_THAT(house.story.arg("why"), HasSubstr("its check digit is 4, 5 was expected"));
    EXPECT_EQ(house.says(TrackingNumbersImported{"n.csv", "h", {{"JNE", "REG", "RB123456785GB"}}}),
              "+imported");
    EXPECT_EQ(house.says(TrackingNumbersImported{"n.csv", "h", {{"JNE", "REG", "RB123456785GB"}}}),
              "-number_known");
}

}  // namespace
}  // namespace kemas::testing
