#include "app/courier_desk.hpp"

#include <boost/asio/post.hpp>
#include <chrono>

#include "app/wall_clock.hpp"
#include "courier/http_courier.hpp"
#include "courier/shipment_ask.hpp"

namespace kemas::app {
namespace {

constexpr int kTrackedAtOnce = 4;
constexpr int kFollowedMost = 5'000;
constexpr auto kTick = std::chrono::milliseconds(100);

std::optional<ShipmentAsk> ask_in(const ReadView& view, const EffectRow& effect,
                                  const settings::LabelSettings& sender) {
    auto ask = courier::shipment_ask(view.books, effect);
    if (!ask) return std::nullopt;
    ask->sender_name = sender.sender_name;
    ask->sender_phone = sender.sender_phone;
    ask->sender_address = sender.sender_address;
    ask->currency = view.books.tariff_head().currency;
    return ask;
}

}  // namespace

CourierDesk::CourierDesk(boost::asio::any_io_executor loop, ReadThread& reader,
                         const settings::Settings& settings, Ways ways, const std::string& epoch)
    : loop_(std::move(loop)),
      reader_(reader),
      settings_(settings),
      submit_(ways.submit),
      runner_(runner_options(std::move(ways), epoch)),
      watch_(watch_options(epoch)),
      clock_(loop_) {}

runtime::CourierRunnerOptions CourierDesk::runner_options(Ways ways, const std::string& epoch) {
    runtime::CourierRunnerOptions options;
    options.submit = std::move(ways.submit);
    options.show = std::move(ways.show);
    options.read = [this](const EffectRow& effect, auto on_ask) {
        read(effect, std::move(on_ask));
    };
    options.now = wall_clock;
    options.epoch = epoch;
    for (const auto& each : settings_.couriers) {
        couriers_.push_back(std::make_unique<courier::HttpCourier>(
            loop_, courier::HttpCourierOptions{each.name, each.url, each.token, each.deadline_ms}));
        options.couriers[each.name] = {couriers_.back().get(),
                                       {{each.breaker_failures, {each.breaker_open_ms}, {300'000}},
                                        each.at_once,
                                        0,
                                        {each.deadline_ms}}};
    }
    return options;
}

runtime::ParcelWatchOptions CourierDesk::watch_options(const std::string& epoch) {
    runtime::ParcelWatchOptions options;
    options.submit = submit_;
    options.read = [this](const std::string& courier, Instant since, auto on_parcels) {
        const bool asked = reader_.ask([this, courier, since, on_parcels](const ReadView& view) {
            auto parcels = view.books.followed_parcels(courier, since, kFollowedMost);
            boost::asio::post(loop_,
                              [on_parcels, parcels = std::move(parcels)] { on_parcels(parcels); });
        });
        if (!asked)
            boost::asio::post(loop_, [on_parcels] { on_parcels(std::vector<FollowedParcel>{}); });
    };
    options.now = wall_clock;
    options.epoch = epoch;
    for (std::size_t i = 0; i < couriers_.size(); ++i) {
        const auto& from = settings_.couriers[i];
        options.couriers[from.name] = {
            couriers_[i].get(),
            runner_.calls_to(from.name),
            {from.track_every_s * 1'000LL},
            from.track_per_minute,
            {from.track_days * 86'400'000LL},
            courier_plan(settings_.site.policy.couriers, from.name).horizon};
    }
    return options;
}

void CourierDesk::read(const EffectRow& effect, runtime::CourierRunnerOptions::OnAsk on_ask) {
    const bool asked = reader_.ask([this, effect, on_ask](const ReadView& view) {
        auto ask = ask_in(view, effect, settings_.label);
        boost::asio::post(loop_, [on_ask, ask = std::move(ask)] { on_ask(ask); });
    });
    if (!asked) boost::asio::post(loop_, [on_ask] { on_ask(std::nullopt); });
}

Result<Courier*> CourierDesk::for_people(const std::string& name) const {
    for (const auto& live : runner_.live())
        if (live.name == name && live.breaker == Breaker::State::open)
            return fail(Remedy::retry, name + " does not answer and is left alone until " +
                                           iso_text(live.until) + ": try again then");
    for (std::size_t i = 0; i < couriers_.size(); ++i)
        if (settings_.couriers[i].name == name) return couriers_[i].get();
    return fail(Remedy::call_person,
                name + " has no service of its own here: see [[courier]] in the site's file");
}

void CourierDesk::label(const std::string& courier, const std::string& reference,
                        Courier::OnLabel on_label) {
    const auto found = for_people(courier);
    if (!found) return on_label(tl::unexpected(found.error()));
    (*found)->label(reference, std::move(on_label));
}

void CourierDesk::track(const std::string& courier, const std::string& reference,
                        Courier::OnTrack on_track) {
    const auto found = for_people(courier);
    if (!found) return on_track(tl::unexpected(found.error()));
    if (tracking_ >= kTrackedAtOnce)
        return on_track(
            fail(Remedy::retry, "too many parcels are being tracked: try again in a second"));
    ++tracking_;
    (*found)->track(reference, [this, on_track = std::move(on_track)](auto events) {
        --tracking_;
        on_track(std::move(events));
    });
}

void CourierDesk::start() {
    if (!couriers_.empty()) tick();
}

void CourierDesk::tick() {
    runner_.tick();
    watch_.tick();
    clock_.expires_after(kTick);
    clock_.async_wait([this](const boost::system::error_code& error) {
        if (!error) tick();
    });
}

void CourierDesk::stop() {
    clock_.cancel();
    runner_.stop();
    watch_.stop();
    for (auto& courier : couriers_) courier->stop();
}

std::vector<EffectRow> acts_to_look_up(const Books& books) {
    std::vector<EffectRow> acts;
    for (auto& effect : books.effects_in(EffectState::unknown)) {
        if (effect.reference.empty()) continue;
        const auto ask = books.ask_by_reference(effect.reference);
        if (ask && (ask->state == AskState::asked || ask->state == AskState::voiding ||
                    effect.kind == EffectKind::void_extra))
            acts.push_back(std::move(effect));
    }
    return acts;
}

}  // namespace kemas::app
