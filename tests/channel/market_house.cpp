#include "tests/channel/market_house.hpp"

#include "app/package_ask.hpp"
#include "core/rules/packages.hpp"
#include "ledger/sql_books.hpp"

namespace kemas::testing {

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
    : ServiceFloor(std::move(site)), world(options) {
    furnish();
    start_runner();
    EXPECT_EQ(scan("B-ANA"), "+signed_in");
    EXPECT_EQ(says(CodeScanned{"B-BUDI"}, "dock-1"), "+signed_in");
}

void MarketHouse::start_runner() {
    const auto now = [this] { return story.now(); };
    channel = std::make_unique<VirtualChannel>(world, agenda, now);
    runtime::ChannelRunnerOptions options;
    options.submit =
        submit([this](const Envelope& envelope) { says(envelope.input, envelope.station); });
    options.read = [this](const EffectRow& effect, auto on_ask) {
        on_ask(app::package_ask(story.books(), effect));
    };
    options.hash = [](const std::string& bytes) {
        return "h" + std::to_string(std::hash<std::string>{}(bytes));
    };
    options.on_label = [this] { read_label_files(); };
    options.channels["shopee"] = {channel.get(), {{5, {15'000}, {300'000}}, 4, 20}, {15'000}};
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
    let_pass(*runner, ms, [] {});
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
    return pack_mug(number, [this](Input input, const std::string& station) {
        return says(std::move(input), station);
    });
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
