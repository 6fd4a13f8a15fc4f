// What a bench is told to pack in, how long that is kept, and what a period's report counts.
#include "app/packing_desk.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <future>

#include "app/assortment_run.hpp"
#include "tests/support/story.hpp"

namespace kemas::app {
namespace {

using kemas::testing::Story;

const std::string red = "4006381333931", blue = "5901234123457";

Site site_with_insides() {
    auto site = kemas::testing::small_site();
    site.cartons["BOX-S"].inner = {{190}, {140}, {95}};
    site.cartons["BOX-L"].inner = {{390}, {290}, {290}};
    return site;
}

class PackingAtBench : public ::testing::Test {
 protected:
    PackingAtBench() {
        story_.skus().stock().tariff().numbers();
        size_red(60);
        EXPECT_EQ(story_.scan("bench-1", "B-ANA"), "+signed_in");
    }
    void size_red(std::int64_t height_mm) {
        SkuRow row;
        row.sku = "MUG-RED";
        row.name = "Red mug";
        row.barcodes = {{red, 1}};
        row.weight = grams(300);
        row.spread = grams(3);
        row.size = {{90}, {90}, {height_mm}};
        EXPECT_EQ(story_.says(SkusImported{"skus.csv", std::to_string(height_mm), {row}}),
                  "+imported");
    }
    void order(const std::string& number, std::vector<DraftLine> lines) {
        story_.order(Story::draft(number, std::move(lines)));
        ASSERT_EQ(story_.scan("bench-1", number), "+order_open");
    }
    // Packs, labels and sets aside what is open: `units` red mugs, weighing so much in all.
    void finish(const std::string& number, std::vector<std::string> items, std::int64_t gross_g) {
        for (const auto& item : items) story_.scan("bench-1", item);
        ASSERT_EQ(story_.last().code, "weigh_now");
        ASSERT_EQ(story_.weigh("bench-1", gross_g), "+label_coming");
        story_.draw();
        story_.start_print();
        story_.end_print(Outcome::done);
        story_.says(LoadDisturbed{"scale-1", ++settlings_}, "bench-1");  // lifted
        ASSERT_EQ(story_.scan("bench-1", story_.parcel_of(number).tracking_number), "+staged");
    }
    // Asks on the read thread and waits.
    template <class Question>
    auto read(Question question) {
        using Answer = decltype(question(std::declval<ReadView>()));
        std::promise<Answer> answer;
        auto coming = answer.get_future();
        EXPECT_TRUE(reader_.ask([&](ReadView view) { answer.set_value(question(view)); }));
        return coming.get();
    }
    std::optional<Suggestion> suggested() {
        std::optional<Suggestion> told;
        int calls = 0;
        desk_.suggest("bench-1", [&](const auto& suggestion) {
            told = suggestion;
            ++calls;
        });
        read([](ReadView) { return 0; });  // after the question itself
        loop_.restart();
        loop_.run();
        EXPECT_EQ(calls, 1);
        return told;
    }
    PeriodReport report(PeriodAsk asked) {
        std::promise<PeriodReport> answer;
        auto coming = answer.get_future();
        asked.to = {story_.now().value + 1};
        const auto run = std::make_shared<AssortmentRun>(
            reader_, site_, asked,
            [&](ReadView, const PeriodReport& made) { answer.set_value(made); });
        EXPECT_TRUE(run->go_on());
        return coming.get();
    }

    std::shared_ptr<const Site> site_ = std::make_shared<const Site>(site_with_insides());
    Story story_{*site_, "OFF"};   // no power is cut here
    std::uint64_t settlings_ = 0;  // as many as the story has
    boost::asio::io_context loop_;
    ReadThread reader_{story_.path(), *site_};
    std::shared_ptr<RateShelf> rates_ = std::make_shared<RateShelf>();
    PackingDesk desk_{loop_.get_executor(), reader_, rates_, site_};
};

TEST_F(PackingAtBench, IsSuggestedWhenItStartsAtABenchAndNowhereElse) {
    const Answer opens{Answer::Kind::accepted, "order_open", {}};
    EXPECT_TRUE(desk_.starts("bench-1", opens));
    EXPECT_FALSE(desk_.starts("pick-1", opens));
    EXPECT_FALSE(desk_.starts("nowhere", opens));
    EXPECT_FALSE(desk_.starts("bench-1", {Answer::Kind::accepted, "item_ok", {}}));
    order("W-1", {{"MUG-RED", 2}});
    const auto told = suggested();
    ASSERT_TRUE(told);
    EXPECT_EQ(told->order.external_id, "W-1");
    EXPECT_EQ(told->answer.code, "packing_suggested");
    EXPECT_EQ(told->answer.args.at(0).second, "small box (BOX-S)");
}

TEST_F(PackingAtBench, IsNotSuggestedOnceAllIsPacked) {
    EXPECT_FALSE(suggested());
    order("W-1", {{"MUG-RED", 1}});
    story_.scan("bench-1", red);
    EXPECT_EQ(story_.last().code, "weigh_now");
    EXPECT_FALSE(suggested());
}

TEST_F(PackingAtBench, SaysWhatIsMissingWhenThereIsNone) {
    order("W-1", {{"MUG-BLUE", 1}});
    const auto told = suggested();
    ASSERT_TRUE(told);
    EXPECT_EQ(told->answer.code, "packing_no_size");
}

TEST_F(PackingAtBench, IsKeptUntilSomethingItHangsOnChanges) {
    order("W-1", {{"MUG-RED", 2}});
    PackingShelf shelf;
    const auto ask = [&](std::shared_ptr<const Site> site, Instant now) {
        return read([&](ReadView view) {
            return shelf.of(view.books, site, *rates_, *packed_at(view, "bench-1"), now);
        });
    };
    const Instant noon{1'700'000'040'000};
    const auto first = ask(site_, noon);
    EXPECT_EQ(ask(site_, {noon.value + 1'000}), first);
    EXPECT_NE(ask(site_, {noon.value + 60'000}), first) << "a courier may have closed";
    const auto second = ask(site_, noon);
    story_.scan("bench-1", red);  // packed, yet wanted as before
    EXPECT_EQ(ask(site_, noon), second);
    EXPECT_NE(ask(std::make_shared<const Site>(*site_), noon), second);
    const auto third = ask(site_, noon);
    size_red(94);
    const auto larger = ask(site_, noon);
    EXPECT_NE(larger, third);
    EXPECT_NE(cartons_text(larger->ask, larger->plan), "");
}

TEST_F(PackingAtBench, APeriodCountsWhatWasSetAsideInIt) {
    order("W-1", {{"MUG-RED", 2}});
    finish("W-1", {red, red}, 660);
    order("W-2", {{"MUG-BLUE", 1}});
    finish("W-2", {blue}, 380);
    order("W-3", {{"MUG-RED", 1}});  // not set aside
    PeriodAsk all;
    all.wanted = {{{100}, {95}, {65}}};
    const auto told = report(all);
    EXPECT_EQ(told.parcels, 2);
    EXPECT_EQ(told.orders, 2);
    EXPECT_EQ(told.unsized, 1);
    EXPECT_EQ(told.unsized_goods, "MUG-BLUE (Blue mug)");
    EXPECT_FALSE(told.cut);
    EXPECT_EQ(told.until, story_.parcel_of("W-2").staged_at);
    EXPECT_EQ(told.used.at("BOX-S").parcels, 2);
    EXPECT_EQ(told.used.at("BOX-S").goods_mm3, 2 * 90 * 90 * 60);  // of the one whose size is known
    EXPECT_EQ(told.planned.all.cartons, 1);
    EXPECT_TRUE(told.planned.savings.empty()) << "two mugs do not go into the small size";
    PeriodAsk later;
    later.from = {story_.now().value + 1};
    EXPECT_EQ(report(later).parcels, 0);
}

TEST_F(PackingAtBench, APeriodOfTooManyOrdersIsCutAndSaysUntilWhen) {
    for (const std::string number : {"W-1", "W-2", "W-3"}) {
        order(number, {{"MUG-RED", 1}});
        finish(number, {red}, 360);
    }
    PeriodAsk two;
    two.most_orders = 2;
    const auto told = report(two);
    EXPECT_TRUE(told.cut);
    EXPECT_EQ(told.orders, 2);
    EXPECT_EQ(told.until, story_.parcel_of("W-2").staged_at);
    EXPECT_FALSE(report({}).cut);
}

}  // namespace
}  // namespace kemas::app
