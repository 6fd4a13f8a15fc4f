// Goods kept by lot, expiry and serial: the right unit leaves, and the books know which.
#include "tests/support/story.hpp"

namespace kemas::testing {
namespace {

const std::string gtin = "08991002101630";  // TEA

// Tea kept by lot and expiry in two lots on one shelf and one elsewhere; the story's day is
// 2023-11-14 (UTC).
struct Shelf : ::testing::Test {
    Story story;
    void SetUp() override {
        story.skus().tariff().numbers();
        track({true, true, false});
        StockImported in{"stock.csv", "h2", {}};
        in.rows = {{"B-01", "TEA", "OLD", 3, 1, "2023-11-30"},
                   {"B-01", "TEA", "NEW", 10, 1, "2024-06-30"},
                   {"B-02", "TEA", "GONE", 50, 2, "2023-11-01"}};
        ASSERT_EQ(story.says(std::move(in)), "+imported");
        ASSERT_EQ(story.scan("bench-1", "B-ANA"), "+signed_in");
    }
    void track(TrackedBy tracked) {
        SkusImported in{"skus.csv", "h9", {}};
        SkuRow row;
        row.sku = "TEA";
        row.name = "Teh Melati 50 g";
        row.weight = grams(55);
        row.barcodes = {{"8991002101630", 1}};
        row.tracked = tracked;
        in.rows = {row};
        ASSERT_EQ(story.says(std::move(in)), "+imported");
    }
    void open(const std::string& number, std::int64_t units) {
        story.order(Story::draft(number, {{"TEA", units}}));
        ASSERT_EQ(story.last().code, "order_received");
        ASSERT_EQ(story.scan("bench-1", number), "+order_open");
    }
    static std::string gs1(const std::string& rest) { return "]C101" + gtin + rest; }
    std::int64_t units(const std::string& lot) const {
        return story.books().stock_at("B-01", "TEA", lot)->quantity;
    }
    std::vector<MarkedUnits> marks(const std::string& number) const {
        return story.books().marks_of(story.order_named(number).id, 1);
    }
};

TEST_F(Shelf, KeepsTwoLotsOfOneSkuApart) {
    EXPECT_EQ(units("OLD"), 3);
    EXPECT_EQ(units("NEW"), 10);
}

TEST_F(Shelf, PromisesWhatExpiresFirstAndNeverWhatHasExpired) {
    story.order(Story::draft("W-1", {{"TEA", 13}}));
    EXPECT_EQ(story.order_named("W-1").state, OrderState::released);
    EXPECT_EQ(story.books().stock_at("B-02", "TEA", "GONE")->reserved, 0);
    story.order(Story::draft("W-2", {{"TEA", 1}}));
    EXPECT_EQ(story.order_named("W-2").state, OrderState::backordered)
        << "only expired tea is left";
}

TEST_F(Shelf, TakesTheLotThatWasScannedAndRemembersIt) {
    open("W-1", 2);
    EXPECT_EQ(story.scan("bench-1", gs1("10OLD")), "+item_ok");
    EXPECT_EQ(units("OLD"), 2);
    const auto found = marks("W-1");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].marks.lot, "OLD");
    EXPECT_EQ(found[0].quantity, 1);
}

TEST_F(Shelf, SwapsThePromiseWhenAnotherLotOfTheShelfIsInHand) {
    open("W-1", 2);
    EXPECT_EQ(story.scan("bench-1", gs1("10NEW")), "+item_ok");
    EXPECT_EQ(units("NEW"), 9);
    EXPECT_EQ(units("OLD"), 3);
    EXPECT_EQ(story.books().stock_at("B-01", "TEA", "OLD")->reserved, 1);
    EXPECT_EQ(story.scan("bench-1", "*K*undo"), "+undone");
    EXPECT_EQ(units("NEW"), 10);
    EXPECT_EQ(story.books().stock_at("B-01", "TEA", "NEW")->reserved, 1);
    EXPECT_TRUE(marks("W-1").empty());
}

TEST_F(Shelf, RefusesALotThatDoesNotLieThere) {
    open("W-1", 2);
    EXPECT_EQ(story.scan("bench-1", gs1("10NONE")), "-wrong_lot");
    EXPECT_EQ(story.arg("lots"), "OLD");
    EXPECT_EQ(units("OLD"), 3);
}

TEST_F(Shelf, AsksForTheLotWhenSeveralCanBeMeant) {
    open("W-1", 5);  // three OLD, two NEW
    EXPECT_EQ(story.scan("bench-1", "8991002101630"), "-lot_needed");
    EXPECT_EQ(story.arg("lots"), "NEW, OLD");
    EXPECT_EQ(story.scan("bench-1", "*K*lot:NEW"), "+lot_ok");
    EXPECT_EQ(story.scan("bench-1", "8991002101630"), "+item_ok");
    EXPECT_EQ(units("NEW"), 9);
}

TEST_F(Shelf, KnowsTheLotWhenOnlyOneIsPromised) {
    open("W-1", 2);
    EXPECT_EQ(story.scan("bench-1", "8991002101630"), "+item_ok");
    EXPECT_EQ(units("OLD"), 2);
    EXPECT_EQ(marks("W-1").at(0).marks.lot, "OLD");
}

TEST_F(Shelf, RefusesWhatTheCodeSaysHasExpired) {
    open("W-1", 1);
    EXPECT_EQ(story.scan("bench-1", gs1("1723111310OLD")), "-expired");
    EXPECT_EQ(story.arg("expiry"), "2023-11-13");
}

TEST_F(Shelf, SellsOnTheLastDayButNotAfter) {
    open("W-1", 1);
    EXPECT_EQ(story.scan("bench-1", gs1("1723111410OLD")), "+weigh_now");
}

TEST_F(Shelf, PutsTheLotsOfACancelledOrderOnTheRack) {
    open("W-1", 2);
    story.scan("bench-1", gs1("10NEW"));
    EXPECT_EQ(story.says(CancelAsked{Story::draft("W-1", {}).key, "shop", "buyer"}), "+cancelled");
    EXPECT_EQ(story.books().stock_at("CANCEL", "TEA", "NEW")->quantity, 1);
    EXPECT_TRUE(marks("W-1").empty());
}

TEST_F(Shelf, RefusesAStockFileThatLeavesTheLotOut) {
    StockImported in{"stock.csv", "h3", {}};
    in.rows = {{"B-03", "TEA", "", 5, 3, ""}};
    EXPECT_EQ(story.says(std::move(in)), "-stock_needs_lot");
}

TEST_F(Shelf, KeepsTheLotOverARestart) {
    open("W-1", 5);
    ASSERT_EQ(story.scan("bench-1", "*K*lot:NEW"), "+lot_ok");
    ASSERT_EQ(story.scan("bench-1", "8991002101630"), "+item_ok");
    story.reopen();
    EXPECT_EQ(story.scan("bench-1", "8991002101630"), "+item_ok");
    EXPECT_EQ(story.scan("bench-1", "*K*undo"), "+undone");
    EXPECT_EQ(units("NEW"), 9);
}

TEST_F(Shelf, WantsEachSerialOnceAndOneByOne) {
    track({false, false, true});
    open("W-1", 3);
    EXPECT_EQ(story.scan("bench-1", "8991002101630"), "-serial_needed");
    EXPECT_EQ(story.scan("bench-1", gs1("21S-1")), "+item_ok");
    EXPECT_EQ(story.scan("bench-1", gs1("21S-1")), "-serial_twice");
    EXPECT_NE(story.arg("order").find("W-1"), std::string::npos);
    EXPECT_EQ(story.scan("bench-1", "*K*qty:2"), "-serial_twice");
    EXPECT_EQ(story.scan("bench-1", gs1("21S-2")), "+item_ok");
    EXPECT_EQ(story.scan("bench-1", "*K*undo"), "+undone");
    EXPECT_EQ(story.scan("bench-1", gs1("21S-2")), "+item_ok") << "undone, so it may come again";
}

TEST_F(Shelf, NotesTheLotOfGoodsThatAreNotKeptByLot) {
    track({});
    open("W-1", 1);
    EXPECT_EQ(story.scan("bench-1", gs1("10ELSE")), "+weigh_now");
    EXPECT_EQ(marks("W-1").at(0).marks.lot, "ELSE");
    EXPECT_EQ(units("OLD"), 2) << "taken where it was promised";
}

}  // namespace
}  // namespace kemas::testing
