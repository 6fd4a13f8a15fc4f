// Two orders of one buyer in one parcel, and the channel's own shipments (label first).
#include "tests/support/story.hpp"

namespace kemas::testing {
namespace {

const std::string red = "4006381333931", blue = "5901234123457", tea = "8991002101630";

struct Combined : ::testing::Test {
    Story story;
    void SetUp() override {
        story.skus().stock().tariff().numbers();
        auto first = Story::draft("W-1", {{"MUG-RED", 1}});
        auto second = Story::draft("W-2", {{"TEA", 2}});
        first.combine_group = second.combine_group = "buyer-7";
        story.order(first).order(second);
        story.scan("bench-1", "B-ANA");
    }
    void ship(std::int64_t weight_g) {
        ASSERT_EQ(story.weigh("bench-1", weight_g), "+label_coming");
        ASSERT_EQ(story.draw(), "+label_printing");
        ASSERT_EQ(story.start_print(), "+effect_started");
        story.end_print(Outcome::done);
        ASSERT_EQ(story.scan("bench-1", "RESI0001"), "+staged");
    }
};

TEST_F(Combined, TravelInOneParcelWithOneNumber) {
    EXPECT_EQ(story.scan("bench-1", "W-2"), "+order_open");
    EXPECT_EQ(story.scan("bench-1", red), "+item_ok");
    EXPECT_EQ(story.scan("bench-1", tea), "+item_ok");
    EXPECT_EQ(story.scan("bench-1", tea), "+weigh_now");
    ship(300 + 2 * 55 + 60);
    EXPECT_EQ(story.order_named("W-1").state, OrderState::shipped);
    EXPECT_EQ(story.order_named("W-2").state, OrderState::shipped);
    EXPECT_EQ(story.parcel_of("W-1").id, story.parcel_of("W-2").id);
}

TEST_F(Combined, TellsWhatToTakeOutWhenTheOtherOrderIsCancelled) {
    story.scan("bench-1", "W-1");
    story.scan("bench-1", tea);
    story.scan("bench-1", tea);
    EXPECT_EQ(story.says(CancelAsked{{"webstore", "toko", "W-2"}, "buyer", "too much"}),
              "+cancelled");
    EXPECT_EQ(story.scan("bench-1", red), "!take_out");
    EXPECT_EQ(story.arg("items"), "2 x TEA (Teh Melati 50 g)");
    EXPECT_EQ(story.scan("bench-1", red), "+weigh_now");
    ship(300 + 60);
    EXPECT_EQ(story.order_named("W-1").state, OrderState::shipped);
    EXPECT_EQ(story.books().stock_at("CANCEL", "TEA", "")->quantity, 2);
}

TEST_F(Combined, GoesOnWithTheLivingOrderWhenItsOwnIsCancelled) {
    story.scan("bench-1", "W-1");
    story.scan("bench-1", tea);
    story.scan("bench-1", red);
    story.says(CancelAsked{{"webstore", "toko", "W-1"}, "buyer", ""});
    EXPECT_EQ(story.scan("bench-1", tea), "-order_cancelled");
    EXPECT_EQ(story.scan("bench-1", "W-2"), "+order_open");
    EXPECT_EQ(story.scan("bench-1", tea), "!take_out");
    EXPECT_EQ(story.arg("items"), "1 x MUG-RED (Red mug)");
    EXPECT_EQ(story.scan("bench-1", tea), "+weigh_now");
    ship(2 * 55 + 60);
    EXPECT_EQ(story.order_named("W-2").state, OrderState::shipped);
}

// ---- label first ---------------------------------------------------------------------------

struct LabelFirst : ::testing::Test {
    Story story;
    void SetUp() override {
        auto draft = Story::draft("SP-1", {{"MUG-BLUE", 1}});
        draft.key.channel = "shopee";
        draft.ship_to = {};  // masked: the channel's label says it
        draft.courier = draft.service = "";
        draft.arranged = ArrangedShipment{"SPX", "STD", "SPXID0001", "PKG-1", "^XA^FDlabel^FS^XZ"};
        story.skus().stock().order(draft);
        ASSERT_EQ(story.order_named("SP-1").state, OrderState::released);
        story.scan("bench-1", "B-ANA");
    }
};

TEST_F(LabelFirst, OpensByTheChannelsNumberAndIsWeighedLast) {
    EXPECT_EQ(story.scan("bench-1", "SPXID0001"), "+order_open");
    EXPECT_EQ(story.scan("bench-1", blue), "+weigh_now");
    EXPECT_EQ(story.weigh("bench-1", 380), "+label_coming");
    EXPECT_EQ(story.draw(), "+label_printing");
    EXPECT_EQ(story.start_print(), "+effect_started");
    EXPECT_EQ(story.end_print(Outcome::done), "+label_printed");
    EXPECT_EQ(story.scan("bench-1", "SPXID0001"), "+staged");
    EXPECT_EQ(story.order_named("SP-1").state, OrderState::shipped);
    EXPECT_FALSE(story.parcel_of("SP-1").cost) << "the channel pays: nothing is priced";
}

TEST_F(LabelFirst, OpensByThePackageNumberToo) {
    EXPECT_EQ(story.scan("bench-1", "PKG-1"), "+order_open");
}

TEST_F(LabelFirst, IsNeitherCancelledNorSplitFromTheFloor) {
    story.scan("bench-1", "SPXID0001");
    EXPECT_EQ(story.scan("bench-1", "*K*cancel:broken"), "-channel_cancels");
    EXPECT_EQ(story.scan("bench-1", "*K*short:damaged"), "!short_hold");
    EXPECT_EQ(story.order_named("SP-1").state, OrderState::on_hold);
}

TEST_F(LabelFirst, IsRefusedWithWhoAndWhenOnceCancelled) {
    story.says(CancelAsked{{"shopee", "toko", "SP-1"}, "buyer", "changed mind"});
    EXPECT_EQ(story.scan("bench-1", "SPXID0001"), "-order_cancelled");
    EXPECT_EQ(story.arg("by"), "buyer");
    EXPECT_NE(story.arg("at"), "");
}

// ---- pick by tote, ship from the dock ---------------------------------------------------------

TEST(PickAndDock, ATotePickedElsewhereIsPackedAtTheBenchAndShippedAtTheDock) {
    auto site = small_site();
    site.policy.ship_on = Policy::ShipOn::dock;
    Story story(site);
    story.skus().stock().tariff().numbers().order(Story::draft("W-1", {{"MUG-RED", 2}}));
    story.scan("pick-1", "B-BUDI");
    EXPECT_EQ(story.scan("pick-1", "W-1"), "+order_open");
    EXPECT_EQ(story.says(CodeScanned{"TOTE-7"}, "pick-1"), "-unknown_code");
    EXPECT_EQ(story.scan("pick-1", "*K*tote:TOTE-7"), "+tote_bound");
    EXPECT_EQ(story.scan("pick-1", red), "+item_ok");
    EXPECT_EQ(story.scan("pick-1", red), "+picked");
    story.scan("bench-1", "B-ANA");
    EXPECT_EQ(story.scan("bench-1", "TOTE-7"), "+order_open");
    EXPECT_EQ(story.scan("bench-1", red), "+item_ok");
    EXPECT_EQ(story.scan("bench-1", red), "+weigh_now");
    EXPECT_EQ(story.books().stock_at("A-01", "MUG-RED", "")->quantity, 98)
        << "taken once, not twice";
    story.weigh("bench-1", 660);
    story.draw();
    story.start_print();
    story.end_print(Outcome::done);
    EXPECT_EQ(story.scan("bench-1", "RESI0001"), "+staged");
    EXPECT_EQ(story.order_named("W-1").state, OrderState::packed);
    story.scan("dock-1", "B-SARI");
    EXPECT_EQ(story.scan("dock-1", "RESI0001"), "+handed_over");
    EXPECT_EQ(story.order_named("W-1").state, OrderState::shipped);
    EXPECT_EQ(story.scan("dock-1", "RESI0001"), "-already_handed_over");
}

}  // namespace
}  // namespace kemas::testing
