#include "tests/courier/number_house.hpp"

#include "courier/shipment_ask.hpp"
#include "ledger/sql_books.hpp"

namespace kemas::testing {
namespace {

std::optional<ShipmentAsk> ask_in(const Books& books, const EffectRow& effect) {
    auto ask = courier::shipment_ask(books, effect);
    if (ask) ask->currency = "IDR";
    return ask;
}

}  // namespace

Site NumberHouse::site_with_courier(bool idempotent) {
    auto site = small_site();
    CourierPlan plan;
    plan.idempotent = idempotent;
    plan.services["REG"].source = NumberSource::http;
    plan.services["REG"].rule.name = "upu-s10";
    plan.services["REG"].rule.shapes = {"[@@]#(8)+[@@]"};
    plan.services["REG"].rule.method = numbers::Method::s10;
    site.policy.couriers["JNE"] = plan;
    return site;
}

NumberHouse::NumberHouse(sim::CourierWorld::Options options, Site site)
    : ServiceFloor(std::move(site)), world(std::move(options)) {
    furnish();
    start_runner();
    EXPECT_EQ(scan("B-ANA"), "+signed_in");
}

void NumberHouse::start_runner() {
    const auto now = [this] { return story.now(); };
    courier = std::make_unique<VirtualCourier>(world, agenda, now);
    runtime::CourierRunnerOptions options;
    options.submit =
        submit([this](const Envelope& envelope) { says(envelope.input, envelope.station); });
    options.show = [](const std::string&, const Answer&) {};
    options.read = [this](const EffectRow& effect, auto on_ask) {
        on_ask(ask_in(story.books(), effect));
    };
    options.couriers["JNE"] = {courier.get(), {{5, {15'000}, {300'000}}, 4}};
    options.now = now;
    options.epoch = std::to_string(++starts_);
    runner = std::make_unique<runtime::CourierRunner>(std::move(options));
}

void NumberHouse::follow(std::int64_t every_ms, int per_minute, std::int64_t longest_ms) {
    watched_.every = {every_ms};
    watched_.per_minute = per_minute;
    watched_.longest = {longest_ms};
    start_watch();
}

void NumberHouse::start_watch() {
    runtime::ParcelWatchOptions options;
    options.submit =
        submit([this](const Envelope& envelope) { says(envelope.input, envelope.station); });
    options.read = [this](const std::string& name, Instant since, auto on_parcels) {
        const auto& books = dynamic_cast<const ledger::SqlBooks&>(story.books());
        on_parcels(books.followed_parcels(name, since, 1'000));
    };
    watched_.courier = courier.get();
    watched_.calls = runner->calls_to("JNE");
    options.couriers["JNE"] = watched_;
    options.now = [this] { return story.now(); };
    options.epoch = std::to_string(starts_);
    watch = std::make_unique<runtime::ParcelWatch>(std::move(options));
}

void NumberHouse::hand_over_effects() {
    std::vector<EffectRow> of_courier;
    for (auto& effect : story.take_planned([](const EffectRow& row) {
             return row.kind == EffectKind::get_number || row.kind == EffectKind::void_number ||
                    row.kind == EffectKind::void_extra;
         }))
        of_courier.push_back(std::move(effect));
    if (!of_courier.empty()) runner->take(std::move(of_courier));
}

std::string NumberHouse::says(Input input, const std::string& station) {
    auto answer = story.says(std::move(input), station);
    hand_over_effects();
    return answer;
}

void NumberHouse::tell_breaker() {
    for (const auto& health : runner->health()) {
        const auto [known, fresh] = told_up_.try_emplace(health.name, health.up);
        if (!fresh && known->second == health.up) continue;
        known->second = health.up;
        says(DeviceChanged{health.name, health.kind, health.up, health.state, health.error});
    }
}

void NumberHouse::pass(std::int64_t ms) {
    struct Both {
        runtime::CourierRunner& runner;
        runtime::ParcelWatch* watch;
        void tick() {
            runner.tick();
            if (watch) watch->tick();
        }
        Instant next_due() const {
            const auto next = runner.next_due();
            const auto other = watch ? watch->next_due() : Instant{};
            return !next.value || (other.value && other < next) ? other : next;
        }
    } both{*runner, watch.get()};
    let_pass(both, ms, [this] { tell_breaker(); });
}

bool NumberHouse::settle(std::int64_t most_ms) {
    const Instant until{story.now().value + most_ms};
    while (runner->waiting() > 0 && story.now() < until) pass(10'000);
    return runner->waiting() == 0;
}

void NumberHouse::restart() {
    runner->stop();
    if (watch) watch->stop();
    agenda.clear();
    story.reopen();
    start_runner();
    if (watch) start_watch();
    auto open = story.books().effects_in(EffectState::unknown);
    std::erase_if(open, [this](const EffectRow& row) {
        const auto ask = story.books().ask_by_reference(row.reference);
        return !ask || (ask->state != AskState::asked && ask->state != AskState::voiding &&
                        row.kind != EffectKind::void_extra);
    });
    runner->take(std::move(open));
    hand_over_effects();
}

std::size_t NumberHouse::answer_questions(std::int64_t after_ms) {
    std::size_t answered = 0;
    for (const auto& effect : story.books().effects_in(EffectState::unknown)) {
        const auto ask = story.books().ask_by_reference(effect.reference);
        if (!ask || ask->state != AskState::doubtful) continue;
        if ((story.now() - ask->asked_at).value < after_ms) continue;
        const auto live = world.live_under(ask->reference);
        for (std::size_t i = 1; i < live.size(); ++i) world.void_number(live[i]);
        const auto number = live.empty() ? "" : live.front();
        const auto outcome = live.empty() ? Outcome::failed : Outcome::done;
        const auto said = says(EffectResolved{effect.id, outcome, "sari", "called JNE", number});
        EXPECT_EQ(said, live.empty() ? "+resolved_failed" : "+number_ready");
        const auto order = story.books().order(story.books().parcel(effect.parcel)->order);
        EXPECT_EQ(says(HoldReleased{order->key, "sari"}), "+released");
        if (live.empty()) {
            scan("*K*leave");
            EXPECT_EQ(scan(order->key.external_id), "+number_coming");
            scan("*K*leave");
        }
        ++answered;
    }
    return answered;
}

std::string NumberHouse::weigh_one(const std::string& number) {
    auto draft = Story::draft(number, {{"MUG-RED", 1}});
    draft.ship_to.name = "Dewi " + number;
    story.order(draft);
    return pack_mug(number, [this](Input input, const std::string& station) {
        return says(std::move(input), station);
    });
}

std::string NumberHouse::finish(const std::string& number) {
    scan("*K*leave");
    auto said = scan(number);
    if (said != "+label_coming") return said;
    if (said = story.draw(); said != "+label_printing") return said;
    if (said = story.start_print(); said != "+effect_started") return said;
    if (said = story.end_print(Outcome::done); said != "+label_printed") return said;
    said = scan(story.parcel_of(number).tracking_number);
    return said == "+staged" ? "" : said;
}

NumberAsk NumberHouse::ask_of(const std::string& number, std::size_t parcel) const {
    const auto parcels = story.books().parcels_of(story.order_named(number).id);
    if (parcel >= parcels.size()) return {};
    const auto asks = story.books().asks_of(parcels[parcel].id);
    return asks.empty() ? NumberAsk{} : asks.back();
}

}  // namespace kemas::testing
