// What may be said of a label: printed only with proof, again only when it is surely not there,
// owed aloud.
#include "tests/support/story.hpp"

namespace kemas::testing {
namespace {

const std::string red = "4006381333931";
constexpr std::int64_t counted = 31'084;

Site site_with(Policy::Print print, Policy::Right reprint = Policy::Right::packer) {
    Site site = small_site();
    site.policy.print = print;
    site.policy.reprint = reprint;
    return site;
}

struct Label {
    Story story;
    EffectId print;
    explicit Label(Site site = small_site()) : story(std::move(site)) {
        story.skus().stock().tariff().numbers();
        story.order(Story::draft("W-1", {{"MUG-RED", 1}}));
        story.order(Story::draft("W-2", {{"MUG-RED", 1}}));
        EXPECT_EQ(story.scan("bench-1", "B-ANA"), "+signed_in");
        EXPECT_EQ(story.scan("bench-1", "W-1"), "+order_open");
        EXPECT_EQ(story.scan("bench-1", red), "+weigh_now");
        EXPECT_EQ(story.weigh("bench-1", 360), "+label_coming");
        EXPECT_EQ(story.draw(), "+label_printing");
        print = story.planned().front().id;
    }
    void starts(std::optional<std::int64_t> counter) {
        EXPECT_EQ(story.says(EffectStarted{print, counter}, "bench-1"), "+effect_started");
    }
    std::string ends(Outcome outcome) {
        return story.says(EffectEnded{print, outcome, "test"}, "bench-1");
    }
    std::string counts(std::int64_t labels) {
        return story.says(PrintCounted{print, labels}, "bench-1");
    }
    EffectState state() const { return story.books().effect(print)->state; }
    bool printed() const { return story.parcel_of("W-1").printed_at.value != 0; }
};

TEST(Print, ALabelThePrinterOnlyTookIsPrintedByItsScan) {
    Label label;
    label.starts(std::nullopt);
    EXPECT_EQ(label.ends(Outcome::sent), "+label_sent");
    EXPECT_EQ(label.state(), EffectState::sent);
    EXPECT_FALSE(label.printed()) << "nobody has seen it";
    EXPECT_EQ(label.story.scan("bench-1", "RESI0001"), "+staged");
    EXPECT_EQ(label.state(), EffectState::done);
    EXPECT_TRUE(label.printed());
}

TEST(Print, ARestartAsksThePrinterThatCountsBeforeAnyPerson) {
    Label label;
    label.starts(counted);
    label.story.reopen();
    EXPECT_EQ(label.state(), EffectState::started);
    EXPECT_EQ(label.story.books().effect(label.print)->counter, counted);
    EXPECT_EQ(label.counts(counted + 1), "+label_printed");
    EXPECT_EQ(label.state(), EffectState::done);
    EXPECT_TRUE(label.printed());
    EXPECT_EQ(label.counts(counted + 1), "-effect_over") << "told once";
}

TEST(Print, WhatTheCountSaysDidNotComeOutPrintsAgainAsItWas) {
    Label label;
    label.starts(counted);
    label.story.reopen();
    EXPECT_EQ(label.counts(counted), "+print_again");
    EXPECT_EQ(label.state(), EffectState::planned);
    EXPECT_FALSE(label.printed());
    EXPECT_EQ(label.story.parcel_of("W-1").revision, 1);
    EXPECT_EQ(label.story.parcel_of("W-1").reprints, 0) << "no reprint: there was no print";
    label.starts(counted);
    EXPECT_EQ(label.ends(Outcome::done), "+label_printed");
}

TEST(Print, NeverPrintsAgainForAnOrderThatWasCancelledMeanwhile) {
    Label label;
    label.starts(counted);
    label.story.says(CancelAsked{{"webstore", "toko", "W-1"}, "buyer", "changed my mind"});
    label.story.reopen();
    EXPECT_EQ(label.counts(counted), "+effect_unwanted");
    EXPECT_EQ(label.state(), EffectState::failed);
}

TEST(Print, ACountThatMovedOtherwiseIsAQuestion) {
    Label label;
    label.starts(counted);
    label.story.reopen();
    EXPECT_EQ(label.counts(counted + 3), "!print_unknown");
    EXPECT_EQ(label.state(), EffectState::unknown);
    EXPECT_FALSE(label.printed());
    EXPECT_EQ(label.story.scan("bench-1", "W-1"), "!print_unknown");
}

TEST(Print, AQuestionGoesAwayByItselfWhenThePrinterCanTellAfterAll) {
    Label label;
    label.starts(counted);
    EXPECT_EQ(label.ends(Outcome::unknown), "!print_unknown");
    EXPECT_EQ(label.counts(counted + 1), "+label_printed");
    EXPECT_EQ(label.state(), EffectState::done);
}

TEST(Print, ALabelScannedMeanwhileIsOutWhateverTheCountSays) {
    Label label;
    label.starts(counted);
    label.story.reopen();
    EXPECT_EQ(label.story.scan("bench-1", "RESI0001"), "+staged");
    EXPECT_EQ(label.counts(counted), "+label_printed");
    EXPECT_EQ(label.state(), EffectState::done);
}

TEST(Print, APrinterThatSurelyPrintedNothingSaysSo) {
    Label label;
    label.starts(counted);
    EXPECT_EQ(label.ends(Outcome::failed), "!print_failed");
    EXPECT_FALSE(label.printed());
}

TEST(PrintPolicy, StrictKeepsTheBenchAtAParcelWhoseLabelNobodyHasSeen) {
    Label label(site_with(Policy::Print::strict));
    EXPECT_EQ(label.story.scan("bench-1", "W-2"), "-label_first");
    EXPECT_EQ(label.story.arg("tracking"), "RESI0001");
    EXPECT_EQ(label.story.scan("bench-1", "*K*leave"), "-label_first");
    label.starts(counted);
    label.ends(Outcome::failed);
    EXPECT_EQ(label.story.scan("bench-1", "W-2"), "-label_first");
    EXPECT_EQ(label.story.scan("bench-1", "*K*hold:printer is broken"), "+held_here");
    EXPECT_EQ(label.story.scan("bench-1", "W-2"), "+order_open");
}

TEST(PrintPolicy, StrictLetsGoOnceTheLabelIsProven) {
    Label label(site_with(Policy::Print::strict));
    label.starts(counted);
    EXPECT_EQ(label.ends(Outcome::done), "+label_printed");
    EXPECT_EQ(label.story.scan("bench-1", "*K*leave"), "+left");
}

TEST(PrintPolicy, LenientSetsTheParcelAsideAndSaysThatItsLabelIsOwed) {
    Label label;
    EXPECT_EQ(label.story.scan("bench-1", "W-2"), "!order_open_owed");
    EXPECT_EQ(label.story.arg("tracking"), "RESI0001");
    Label other;
    EXPECT_EQ(other.story.scan("bench-1", "*K*leave"), "!left_owed");
}

TEST(PrintPolicy, AStationMayDifferFromItsSite) {
    auto site = site_with(Policy::Print::lenient);
    site.policy.print_at["bench-1"] = Policy::Print::strict;
    Label label(site);
    EXPECT_EQ(label.story.scan("bench-1", "W-2"), "-label_first");
}

TEST(Reprint, MayNeedASupervisorsBadge) {
    Label label(site_with(Policy::Print::lenient, Policy::Right::supervisor));
    label.starts(std::nullopt);
    label.ends(Outcome::unknown);
    EXPECT_EQ(label.story.scan("bench-1", "*K*reprint:torn"), "+supervisor_needed");
    EXPECT_EQ(label.story.scan("bench-1", "B-BUDI"), "-not_supervisor");
    EXPECT_EQ(label.story.scan("bench-1", "B-SARI"), "+reprinting");
    EXPECT_EQ(label.story.parcel_of("W-1").reprints, 1);
    const auto id = label.story.parcel_of("W-1").id;
    EXPECT_EQ(label.story.says(ReprintAsked{id, "ana", "torn"}, "bench-1"), "-not_supervisor");
}

TEST(Sheets, ArePlannedOneActACopyAndStayUnknownUntilAPersonLooks) {
    Story story;
    EXPECT_EQ(
        story.says(SheetsAsked{"printer-1", "tote", "ana", {{"tote T-1", "h1", "^XA^XZ", 2}}}),
        "+sheets_planned");
    EXPECT_EQ(story.arg("count"), "2");
    ASSERT_EQ(story.planned().size(), 2u);
    const auto first = story.planned()[0], second = story.planned()[1];
    EXPECT_EQ(first.kind, EffectKind::print_sheet);
    EXPECT_EQ(first.bytes, "h1");
    EXPECT_EQ(story.says(EffectStarted{first.id, counted}), "+effect_started");
    EXPECT_EQ(story.says(EffectEnded{first.id, Outcome::done, ""}), "+sheet_printed");
    EXPECT_EQ(story.says(EffectStarted{second.id, std::nullopt}), "+effect_started");
    story.reopen();
    EXPECT_EQ(story.books().effect(second.id)->state, EffectState::unknown);
    EXPECT_EQ(story.says(EffectResolved{second.id, Outcome::done, "ana", "it is there"}),
              "+resolved_done");
}

}  // namespace
}  // namespace kemas::testing
