#include "tests/channel/market_house.hpp"

#include "app/package_ask.hpp"
#include "core/rules/packages.hpp"
#include "ledger/sql_books.hpp"

namespace kemas::testing {
namespace {

const std::string red = "4006381333931";

}  // namespace

Site MarketHouse::site_with_market() {
    auto site = small_site();
    ChannelPlan plan;
    plan.events = usual_channel_events();
    plan.horizon = {60'000};
    site.policy.channels["shopee"] = plan;
    site.policy.ship_on = Policy::ShipOn::dock;
    return site;
}

MarketHouse::MarketHouse(sim::MarketWorld::Options options, Site site)
    : story(std::move(site), "OFF"), world(options) {
    story.skus().stock().tariff();
    story.says(StockImported{"more.csv", "h9", {{"A-01", "MUG-RED", "", 20'000, 1, ""}}});
    start_runner();
    EXPECT_EQ(scan("B-ANA"), "+signed_in");
    EXPECT_EQ(says(CodeScanned{"B-BUDI"}, "dock-1"), "+signed_in");
}

void MarketHouse::start_runner() {
    const auto now = [this] { return story.now(); };
    channel = std::make_unique<VirtualChannel>(world, agenda, now);
    runtime::ChannelRunnerOptions options;
    options.submit = [this](Envelope envelope, runtime::OnDone on_done) {
        agenda.at(story.now(), [this, envelope = std::move(envelope), on_done] {
            Done done;
            says(envelope.input, envelope.station);
            done.answer = story.last();
            on_done(done);
        });
    };
    options.read = [this](const EffectRow& effect, auto on_ask) {
        on_ask(app::package_ask(story.books(), effect));
    };
    options.hash = [](const std::string& bytes) {
        return "h" + std::to_string(std::hash<std::string>{}(bytes));
    };
    options.on_label = [this] { read_label_files(); };
    options.channels["shopee"] = {channel.get(), {5, {15'000}, {300'000}}, 4, 20, {15'000}};
    options.now = now;
    options.epoch = std::to_string(++starts_);
    runner = std::make_unique<runtime::ChannelRunner>(std::move(options));
}

// As the reader of pages does: the barcode field of the market's ZPL.
void MarketHouse::read_label_files() {
    const auto& books = dynamic_cast<const ledger::SqlBooks&>(story.books());
    for (const auto id : books.unread_label_files()) {
        const auto zpl = books.blob(books.label_file(id)->hash).value_or("");
        LabelPageArrived page;
        page.file = id;
        page.kind = "zpl";
        const auto at = zpl.find("^BCN,160,N,N,N^FD");
        if (at != std::string::npos)
            page.codes.push_back({"Code128", zpl.substr(at + 17, zpl.find("^FS", at) - at - 17)});
        says(page);
        says(LabelFileRead{id, 1, ""});
    }
}

void MarketHouse::hand_over_effects() {
    auto calls = story.take_planned([](const EffectRow& row) { return is_channel_act(row.kind); });
    if (!calls.empty()) runner->take(std::move(calls));
}

std::string MarketHouse::says(Input input, const std::string& station) {
    auto answer = story.says(std::move(input), station);
    hand_over_effects();
    return answer;
}

void MarketHouse::pass(std::int64_t ms) {
    const Instant until{story.now().value + ms};
    while (true) {
        runner->tick();
        agenda.run_due(story.now());
        auto next = runner->next_due();
        if (!agenda.empty() && (!next.value || agenda.next() < next)) next = agenda.next();
        if (!next.value || next > until) break;
        story.pass(std::max<std::int64_t>(1, next.value - story.now().value));
    }
    if (story.now() < until) story.pass(until.value - story.now().value);
}

bool MarketHouse::settle(std::int64_t most_ms) {
    const Instant until{story.now().value + most_ms};
    while (runner->waiting() > 0 && story.now() < until) pass(5'000);
    return runner->waiting() == 0;
}

void MarketHouse::restart() {
    runner->stop();
    agenda.clear();
    story.reopen();
    start_runner();
    auto open = story.books().effects_in(EffectState::unknown);
    std::erase_if(open, [](const EffectRow& row) { return !is_channel_act(row.kind); });
    runner->take(std::move(open));
    hand_over_effects();
}

std::string MarketHouse::order(const std::string& number) {
    auto draft = Story::draft(number, {{"MUG-RED", 1}});
    draft.key.channel = "shopee";
    draft.courier.clear();
    draft.service.clear();
    draft.arranged = ArrangedShipment{"", "", "", "PKG" + number, ""};
    story.order(draft);
    hand_over_effects();
    return story.last().code;
}

std::string MarketHouse::pack(const std::string& number) {
    scan("*K*leave");
    if (auto said = scan(number); said != "+order_open") return said;
    if (auto said = scan(red); said != "+weigh_now") return said;
    says(LoadDisturbed{"scale-1", 0}, "bench-1");
    // Never the weight of the parcel before: that one would have to be lifted first.
    heavy_ = !heavy_;
    return says(LoadSettled{"scale-1", 1, grams(heavy_ ? 368 : 352), grams(5), "raw"}, "bench-1");
}

std::string MarketHouse::finish(const std::string& number) {
    if (auto said = story.draw(); said != "+label_printing") return said;
    if (auto said = story.start_print(); said != "+effect_started") return said;
    if (auto said = story.end_print(Outcome::done); said != "+label_printed") return said;
    auto said = scan(parcel(number).tracking_number);
    return said == "+staged" ? "" : said;
}

std::string MarketHouse::hand_over(const std::string& number) {
    return says(CodeScanned{parcel(number).tracking_number}, "dock-1");
}

ChannelPackage MarketHouse::package(const std::string& number) const {
    return story.books().channel_package(parcel(number).id).value_or(ChannelPackage{});
}

std::string MarketHouse::label_of(const std::string& number) const {
    const auto& books = dynamic_cast<const ledger::SqlBooks&>(story.books());
    return books.blob(parcel(number).label).value_or("");
}

}  // namespace kemas::testing
