// The story of a parcel, told through step over a real ledger.
#include "tests/support/story.hpp"

namespace kemas::testing {
namespace {

const std::string red = "4006381333931", blue = "5901234123457";

// A bench with goods, a tariff and one order: two red mugs, one blue.
struct Bench : ::testing::Test {
    Story story;
    void SetUp() override {
        story.skus().stock().tariff().numbers().order(
            Story::draft("W-1", {{"MUG-RED", 2}, {"MUG-BLUE", 1}}));
        ASSERT_EQ(story.last().code, "order_received");
        ASSERT_EQ(story.scan("bench-1", "B-ANA"), "+signed_in");
    }
    void pack() {
        ASSERT_EQ(story.scan("bench-1", "W-1"), "+order_open");
        ASSERT_EQ(story.scan("bench-1", red), "+item_ok");
        ASSERT_EQ(story.scan("bench-1", red), "+item_ok");
        ASSERT_EQ(story.scan("bench-1", blue), "+weigh_now");
    }
    static constexpr std::int64_t right_weight_g = 300 + 300 + 320 + 60;
};

TEST_F(Bench, ShipsAParcelWhoseWeightAgrees) {
    pack();
    EXPECT_EQ(story.weigh("bench-1", right_weight_g), "+label_coming");
    EXPECT_EQ(story.draw(), "+label_printing");
    EXPECT_EQ(story.start_print(), "+effect_started");
    EXPECT_EQ(story.end_print(Outcome::done), "+label_printed");
    const auto parcel = story.parcel_of("W-1");
    EXPECT_EQ(parcel.tracking_number, "RESI0001");
    EXPECT_EQ(parcel.cost, Money{9000});
    EXPECT_EQ(parcel.gross, grams(right_weight_g));
    EXPECT_EQ(story.scan("bench-1", "RESI0001"), "+staged");
    EXPECT_EQ(story.order_named("W-1").state, OrderState::shipped);
    EXPECT_EQ(story.books().stock_at("A-01", "MUG-RED", "")->quantity, 98);
    EXPECT_EQ(story.books().stock_at("A-01", "MUG-RED", "")->reserved, 0);
}

TEST_F(Bench, WantsABadgeFirst) {
    EXPECT_EQ(story.scan("bench-2", "W-1"), "-badge_first");
}

TEST_F(Bench, NamesTheWrongItemAndTheRightOne) {
    story.scan("bench-1", "W-1");
    EXPECT_EQ(story.scan("bench-1", "8991002101630"), "-wrong_item");
    EXPECT_EQ(story.arg("scanned"), "TEA (Teh Melati 50 g)");
    EXPECT_EQ(story.arg("next"), "2 x MUG-RED (Red mug) @ A-01");
}

TEST_F(Bench, TellsAnUnknownCodeFromAWrongOne) {
    story.scan("bench-1", "W-1");
    EXPECT_EQ(story.scan("bench-1", "NONSENSE"), "-unknown_code");
    EXPECT_EQ(story.arg("code"), "NONSENSE");
}

TEST_F(Bench, RefusesWhatIsAlreadyDone) {
    story.scan("bench-1", "W-1");
    story.scan("bench-1", blue);
    EXPECT_EQ(story.scan("bench-1", blue), "-already_done");
    EXPECT_EQ(story.books().lines(story.order_named("W-1").id)[1].packed, 1);
}

TEST_F(Bench, RefusesACaseThatHoldsTooMany) {
    story.order(Story::draft("W-2", {{"TEA", 5}}));
    story.scan("bench-1", "W-2");
    EXPECT_EQ(story.scan("bench-1", "TEA-CASE"), "-too_many");
    EXPECT_EQ(story.arg("left"), "5");
    EXPECT_EQ(story.arg("pack"), "12");
}

TEST_F(Bench, CountsACasePackAndAGs1Count) {
    story.order(Story::draft("W-2", {{"TEA", 15}}));
    story.scan("bench-1", "W-2");
    EXPECT_EQ(story.scan("bench-1", "TEA-CASE"), "+item_ok");
    EXPECT_EQ(story.arg("left"), "3");
    EXPECT_EQ(story.scan("bench-1", "]C10208991002101630373"), "+weigh_now");
}

TEST_F(Bench, CountsByCommand) {
    story.order(Story::draft("W-2", {{"TEA", 5}}));
    story.scan("bench-1", "W-2");
    EXPECT_EQ(story.scan("bench-1", "8991002101630"), "+item_ok");
    EXPECT_EQ(story.scan("bench-1", "*K*qty:6"), "-too_many");
    EXPECT_EQ(story.scan("bench-1", "*K*qty:5"), "+weigh_now");
}

TEST_F(Bench, UndoesTheLastPick) {
    story.scan("bench-1", "W-1");
    story.scan("bench-1", red);
    EXPECT_EQ(story.books().stock_at("A-01", "MUG-RED", "")->quantity, 99);
    EXPECT_EQ(story.scan("bench-1", "*K*undo"), "+undone");
    EXPECT_EQ(story.books().stock_at("A-01", "MUG-RED", "")->quantity, 100);
    EXPECT_EQ(story.books().stock_at("A-01", "MUG-RED", "")->reserved, 2);
    EXPECT_EQ(story.scan("bench-1", "*K*undo"), "-nothing_to_undo");
}

TEST_F(Bench, WillNotCloseAnIncompleteParcel) {
    story.scan("bench-1", "W-1");
    story.scan("bench-1", red);
    EXPECT_EQ(story.scan("bench-1", "*K*done"), "-not_complete");
    EXPECT_EQ(story.arg("missing"), "1 x MUG-RED (Red mug), 1 x MUG-BLUE (Blue mug)");
}

TEST_F(Bench, NamesTheLikelyMissingItem) {
    pack();
    EXPECT_EQ(story.weigh("bench-1", right_weight_g - 320), "!too_light");
    EXPECT_EQ(story.arg("cause"), "1 x MUG-BLUE (Blue mug)");
    EXPECT_EQ(story.arg("difference"), "320 g");
    // Put right, weighed again: goes on.
    EXPECT_EQ(story.weigh("bench-1", right_weight_g), "+label_coming");
}

TEST_F(Bench, NeedsASupervisorToOverrideTheScale) {
    pack();
    story.weigh("bench-1", right_weight_g + 500);
    EXPECT_EQ(story.last().code, "too_heavy");
    EXPECT_EQ(story.scan("bench-1", "*K*override:gift added"), "+supervisor_needed");
    EXPECT_EQ(story.scan("bench-1", "B-BUDI"), "-not_supervisor");
    EXPECT_EQ(story.scan("bench-1", "B-SARI"), "+label_coming");
    EXPECT_EQ(story.parcel_of("W-1").weight_source, "override by sari");
}

TEST_F(Bench, TakesATypedWeightOnlyWithReasonAndSupervisor) {
    pack();
    EXPECT_EQ(story.scan("bench-1", "*K*weight:980"), "-reason_needed");
    EXPECT_EQ(story.scan("bench-1", "*K*weight:980:scale broken"), "+supervisor_needed");
    EXPECT_EQ(story.scan("bench-1", "B-SARI"), "+label_coming");
    EXPECT_EQ(story.parcel_of("W-1").weight_source, "typed by sari");
}

TEST_F(Bench, NeverTakesTheWeightOfTheParcelBefore) {
    story.order(Story::draft("W-2", {{"MUG-RED", 1}}));
    pack();
    story.weigh("bench-1", right_weight_g);
    story.draw();
    story.start_print();
    story.end_print(Outcome::done);
    story.scan("bench-1", "RESI0001");
    // The first parcel still lies there: the second one waits for a new settling.
    story.scan("bench-1", "W-2");
    EXPECT_EQ(story.scan("bench-1", red), "+weigh_now");
    EXPECT_EQ(story.weigh("bench-1", 360), "+label_coming");
}

TEST_F(Bench, ReadsAnItemThatAlreadyLiesOnTheScale) {
    story.scan("bench-1", "W-1");
    story.scan("bench-1", red);
    story.scan("bench-1", red);
    story.weigh("bench-1", right_weight_g);
    EXPECT_EQ(story.scan("bench-1", blue), "+label_coming");
}

TEST_F(Bench, ForgetsALoadWhenTheScaleFails) {
    story.scan("bench-1", "W-1");
    story.scan("bench-1", red);
    story.scan("bench-1", red);
    story.weigh("bench-1", right_weight_g);
    story.says(ScaleFailed{"scale-1", "no answer for 1000 ms"}, "bench-1");
    EXPECT_EQ(story.scan("bench-1", blue), "+weigh_no_scale");
}

TEST_F(Bench, HoldsAnOrderWhoseLabelHasAnEmptyFieldBeforeTakingANumber) {
    auto draft = Story::draft("W-3", {{"MUG-RED", 1}});
    draft.ship_to.phone.clear();
    story.order(draft);
    story.scan("bench-1", "W-3");
    story.scan("bench-1", red);
    EXPECT_EQ(story.weigh("bench-1", 360), "!parcel_hold");
    EXPECT_EQ(story.arg("reason"), "label: recipient phone is empty");
    EXPECT_EQ(*story.books().free_number("JNE", "REG"), "RESI0001");
    EXPECT_EQ(story.order_named("W-3").state, OrderState::on_hold);
}

TEST_F(Bench, GivesTheNumberBackWhenTheLabelDoesNotFit) {
    pack();
    story.weigh("bench-1", right_weight_g);
    EXPECT_EQ(*story.books().free_number("JNE", "REG"), "RESI0002");
    const auto effect = story.planned().front();
    EXPECT_EQ(story.says(LabelRefused{effect.id, "recipient_name", "does not fit"}, "bench-1"),
              "!parcel_hold");
    EXPECT_EQ(*story.books().free_number("JNE", "REG"), "RESI0001");
    EXPECT_EQ(story.scan("bench-1", "W-1"), "-order_on_hold");
}

TEST_F(Bench, GoesOnAfterAHoldWhereItStopped) {
    pack();
    story.weigh("bench-1", right_weight_g);
    story.says(LabelRefused{story.planned().front().id, "recipient_name", "does not fit"},
               "bench-1");
    EXPECT_EQ(story.says(HoldReleased{{"webstore", "toko", "W-1"}, "sari"}), "+released");
    EXPECT_EQ(story.scan("bench-1", "W-1"), "+label_coming");
}

TEST_F(Bench, RefusesACancelledOrderAtTheNextScan) {
    story.scan("bench-1", "W-1");
    story.scan("bench-1", red);
    EXPECT_EQ(story.says(CancelAsked{{"webstore", "toko", "W-1"}, "buyer", "changed mind"}),
              "+cancelled");
    EXPECT_EQ(story.scan("bench-1", red), "-order_cancelled");
    EXPECT_EQ(story.arg("by"), "buyer");
    EXPECT_EQ(story.arg("rack"), "CANCEL");
    EXPECT_EQ(story.books().stock_at("CANCEL", "MUG-RED", "")->quantity, 1);
    EXPECT_EQ(story.scan("bench-1", "W-1"), "-order_cancelled");
}

TEST_F(Bench, AsksTwiceBeforeCancellingFromTheFloor) {
    story.scan("bench-1", "W-1");
    EXPECT_EQ(story.scan("bench-1", "*K*cancel:buyer called"), "+cancel_confirm");
    EXPECT_EQ(story.scan("bench-1", "*K*cancel:buyer called"), "+cancelled_here");
    EXPECT_EQ(story.order_named("W-1").state, OrderState::cancelled);
}

TEST_F(Bench, CannotCancelAfterTheLabel) {
    pack();
    story.weigh("bench-1", right_weight_g);
    story.draw();
    EXPECT_EQ(story.says(CancelAsked{{"webstore", "toko", "W-1"}, "buyer", ""}), "+cancel_asked");
    EXPECT_EQ(story.start_print(), "!effect_unwanted");
    EXPECT_EQ(story.scan("bench-1", "RESI0001"), "-order_cancelled");
}

TEST_F(Bench, SendsAShortPickToAnotherPlaceFirst) {
    story.order(Story::draft("W-2", {{"TEA", 5}}));
    story.scan("bench-1", "W-2");
    EXPECT_EQ(story.scan("bench-1", "*K*short:because"), "-short_reason");
    EXPECT_EQ(story.scan("bench-1", "*K*short:stock_out"), "+short_other_place");
    EXPECT_EQ(story.arg("location"), "B-02");
    EXPECT_EQ(story.books().stock_at("B-01", "TEA", "")->quantity, 0);
}

TEST_F(Bench, ShipsWhatIsThereWhenNothingElseIsFound) {
    story.scan("bench-1", "W-1");
    story.scan("bench-1", red);
    EXPECT_EQ(story.scan("bench-1", "*K*short:damaged"), "+short_ok");
    EXPECT_EQ(story.scan("bench-1", blue), "+weigh_now");
    EXPECT_EQ(story.books().lines(story.order_named("W-1").id)[0].short_, 1);
}

TEST_F(Bench, WillNotOpenAnOrderThatAnotherBenchHasOpen) {
    story.scan("bench-1", "W-1");
    story.scan("bench-2", "B-BUDI");
    EXPECT_EQ(story.scan("bench-2", "W-1"), "-open_elsewhere");
    EXPECT_EQ(story.scan("bench-1", "*K*leave"), "+left");
    EXPECT_EQ(story.scan("bench-2", "W-1"), "+order_open");
}

TEST_F(Bench, AsksWhichWhenTwoChannelsUseTheSameNumber) {
    auto other = Story::draft("W-1", {{"TEA", 1}});
    other.key.channel = "shopee";
    story.order(other);
    EXPECT_EQ(story.last().code, "order_received");
    EXPECT_EQ(story.scan("bench-1", "W-1"), "-ambiguous");
}

TEST_F(Bench, AsksAboutALabelThatNobodyCanVouchFor) {
    pack();
    story.weigh("bench-1", right_weight_g);
    story.draw();
    story.start_print();
    story.reopen();  // killed while printing
    EXPECT_EQ(story.books().effects_in(EffectState::unknown).size(), 1u);
    EXPECT_TRUE(story.planned().empty()) << "never printed again by guess";
    EXPECT_EQ(story.scan("bench-1", "W-1"), "!print_unknown");
    EXPECT_EQ(story.scan("bench-1", "RESI0001"), "+staged");
    EXPECT_TRUE(story.books().effects_in(EffectState::unknown).empty());
}

TEST_F(Bench, PrintsAPlannedLabelAfterARestart) {
    pack();
    story.weigh("bench-1", right_weight_g);
    story.draw();
    story.reopen();
    ASSERT_EQ(story.planned().size(), 1u);
    EXPECT_EQ(story.start_print(), "+effect_started");
}

TEST_F(Bench, ReprintsOnlyWithAReasonAndCountsIt) {
    pack();
    story.weigh("bench-1", right_weight_g);
    story.draw();
    EXPECT_EQ(story.scan("bench-1", "*K*reprint:torn"), "-still_printing");
    story.start_print();
    story.end_print(Outcome::unknown);
    EXPECT_EQ(story.last().code, "print_unknown");
    EXPECT_EQ(story.scan("bench-1", "*K*reprint"), "-reason_needed");
    EXPECT_EQ(story.scan("bench-1", "*K*reprint:nothing came out"), "+reprinting");
    EXPECT_EQ(story.planned().front().about, "nothing came out");
    EXPECT_EQ(story.draw(), "+label_printing");
    EXPECT_EQ(story.parcel_of("W-1").reprints, 1);
    EXPECT_EQ(story.parcel_of("W-1").tracking_number, "RESI0001");
}

}  // namespace
}  // namespace kemas::testing
