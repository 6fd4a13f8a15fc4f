// Labels that come as files: pages find their parcels, old paper is void, runs break and go on.
#include <algorithm>

#include "core/page_reason.hpp"
#include "core/rules/label_page_codes.hpp"
#include "tests/support/story.hpp"

namespace kemas::testing {
namespace {

const std::string red = "4006381333931";

Site site_with_sort_codes() {
    auto site = small_site();
    site.policy.ship_on = Policy::ShipOn::dock;
    site.policy.not_identifying = {"SORT-*", "##-??"};
    return site;
}

struct LabelFiles : ::testing::Test {
    Story story{site_with_sort_codes()};
    int files = 0;

    void SetUp() override {
        story.skus().stock();
        story.scan("bench-1", "B-ANA");
        story.scan("dock-1", "B-BUDI");
    }
    void order(const std::string& number, const std::string& tracking,
               const std::string& package = "") {
        auto draft = Story::draft(number, {{"MUG-RED", 1}});
        draft.key.channel = "shopee";
        draft.arranged = ArrangedShipment{"SPX", "STD", tracking, package, ""};
        SealedOrder sealed{draft, "content-" + number + tracking, "person-" + number, "salt", ""};
        story.says(OrderReceived{sealed});
    }
    LabelFileId file() {
        const auto name = "labels-" + std::to_string(++files) + ".pdf";
        EXPECT_EQ(story.says(LabelFileArrived{name, "http", "ana", "hash-" + name, "%PDF " + name}),
                  "+label_file_stored");
        return {std::stoll(story.arg("file"))};
    }
    std::string page(std::vector<std::string> texts, int no = 0, LabelFileId in = {}) {
        LabelPageArrived arrived;
        arrived.file = in ? in : file();
        arrived.page = no;
        arrived.kind = "pdf";
        for (auto& text : texts) arrived.codes.push_back({"Code128", std::move(text)});
        return story.says(arrived);
    }
    PageState state_of(int page_no) { return story.books().label_page({page_no})->state; }
    void pack(const std::string& number) {
        ASSERT_EQ(story.scan("bench-1", number), "+order_open");
        ASSERT_EQ(story.scan("bench-1", red), "+weigh_now");
    }
    std::string print(Outcome outcome = Outcome::done) {
        EXPECT_EQ(story.draw(), "+label_printing");
        EXPECT_EQ(story.start_print(), "+effect_started");
        return story.end_print(outcome);
    }
};

TEST_F(LabelFiles, KeepsAFileOnceWhoeverBringsItAgain) {
    const auto first = file();
    EXPECT_EQ(story.says(LabelFileArrived{"again.pdf", "folder", "", "hash-labels-1.pdf", "x"}),
              "+label_file_known");
    EXPECT_EQ(story.arg("file"), std::to_string(first.value));
    EXPECT_EQ(story.says(LabelFileRead{first, 3, ""}), "+label_file_read");
    EXPECT_EQ(story.says(LabelFileRead{{77}, 3, ""}), "-unknown_label_file");
}

TEST_F(LabelFiles, BindsAPageByItsNumberAndPrintsItAtTheBench) {
    order("S-1", "SPX0001");
    EXPECT_EQ(page({"SPX0001", "ORDER-QR-1"}), "+label_page_bound");
    EXPECT_EQ(story.arg("tracking"), "SPX0001");
    pack("S-1");
    EXPECT_EQ(story.weigh("bench-1", 360), "+label_coming");
    EXPECT_EQ(print(), "+label_printed");
    // Any code of the page names the parcel.
    EXPECT_EQ(story.scan("bench-1", "ORDER-QR-1"), "+staged");
}

TEST_F(LabelFiles, ReadsAPageOnceOnly) {
    order("S-1", "SPX0001");
    const auto in = file();
    EXPECT_EQ(page({"SPX0001"}, 0, in), "+label_page_bound");
    EXPECT_EQ(page({"SPX0001"}, 0, in), "+label_page_known");
}

TEST_F(LabelFiles, APageThatComesBeforeItsOrderWaits) {
    EXPECT_EQ(page({"SPX0001"}), "+label_page_waiting");
    EXPECT_EQ(state_of(1), PageState::waiting);
    order("S-1", "SPX0001");
    EXPECT_EQ(state_of(1), PageState::bound);
    EXPECT_EQ(story.parcel_of("S-1").label, "hash-labels-1.pdf");
}

TEST_F(LabelFiles, TwoPagesThatWaitForOneNumberAskAPerson) {
    page({"SPX0001"});
    page({"SPX0001"});
    order("S-1", "SPX0001");
    EXPECT_EQ(state_of(1), PageState::second);
    EXPECT_EQ(state_of(2), PageState::second);
    EXPECT_EQ(story.says(LabelPageSettled{{2}, story.parcel_of("S-1").id, "sari", "newer"}),
              "+label_page_bound");
    EXPECT_EQ(story.says(LabelPageSettled{{1}, {}, "sari", "older"}), "+label_page_discarded");
    EXPECT_EQ(story.says(LabelPageSettled{{1}, {}, "sari", "older"}), "-label_page_settled_before");
}

TEST_F(LabelFiles, ListsASecondPageAndAPageOfTwoParcels) {
    order("S-1", "SPX0001");
    order("S-2", "SPX0002");
    EXPECT_EQ(page({"SPX0001", "SPX0002"}), "+label_page_listed");
    EXPECT_EQ(state_of(1), PageState::ambiguous);
    EXPECT_EQ(page({"SPX0001"}), "+label_page_bound");
    EXPECT_EQ(page({"SPX0001"}), "+label_page_listed");
    EXPECT_EQ(state_of(3), PageState::second);
    const auto reason = reason_kept(story.books().label_page({3})->reason);
    ASSERT_TRUE(reason);
    EXPECT_EQ(reason->code, "page_has_page");
    EXPECT_EQ(reason->args,
              (Answer{Answer::Kind::accepted, "", {{"tracking", "SPX0001"}, {"page", "2"}}}.args));
}

TEST_F(LabelFiles, AReasonIsKeptAsACodeAndReadBack) {
    const Answer two{Answer::Kind::accepted, "page_names_two", {{"first", "A|B"}, {"second", ""}}};
    const auto kept = kept_reason(two);
    EXPECT_EQ(kept, "=page_names_two|first=A B|second=");
    const auto back = reason_kept(kept);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->code, "page_names_two");
    EXPECT_EQ(back->args.size(), 2u);
    EXPECT_EQ(back->args[0].second, "A B");
    EXPECT_EQ(reason_kept(kept_reason({Answer::Kind::accepted, "page_names_nobody", {}}))->code,
              "page_names_nobody");
    // A person's words stay words.
    EXPECT_FALSE(reason_kept("the same again"));
    EXPECT_FALSE(reason_kept("=cheaper | that is all"));
    EXPECT_FALSE(reason_kept("=page_x|y"));
}

TEST_F(LabelFiles, ListsAPageWithoutABarcodeThatNamesAnything) {
    EXPECT_EQ(page({"SORT-77", "12-AB", "*K*done"}), "+label_page_listed");
    EXPECT_EQ(state_of(1), PageState::unreadable);
}

TEST_F(LabelFiles, MatchesPatternsOfSortCodes) {
    EXPECT_TRUE(matches_pattern("SORT-*", "SORT-"));
    EXPECT_TRUE(matches_pattern("##-??", "12-AB"));
    EXPECT_FALSE(matches_pattern("##-??", "1A-BC"));
    EXPECT_FALSE(matches_pattern("##-??", "12-ABC"));
    EXPECT_TRUE(matches_pattern("*X*", "aXb"));
    EXPECT_FALSE(matches_pattern("*X*", "ab"));
}

TEST_F(LabelFiles, ACodeThatTwoLabelsShowNamesNeither) {
    order("S-1", "SPX0001");
    order("S-2", "SPX0002");
    order("S-3", "SPX0003");
    page({"SPX0001", "HUB-9"});
    EXPECT_EQ(story.books().meanings("HUB-9").size(), 1U);
    EXPECT_EQ(page({"SPX0002", "HUB-9"}), "+label_page_bound");
    EXPECT_TRUE(story.books().meanings("HUB-9").empty());
    EXPECT_EQ(page({"SPX0003", "HUB-9"}), "+label_page_bound");
    EXPECT_TRUE(story.books().meanings("HUB-9").empty());
    EXPECT_TRUE(story.books().meanings("SORT-1").empty());
}

TEST_F(LabelFiles, TakesNoMeaningAwayFromGoods) {
    order("S-1", "SPX0001");
    EXPECT_EQ(page({"SPX0001", red}), "+label_page_bound");
    pack("S-1");  // the mug's own barcode is still the mug
}

TEST_F(LabelFiles, ANewNumberVoidsTheOldLabelWhereverItIs) {
    order("S-1", "SPX0001");
    page({"SPX0001", "QR-1"});
    pack("S-1");
    story.weigh("bench-1", 360);
    print();
    ASSERT_EQ(story.scan("bench-1", "SPX0001"), "+staged");
    ASSERT_EQ(story.order_named("S-1").state, OrderState::packed);
    const auto id = story.parcel_of("S-1").id;
    EXPECT_EQ(story.says(ShipmentRearranged{id, "SPX0009", "shopee", "pickup failed"}),
              "+label_voided");
    EXPECT_EQ(story.order_named("S-1").state, OrderState::packing);
    for (const auto* old : {"SPX0001", "QR-1"}) {
        EXPECT_EQ(story.scan("dock-1", old), "-label_replaced");
        EXPECT_EQ(story.arg("number"), "SPX0009");
        EXPECT_EQ(story.scan("bench-1", old), "-label_replaced");
    }
    EXPECT_EQ(story.scan("dock-1", "SPX0009"), "-not_staged");
    // The new page is printed by itself where the old one was, as a new revision.
    EXPECT_EQ(page({"SPX0009", "QR-1"}), "+label_page_bound");
    EXPECT_EQ(story.parcel_of("S-1").revision, 2);
    EXPECT_EQ(print(), "+label_printed");
    EXPECT_EQ(story.scan("bench-1", "QR-1"), "-label_replaced");  // both papers show it
    EXPECT_EQ(story.scan("bench-1", "SPX0009"), "+staged");
    EXPECT_EQ(story.scan("dock-1", "SPX0009"), "+handed_over");
}

TEST_F(LabelFiles, AFailedPickupWithTheSameNumberWaitsForNewPaper) {
    order("S-1", "SPX0001");
    page({"SPX0001"});
    pack("S-1");
    story.weigh("bench-1", 360);
    print();
    story.scan("bench-1", "SPX0001");
    const auto id = story.parcel_of("S-1").id;
    EXPECT_EQ(story.says(ShipmentRearranged{id, "", "shopee", "pickup failed"}), "+label_voided");
    EXPECT_EQ(story.scan("dock-1", "SPX0001"), "-label_void_same");
    EXPECT_EQ(page({"SPX0001"}), "+label_page_bound");
    EXPECT_EQ(print(), "+label_printed");
    EXPECT_EQ(story.scan("bench-1", "SPX0001"), "+staged");
}

TEST_F(LabelFiles, VoidsNothingThatIsGoneOrOurs) {
    order("S-1", "SPX0001");
    page({"SPX0001"});
    pack("S-1");
    story.weigh("bench-1", 360);
    print();
    story.scan("bench-1", "SPX0001");
    story.scan("dock-1", "SPX0001");
    EXPECT_EQ(story.says(ShipmentRearranged{story.parcel_of("S-1").id, "X", "a", "b"}),
              "-already_handed_over");
    EXPECT_EQ(story.says(ShipmentRearranged{{99}, "X", "a", "b"}), "-unknown_parcel");
}

TEST_F(LabelFiles, APrintThatEndsAfterItsLabelWasVoidedCountsForNothing) {
    order("S-1", "SPX0001");
    page({"SPX0001"});
    pack("S-1");
    story.weigh("bench-1", 360);
    story.draw();
    story.start_print();
    story.says(ShipmentRearranged{story.parcel_of("S-1").id, "SPX0009", "shopee", "pickup failed"});
    EXPECT_EQ(story.end_print(Outcome::done), "!label_replaced");
    EXPECT_EQ(story.parcel_of("S-1").printed_at.value, 0);
}

TEST_F(LabelFiles, ReprintsFromTheKeptFileOnly) {
    order("S-1", "SPX0001");
    page({"SPX0001"});
    pack("S-1");
    story.weigh("bench-1", 360);
    print();
    EXPECT_EQ(story.scan("bench-1", "*K*reprint:torn"), "+reprinting");
    EXPECT_EQ(story.planned().back().about, "torn");
    EXPECT_EQ(print(), "+label_printed");
    EXPECT_EQ(story.parcel_of("S-1").reprints, 1);
}

struct LabelRuns : LabelFiles {
    void orders(int count) {
        for (int i = 1; i <= count; ++i) {
            const auto n = std::to_string(i);
            order("S-" + n, "SPX000" + n);
            page({"SPX000" + n});
        }
    }
    // Draws all that was asked, then prints the first `good`, and one that ends otherwise.
    void print_until(int good, Outcome then) {
        const auto drawn = story.planned().size();
        for (std::size_t i = 0; i < drawn; ++i) ASSERT_EQ(story.draw(), "+label_printing");
        for (int i = 0; i < good; ++i) {
            ASSERT_EQ(story.start_print(), "+effect_started");
            ASSERT_EQ(story.end_print(Outcome::done), "+label_printed");
        }
        ASSERT_EQ(story.start_print(), "+effect_started");
        ASSERT_EQ(story.end_print(then), "!run_broken");
    }
};

TEST_F(LabelRuns, PrintsReleasedOrdersInOneRun) {
    orders(3);
    EXPECT_EQ(story.scan("bench-1", "*K*labels:500"), "+label_run");
    EXPECT_EQ(story.arg("labels"), "3");
    EXPECT_EQ(story.planned().size(), 3U);
    EXPECT_EQ(story.books().run_place_of(story.parcel_of("S-2").id)->place, 2);
    EXPECT_EQ(story.books().run_place_of(story.parcel_of("S-2").id)->of, 3);
    EXPECT_EQ(story.scan("bench-1", "*K*labels:500"), "-nothing_to_label");
    EXPECT_EQ(story.scan("bench-1", "*K*labels:501"), "-bad_run_size");
}

TEST_F(LabelRuns, OneAnswerSettlesABrokenRun) {
    orders(5);
    story.scan("bench-1", "*K*labels:500");
    print_until(2, Outcome::unknown);  // 1 and 2 done, 3 in doubt, 4 and 5 never left
    EXPECT_EQ(story.arg("place"), "3");
    EXPECT_EQ(story.scan("bench-1", "*K*labels:5"), "-run_broken_before");
    EXPECT_EQ(story.scan("bench-1", "*K*last"), "+scan_last_label");
    EXPECT_EQ(story.scan("bench-1", "SPX0002"), "+run_settled");
    EXPECT_EQ(story.arg("printed"), "2");
    EXPECT_EQ(story.arg("again"), "2");
    EXPECT_EQ(story.arg("marked"), "1");
    EXPECT_EQ(story.parcel_of("S-3").reprints, 1);
    EXPECT_EQ(story.parcel_of("S-4").reprints, 0);
    EXPECT_EQ(story.scan("bench-1", "*K*last"), "-no_broken_run");
}

TEST_F(LabelRuns, TheLabelInDoubtMayBeTheLastInHand) {
    orders(3);
    story.scan("bench-1", "*K*labels:500");
    print_until(1, Outcome::unknown);
    story.scan("bench-1", "*K*last");
    EXPECT_EQ(story.scan("bench-1", "SPX0002"), "+run_settled");
    EXPECT_EQ(story.arg("printed"), "2");
    EXPECT_EQ(story.arg("marked"), "0");
    EXPECT_GT(story.parcel_of("S-2").printed_at.value, 0);
    EXPECT_TRUE(story.books().effects_in(EffectState::unknown).empty());
}

TEST_F(LabelRuns, ALabelThatNeverLeftIsPrintedWhateverIsSaid) {
    orders(4);
    story.scan("bench-1", "*K*labels:500");
    print_until(1, Outcome::unknown);
    EXPECT_EQ(story.says(LabelRunSettled{{1}, 4, "ana"}, "bench-1"), "+run_settled");
    EXPECT_EQ(story.arg("printed"), "2");
    EXPECT_EQ(story.arg("again"), "2");
    EXPECT_EQ(story.says(LabelRunSettled{{1}, 4, "ana"}, "bench-1"), "-run_not_broken");
}

TEST_F(LabelRuns, KnowsALabelOfAnotherRun) {
    orders(3);
    story.scan("bench-1", "*K*labels:2");
    print_until(1, Outcome::unknown);
    story.scan("bench-1", "*K*last");
    EXPECT_EQ(story.scan("bench-1", "SPX0003"), "-not_in_run");
    EXPECT_EQ(story.scan("bench-1", "*K*last:none"), "+run_settled");
    EXPECT_EQ(story.arg("marked"), "2");
}

TEST_F(LabelRuns, ARestartInTheMiddleBreaksTheRunToo) {
    orders(3);
    story.scan("bench-1", "*K*labels:500");
    const auto drawn = story.planned().size();
    for (std::size_t i = 0; i < drawn; ++i) story.draw();
    story.start_print();
    story.reopen();
    EXPECT_TRUE(story.books().broken_run("bench-1"));
    EXPECT_TRUE(story.planned().empty());  // nothing of it goes out before the answer
    EXPECT_EQ(story.scan("bench-1", "*K*last:none"), "+run_settled");
    EXPECT_EQ(story.arg("again"), "2");
    EXPECT_EQ(story.arg("marked"), "1");
}

TEST_F(LabelRuns, ARefusedLabelHoldsItsOrderThoughNothingIsPackedYet) {
    orders(1);
    story.scan("bench-1", "*K*labels:5");
    const LabelRefused refused{story.planned().front().id, "barcode", "use a 300 dpi printer"};
    EXPECT_EQ(story.says(refused, "bench-1"), "!parcel_hold");
    EXPECT_EQ(story.order_named("S-1").state, OrderState::on_hold);
    EXPECT_EQ(story.scan("bench-1", "*K*labels:5"), "-nothing_to_label");
    EXPECT_EQ(story.says(HoldReleased{story.order_named("S-1").key, "sari"}), "+released");
    EXPECT_EQ(story.scan("bench-1", "*K*labels:5"), "+label_run");
}

}  // namespace
}  // namespace kemas::testing
