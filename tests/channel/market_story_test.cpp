// Shipments that a marketplace arranges: once, in order, read before anything is tried again.
#include "core/rules/numbers.hpp"
#include "core/rules/packages.hpp"
#include "ledger/journal_codec.hpp"
#include "tests/channel/market_house.hpp"

namespace kemas::testing {
namespace {

using sim::MarketMishap;

constexpr std::int64_t minute = 60'000;

TEST(Market, NumberAndLabelAreFetchedAtReleaseAndEachEventIsTold) {
    MarketHouse house;
    house.order("1");
    ASSERT_TRUE(house.settle(minute));
    EXPECT_EQ(house.at_market("1").arrangements, 1);
    EXPECT_EQ(house.parcel("1").tracking_number, house.at_market("1").tracking);
    EXPECT_EQ(house.parcel("1").courier, "J&T");
    EXPECT_NE(house.label_of("1").find(house.at_market("1").tracking), std::string::npos);
    EXPECT_EQ(house.pack("1"), "+label_coming");
    EXPECT_EQ(house.finish("1"), "");
    EXPECT_EQ(house.hand_over("1"), "+handed_over");
    ASSERT_TRUE(house.settle(minute));
    const auto& there = house.at_market("1");
    EXPECT_EQ(there.packed, 1);
    EXPECT_EQ(there.ready_to_ship, 1);
    EXPECT_EQ(there.handed_over, 1);
    EXPECT_EQ(house.package("1").next(), std::nullopt);
}

TEST(Market, ALostAnswerIsReadNeverArrangedAgain) {
    for (const auto mishap : {MarketMishap::lost_after, MarketMishap::late,
                              MarketMishap::error_after, MarketMishap::nonsense, MarketMishap::huge,
                              MarketMishap::accepted, MarketMishap::other_package}) {
        SCOPED_TRACE(word_for(mishap));
        MarketHouse house;
        house.world.next(MarketMishap::none);  // the list
        house.world.next(MarketMishap::none);  // parameters
        house.world.next(mishap);              // arrange
        house.order("1");
        ASSERT_TRUE(house.settle(5 * minute));
        EXPECT_EQ(house.at_market("1").arrangements, 1);
        EXPECT_EQ(house.parcel("1").tracking_number, house.at_market("1").tracking);
    }
}

TEST(Market, ARequestThatNeverArrivedIsMadeOnceTheHorizonHasPassed) {
    MarketHouse house;
    house.world.next(MarketMishap::none);
    house.world.next(MarketMishap::none);
    house.world.next(MarketMishap::lost_before);
    house.order("1");
    house.pass(55'000);
    EXPECT_EQ(house.at_market("1").arrangements, 0);
    ASSERT_TRUE(house.settle(5 * minute));
    EXPECT_EQ(house.at_market("1").arrangements, 1);
}

TEST(Market, ToldToCallLessItComesBackAsSoonAsItMay) {
    MarketHouse house;
    for (int i = 0; i < 12; ++i) house.world.next(MarketMishap::busy);
    house.order("1");
    ASSERT_TRUE(house.settle(30'000)) << "its pauses grew as if nobody had answered";
    EXPECT_EQ(house.at_market("1").arrangements, 1);
}

TEST(Market, KilledBetweenCallAndAnswerThereIsOneArrangement) {
    MarketHouse house;
    house.order("1");
    for (int i = 0; i < 200 && house.at_market("1").arrangements == 0; ++i) house.pass(10);
    ASSERT_EQ(house.at_market("1").arrangements, 1);
    house.restart();
    ASSERT_TRUE(house.settle(5 * minute));
    EXPECT_EQ(house.at_market("1").arrangements, 1);
    EXPECT_FALSE(house.parcel("1").label.empty());
}

TEST(Market, PackingGoesOnWithoutTheMarketAndWaitsForItsLabelOnly) {
    MarketHouse house;
    house.order("1");
    ASSERT_TRUE(house.settle(minute));
    house.world.set_down(true);
    house.order("2");
    EXPECT_EQ(house.pack("1"), "+label_coming");
    EXPECT_EQ(house.finish("1"), "");
    EXPECT_EQ(house.pack("2"), "+channel_label_coming");
    EXPECT_EQ(house.scan("PKG2"), "+already_open") << "no label, no staging";
    EXPECT_FALSE(house.parcel("2").staged_at.value);
    house.pass(240 * minute);
    house.world.set_down(false);
    ASSERT_TRUE(house.settle(20 * minute));
    house.scan("*K*leave");
    EXPECT_EQ(house.scan("2"), "+label_coming");
    EXPECT_EQ(house.finish("2"), "");
    EXPECT_EQ(house.at_market("1").ready_to_ship, 1);
    EXPECT_EQ(house.at_market("2").arrangements, 1);
}

TEST(Market, AnotherNumberForAPackageHoldsTheOrder) {
    MarketHouse house;
    house.order("1");
    ASSERT_TRUE(house.settle(minute));
    const auto number = house.parcel("1").tracking_number;
    house.at_market("1").tracking = "JP6666666666";  // under the same arrangement
    EXPECT_EQ(house.pack("1"), "+label_coming");
    ASSERT_TRUE(house.settle(5 * minute));
    EXPECT_EQ(house.parcel("1").tracking_number, number);
    EXPECT_EQ(house.story.order_named("1").state, OrderState::on_hold);
    EXPECT_NE(house.package("1").trouble.find("a second number"), std::string::npos);
}

TEST(Market, ALabelOfAnotherPackageIsNotTaken) {
    MarketHouse house;
    house.order("1");
    for (int i = 0; i < 500 && house.parcel("1").tracking_number.empty(); ++i) house.pass(10);
    house.world.next(MarketMishap::other_label);
    ASSERT_TRUE(house.settle(40'000)) << "asked for again once its pages had their time";
    EXPECT_NE(house.label_of("1").find(house.parcel("1").tracking_number), std::string::npos);
}

TEST(Market, ACancellationStopsTheOrderAndIsAnsweredByItsState) {
    MarketHouse house;
    for (const auto* number : {"1", "2", "3"}) house.order(number);
    ASSERT_TRUE(house.settle(minute));
    ASSERT_EQ(house.pack("2"), "+label_coming");
    ASSERT_EQ(house.finish("2"), "");
    ASSERT_EQ(house.pack("3"), "+label_coming");
    ASSERT_EQ(house.finish("3"), "");
    ASSERT_EQ(house.hand_over("3"), "+handed_over");
    for (const auto* number : {"1", "2", "3"})
        house.world.cancel("PKG" + std::string(number), "changed his mind");
    house.pass(minute);
    ASSERT_TRUE(house.settle(minute));
    EXPECT_EQ(house.at_market("1").cancel_state, "accepted");
    EXPECT_EQ(house.at_market("2").cancel_state, "accepted");
    EXPECT_EQ(house.at_market("3").cancel_state, "refused");
    EXPECT_EQ(house.story.order_named("1").state, OrderState::cancelled);
    EXPECT_EQ(house.story.order_named("2").state, OrderState::cancel_asked);
    EXPECT_EQ(house.story.order_named("3").state, OrderState::shipped);
    EXPECT_EQ(house.package("3").cancel_why, "handed over to J&T");
    EXPECT_EQ(house.hand_over("2"), "-order_cancelled") << "it is recalled";
}

TEST(Market, ANewArrangementVoidsTheOldLabel) {
    MarketHouse house;
    house.order("1");
    ASSERT_TRUE(house.settle(minute));
    const auto old = house.parcel("1").tracking_number;
    house.world.arrange_anew("PKG1", house.story.now());
    house.pass(minute);
    ASSERT_TRUE(house.settle(minute));
    EXPECT_NE(house.parcel("1").tracking_number, old);
    EXPECT_EQ(house.parcel("1").tracking_number, house.at_market("1").tracking);
    EXPECT_NE(house.label_of("1").find(house.at_market("1").tracking), std::string::npos);
    EXPECT_TRUE(house.scan(old).starts_with("-")) << "the old paper opens nothing";
    EXPECT_EQ(house.at_market("1").arrangements, 1) << "the market did it, not we";
}

TEST(Market, ASlotIsChangedToOneThatWasOffered) {
    MarketHouse house;
    house.order("1");
    ASSERT_TRUE(house.settle(minute));
    const auto parcel = house.parcel("1").id;
    EXPECT_EQ(house.says(SlotChangeAsked{parcel, "S-9", "sari"}), "-slot_unknown");
    EXPECT_EQ(house.says(SlotChangeAsked{parcel, "S-2", "sari"}), "+slot_asked");
    EXPECT_EQ(house.says(SlotChangeAsked{parcel, "S-1", "sari"}), "-slot_changing");
    ASSERT_TRUE(house.settle(minute));
    EXPECT_EQ(house.at_market("1").slot, "S-2");
    EXPECT_EQ(house.package("1").slot, "S-2");
}

TEST(Market, WhichEventTriggersWhichCallIsData) {
    auto site = MarketHouse::site_with_market();
    auto& events = site.policy.channels["shopee"].events;
    using enum ChannelCall;
    events = {{FloorEvent::released, {parameters}},
              {FloorEvent::packed, {arrange, packed, number, label}}};
    MarketHouse house({}, std::move(site));
    house.order("1");
    ASSERT_TRUE(house.settle(minute));
    EXPECT_EQ(house.at_market("1").arrangements, 0);
    EXPECT_EQ(house.pack("1"), "+channel_label_coming");
    ASSERT_TRUE(house.settle(minute));
    EXPECT_EQ(house.at_market("1").arrangements, 1);
    EXPECT_EQ(house.at_market("1").packed, 1);
    EXPECT_FALSE(house.parcel("1").label.empty());
}

TEST(Market, ASlotCannotBeChangedOfAParcelThatNoChannelArranges) {
    MarketHouse house;
    house.story.order(Story::draft("own", {{"MUG-RED", 1}}));
    EXPECT_EQ(house.says(SlotChangeAsked{{77}, "S-1", "sari"}), "-package_none");
}

TEST(Market, ItsOrderCannotBeSplitOverTwoParcels) {
    MarketHouse house;
    auto draft = Story::draft("1", {{"MUG-RED", 2}});
    draft.key.channel = "shopee";
    draft.arranged = ArrangedShipment{"", "", "", "PKG1", ""};
    house.story.order(draft);
    ASSERT_EQ(house.scan("1"), "+order_open");
    ASSERT_EQ(house.scan("4006381333931"), "+item_ok");
    EXPECT_EQ(house.scan("*K*box"), "-channel_no_split");
}

TEST(Market, ARefusalHoldsTheOrderAndReleasingItAsksAgain) {
    MarketHouse house;
    house.at_market("1").cancelled = true;  // it will not arrange
    house.order("1");
    ASSERT_TRUE(house.settle(minute));
    EXPECT_EQ(house.story.order_named("1").state, OrderState::on_hold);
    EXPECT_EQ(house.package("1").trouble, "arrange: package_number: is cancelled");
    house.at_market("1").cancelled = false;
    const auto key = house.story.order_named("1").key;
    EXPECT_EQ(house.says(HoldReleased{key, "sari"}), "+released");
    ASSERT_TRUE(house.settle(5 * minute));
    EXPECT_EQ(house.at_market("1").arrangements, 1);
    EXPECT_FALSE(house.parcel("1").label.empty());
}

TEST(Market, ItsPackagesAreWhatTheyWereWhenTheJournalIsReadAgain) {
    PackageState package;
    package.package_number = "PKG1";
    package.order_number = "1";
    package.arrangement = Progress::ready;
    package.number = Progress::making;
    package.arrangement_no = 2;
    package.slot = "S-1";
    package.tracking_number = "JP1";
    package.packed = true;
    package.cancel = ChannelCancel{"C-1", "asked", "x", {5}};
    const PackageTold told{{3, 1}, "shopee", true, package};
    const PackageParametersTold how{{3, 1}, "PKG1", {{"pickup", "A", {{"S-1", {1}, {2}}}}}};
    const PackageLabelTold label{{3, 1}, "PKG1", "JP1", "zpl", "hash", "bytes"};
    ledger::SideTables side;
    side.blob = [](const std::string&) { return std::optional<std::string>("bytes"); };
    const auto again = [&](const Input& in) {
        return ledger::decode_input(ledger::kind_of(in), ledger::encode(in), side);
    };
    const auto told_again = std::get<PackageTold>(again(told));
    EXPECT_EQ(told_again.package, package);
    EXPECT_EQ(told_again.effect, told.effect);
    EXPECT_EQ(told_again.link, "shopee");
    EXPECT_TRUE(told_again.looked_up);
    EXPECT_EQ(std::get<PackageParametersTold>(again(how)).options, how.options);
    const auto label_again = std::get<PackageLabelTold>(again(label));
    EXPECT_EQ(label_again.bytes, "bytes");
    EXPECT_EQ(label_again.tracking_number, "JP1");
    const auto refused = std::get<PackageRefused>(again(PackageRefused{{3, 1}, "slot", "is full"}));
    EXPECT_EQ(refused.why, "is full");
    const auto slot = std::get<SlotChangeAsked>(again(SlotChangeAsked{{9}, "S-2", "sari"}));
    EXPECT_EQ(slot.parcel.value, 9);
    EXPECT_EQ(slot.slot, "S-2");
}

TEST(Market, ItsShipmentsRefuseWhatIsOurs) {
    MarketHouse house;
    house.order("1");
    const auto recorded = Recorded{1, house.story.now(), "", Restarted{}};
    const auto site = MarketHouse::site_with_market();
    Turn turn(nullptr, recorded, house.story.books(), site.policy);
    auto parcel = house.parcel("1");
    const std::string sentence = "shopee arranges this shipment";
    EXPECT_TRUE(refusal_of_ours(turn, parcel).starts_with(sentence));
    parcel.courier = "JNE";
    parcel.service = "REG";
    EXPECT_EQ(number_for(turn, parcel).kind, NumberStep::Kind::none);
    EXPECT_TRUE(number_for(turn, parcel).why.starts_with(sentence));
    EXPECT_FALSE(may_choose_courier(turn, parcel)) << "nor is another courier chosen instead";
    EXPECT_EQ(house.pack("1"), "+channel_label_coming") << "nothing is drawn";
    EXPECT_TRUE(house.story.planned().empty());
}

TEST(Market, LosesNothingWhenItRestartsAfterAStorm) {
    MarketHouse house({.seed = 3, .mishaps = 0.4, .lies = true});
    for (int i = 0; i < 10; ++i) house.order(std::to_string(i));
    ASSERT_TRUE(house.settle(60 * minute));
    house.restart();
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(house.parcel(std::to_string(i)).label.empty());
}

}  // namespace
}  // namespace kemas::testing
