// After the bench: manifests at the dock, parcels that come back, shipments arranged anew.
#include "tests/support/story.hpp"

namespace kemas::testing {
namespace {

const std::string red = "4006381333931", blue = "5901234123457";

struct Dock : ::testing::Test {
    Story story;
    void SetUp() override {
        story.skus().stock().tariff().numbers();
        for (const auto* station : {"bench-1", "dock-1", "returns-1"})
            ASSERT_EQ(story.scan(station, "B-ANA"), "+signed_in");
    }
    // A staged parcel of two red mugs and a blue one; its tracking number.
    std::string staged(const std::string& number) {
        story.order(Story::draft(number, {{"MUG-RED", 2}, {"MUG-BLUE", 1}}));
        for (const auto& code : {number, red, red, blue}) story.scan("bench-1", code);
        story.weigh("bench-1", 980);
        EXPECT_EQ(story.draw(), "+label_printing");
        story.start_print();
        story.end_print(Outcome::done);
        const auto tracking = story.parcel_of(number).tracking_number;
        EXPECT_EQ(story.scan("bench-1", tracking), "+staged");
        story.weigh("bench-1", 0);
        return tracking;
    }
    std::string handed_over(const std::string& number) {
        const auto tracking = staged(number);
        EXPECT_EQ(story.scan("dock-1", tracking), "+handed_over");
        return tracking;
    }
    std::int64_t on(const std::string& location, const std::string& sku) const {
        const auto place = story.books().stock_at(location, sku, "");
        return place ? place->quantity : 0;
    }
};

TEST_F(Dock, ListsTheCouriersParcelsUntilTheTruckLeaves) {
    handed_over("W-1");
    EXPECT_EQ(story.arg("count"), "1");
    handed_over("W-2");
    EXPECT_EQ(story.arg("count"), "2");
    EXPECT_EQ(story.scan("dock-1", "*K*manifest:POS"), "-no_manifest");
    EXPECT_EQ(story.arg("open"), "JNE (2)");
    EXPECT_EQ(story.scan("dock-1", "*K*manifest:JNE"), "+manifest_closed");
    EXPECT_EQ(story.arg("parcels"), "2");
    EXPECT_TRUE(story.books().open_manifests().empty());
    handed_over("W-3");
    EXPECT_NE(story.parcel_of("W-3").manifest, story.parcel_of("W-1").manifest);
    EXPECT_EQ(story.parcel_of("W-2").manifest, story.parcel_of("W-1").manifest);
    EXPECT_EQ(story.ledger().books().parcels_on(story.parcel_of("W-1").manifest).size(), 2u);
}

TEST_F(Dock, ClosesAManifestOnlyAtTheDock) {
    handed_over("W-1");
    EXPECT_EQ(story.scan("bench-1", "*K*manifest:JNE"), "-only_at_dock");
}

TEST_F(Dock, TakesAParcelBackUnitByUnit) {
    const auto tracking = handed_over("W-1");
    EXPECT_EQ(story.scan("returns-1", red), "-return_first");
    EXPECT_EQ(story.scan("returns-1", tracking), "+return_open");
    EXPECT_EQ(story.scan("returns-1", red), "+return_item_ok");
    EXPECT_EQ(story.scan("returns-1", red), "+return_item_ok");
    EXPECT_EQ(story.scan("returns-1", "*K*damaged"), "+return_damaged");
    EXPECT_EQ(story.scan("returns-1", red), "-return_wrong_item") << "only two were sent";
    EXPECT_EQ(story.scan("returns-1", blue), "+return_item_ok");
    EXPECT_EQ(story.scan("returns-1", "*K*done"), "+return_closed");
    EXPECT_EQ(on("RETURN", "MUG-RED"), 1);
    EXPECT_EQ(on("DAMAGED", "MUG-RED"), 1);
    EXPECT_EQ(on("RETURN", "MUG-BLUE"), 1);
    EXPECT_EQ(story.order_named("W-1").state, OrderState::returned);
    EXPECT_NE(story.parcel_of("W-1").returned_at.value, 0);
    EXPECT_EQ(story.scan("returns-1", tracking), "-already_returned");
}

TEST_F(Dock, SaysWhatIsMissingFromAReturn) {
    const auto tracking = handed_over("W-1");
    story.scan("returns-1", tracking);
    story.scan("returns-1", blue);
    EXPECT_EQ(story.scan("returns-1", "*K*done"), "!return_closed_short");
    EXPECT_EQ(story.arg("missing"), "2 x MUG-RED (Red mug)");
    EXPECT_EQ(story.order_named("W-1").state, OrderState::shipped);
}

TEST_F(Dock, GoesOnWithAReturnAfterARestart) {
    const auto tracking = handed_over("W-1");
    story.scan("returns-1", tracking);
    story.scan("returns-1", red);
    story.reopen();
    EXPECT_EQ(story.scan("returns-1", red), "+return_item_ok");
    EXPECT_EQ(story.scan("returns-1", "*K*leave"), "+left");
    EXPECT_EQ(story.scan("returns-1", tracking), "+return_open");
    EXPECT_EQ(story.arg("next"), "1 x MUG-BLUE (Blue mug)");
}

TEST_F(Dock, PromisesNothingFromTheReturnRack) {
    const auto tracking = handed_over("W-1");
    story.scan("returns-1", tracking);
    story.scan("returns-1", blue);
    story.order(Story::draft("W-9", {{"MUG-BLUE", 100}}));
    EXPECT_EQ(story.order_named("W-9").state, OrderState::backordered);
}

TEST_F(Dock, TakesNothingBackThatNeverLeft) {
    story.order(Story::draft("W-1", {{"MUG-RED", 1}}));
    story.scan("bench-1", "W-1");
    EXPECT_EQ(story.scan("returns-1", "W-1"), "-scan_label_here");
}

TEST_F(Dock, ForgetsTheNumberOfAShipmentArrangedAnew) {
    auto draft = Story::draft("S-1", {{"MUG-RED", 1}});
    draft.key.channel = "shopee";
    draft.arranged = ArrangedShipment{"SPX", "STD", "SPX-OLD", "PKG-1", "^XA^XZ"};
    story.order(draft);
    ASSERT_EQ(story.last().code, "order_received");
    draft.arranged->tracking_number = "SPX-NEW";
    SealedOrder sealed{draft, "content-2", "person-S-1", "salt", "zpl-2"};
    ASSERT_EQ(story.says(OrderReceived{sealed}), "+order_edited");
    EXPECT_EQ(story.scan("bench-1", "SPX-OLD"), "-label_replaced");
    EXPECT_EQ(story.arg("number"), "SPX-NEW");
    EXPECT_EQ(story.scan("bench-1", "SPX-NEW"), "+order_open");
}

}  // namespace
}  // namespace kemas::testing
