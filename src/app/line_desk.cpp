#include "app/line_desk.hpp"

#include <utility>

#include "app/device_log.hpp"
#include "core/overload.hpp"
#include "drivers/conveyor/plc_conveyor.hpp"
#include "drivers/profile/load_profile.hpp"
#include "log/log.hpp"

namespace kemas::app {
namespace {

std::string arg_of(const Answer& answer, std::string_view key) {
    for (const auto& [name, value] : answer.args)
        if (name == key) return value;
    return "";
}

// Why the books said no, in the line's words.
line::Reason reason_of(const Answer& answer) {
    using line::Reason;
    if (answer.code == "busy") return Reason::no_answer;
    if (answer.code != "line_no_lane") return Reason::refused;
    const auto why = arg_of(answer, "why");
    for (const auto reason : {Reason::no_lane, Reason::lanes_shut, Reason::too_many_passes})
        if (why == to_text(reason)) return reason;
    return Reason::refused;
}

Outcome outcome_of(line::Proof proof) {
    return proof == line::Proof::done     ? Outcome::done
           : proof == line::Proof::failed ? Outcome::failed
                                          : Outcome::unknown;
}

}  // namespace

Result<std::shared_ptr<LineDesk>> LineDesk::make(boost::asio::any_io_executor loop,
                                                 const settings::LineSettings& from,
                                                 const line::Layout& layout,
                                                 LineDeskOptions options) {
    auto profile = profile::load_device_profile(from.profile);
    if (!profile) return tl::unexpected(profile.error());
    std::shared_ptr<LineDesk> desk(new LineDesk);
    desk->name_ = from.name;
    desk->bus_ = std::make_unique<ModbusLines>(loop);
    desk->bus_->plan(from.serial, from.host, from.port, profile->limits);
    std::optional<profile::ScaleProfile> scale;
    if (from.scale) {
        auto loaded = load_scale(*from.scale);
        if (!loaded) return tl::unexpected(loaded.error());
        scale = std::move(*loaded);
        const auto& at = from.scale->device;
        desk->bus_->plan(at.serial, at.host, at.port, scale->limits);
    }
    auto feeds = LineFeeds::plan(from.feeds, *desk->bus_);
    if (!feeds) return tl::unexpected(feeds.error());
    conveyor::PlcConveyorOptions plc;
    plc.name = from.name;
    plc.unit = static_cast<std::uint8_t>(from.unit);
    plc.poll_ms = from.poll_ms;
    plc.eyes = layout.eyes.size();
    plc.lanes = layout.lanes.size();
    plc.log = device_log(from.name);
    auto made =
        conveyor::PlcConveyor::make(loop, desk->bus_->master(from.serial, from.host, from.port),
                                    std::move(*profile), std::move(plc));
    if (!made)
        return fail(made.error().remedy,
                    "line " + from.name + ", " + from.profile + ": " + made.error().what);
    desk->conveyor_ = std::make_unique<BeatGate>(std::move(*made), options.books);
    desk->feeds_ = std::move(*feeds);
    if (const auto ready = desk->feeds_.make(loop, *desk->bus_); !ready)
        return tl::unexpected(ready.error());
    desk->options_ = std::move(options);
    desk->loop_ = loop;
    desk->layout_ = layout;
    desk->outbox_ = std::make_shared<LineOutbox>(loop, desk->options_.submit);
    desk->again_ = std::make_unique<boost::asio::steady_timer>(loop);
    if (scale) desk->make_stream(loop, *from.scale, std::move(*scale));
    return desk;
}

// The line does not run before the books have said which numbers are free and which lanes are shut.
void LineDesk::start() {
    feeds_.start();
    begin();
}

void LineDesk::begin() {
    outbox_->give(envelope("begin", LineStarted{name_}),
                  [weak = weak_from_this()](const Done& done) {
                      const auto desk = weak.lock();
                      if (!desk || desk->stopped_) return;
                      const auto number = arg_of(done.answer, "number");
                      if (done.answer.code == "line_started") desk->open_up(std::stoll(number));
                  });
}

void LineDesk::open_up(line::Number last_number) {
    const bool asked = options_.shut_lanes(
        [weak = weak_from_this(), last_number](const std::vector<ShutLane>& shut) {
            const auto desk = weak.lock();
            if (desk && !desk->stopped_) desk->run(last_number, shut);
        });
    if (asked) return;
    again_->expires_after(LineOutbox::kAgainAfter);
    again_->async_wait([weak = weak_from_this(), last_number](const boost::system::error_code& e) {
        const auto desk = weak.lock();
        if (!e && desk && !desk->stopped_) desk->open_up(last_number);
    });
}

void LineDesk::run(line::Number last_number, const std::vector<ShutLane>& shut) {
    runner_ = std::make_unique<runtime::LineRunner>(loop_, *layout_, *conveyor_, last_number);
    if (weighs_)
        scale_ =
            std::make_unique<runtime::LineScale>(*runner_, weighs_->rules, weighs_->longest_gap_ms);
    std::weak_ptr<LineDesk> weak = weak_from_this();
    runtime::LineRunner::Events events;
    events.ask = [weak](const line::AskLane& asked) {
        if (const auto desk = weak.lock()) desk->ask(asked);
    };
    events.told = [weak](const line::Action& action) {
        if (const auto desk = weak.lock()) desk->hear(action);
    };
    runner_->start(std::move(events));
    for (const auto& each : shut)
        if (const auto lane = line::lane_named(*layout_, each.lane))
            runner_->switch_lane(*lane, false, each.by);
    if (stream_) start_scale();
}

void LineDesk::stop() {
    stopped_ = true;
    again_->cancel();
    outbox_->stop();
    feeds_.stop();
    if (stream_) stream_->stop();
    if (runner_) runner_->stop();
    bus_->stop();
}

Envelope LineDesk::envelope(const std::string& what, Input input) {
    return {"line:" + name_ + ":" + options_.epoch + ":" + std::to_string(++inputs_) + ":" + what,
            "", std::move(input)};
}

void LineDesk::scanned(const std::string& reader, std::vector<std::string> codes) {
    if (runner_) runner_->scanned(reader, std::move(codes));
}

void LineDesk::ask(const line::AskLane& asked) {
    // Once: an answer to a second try would come too late.
    options_.submit(envelope("ask", LineParcelSeen{name_, asked.parcel, asked.codes, asked.gross,
                                                   asked.lanes_open, asked.passes}),
                    [weak = weak_from_this(), parcel = asked.parcel](const Done& done) {
                        if (const auto desk = weak.lock()) desk->answered(parcel, done);
                    });
}

void LineDesk::answered(line::Number parcel, const Done& done) {
    const auto lane = line::lane_named(runner_->layout(), arg_of(done.answer, "lane"));
    if (done.answer.code != "line_lane" || !lane || done.effects.empty())
        return deny(parcel, done.answer);
    const auto effect = done.effects.back().id;
    // Surely: a divert that is planned must not stay so. Too late is no harm: the line ends it
    // then.
    outbox_->give(envelope("start", EffectStarted{effect}),
                  [weak = weak_from_this(), parcel, lane = *lane, effect](const Done& start) {
                      if (const auto desk = weak.lock()) desk->started(parcel, lane, effect, start);
                  });
}

// Law 3: durable before the first register is written.
void LineDesk::started(line::Number parcel, std::size_t lane, EffectId effect, const Done& done) {
    if (done.answer.code != "effect_started") return deny(parcel, done.answer);
    diverts_[parcel] = effect;  // first: it may end within give()
    runner_->give(parcel, lane);
}

void LineDesk::deny(line::Number parcel, const Answer& answer) {
    runner_->deny(parcel, reason_of(answer), answer.code + ": " + options_.text_for(answer));
}

void LineDesk::hear(const line::Action& action) {
    const auto tell = [&](log::Level level, std::string_view event, const std::string& detail) {
        log::event(level, event, {{"device", name_}, {"detail", detail}});
    };
    const auto& lanes = runner_->layout().lanes;
    std::visit(
        Overload{
            [&](const line::Rejected& e) {
                ++rejected_;
                last_reject_ = std::string(to_text(e.reason)) + (e.why.empty() ? "" : ": " + e.why);
                tell(log::Level::info, "line.rejected",
                     std::to_string(e.parcel) + ": " + last_reject_);
                outbox_->give(envelope("reject", LineParcelRejected{name_, e.parcel,
                                                                    std::string(to_text(e.reason)),
                                                                    e.why, e.codes}),
                              [weak = weak_from_this()](const Done& done) {
                                  if (const auto desk = weak.lock())
                                      desk->last_reject_text_ =
                                          desk->options_.text_for(done.answer);
                              });
            },
            [&](const line::DivertEnded& e) {
                const auto divert = diverts_.find(e.parcel);
                if (divert == diverts_.end()) return;  // never started
                const auto effect = divert->second;
                diverts_.erase(divert);
                if (e.proof == line::Proof::done) ++in_lanes_;
                if (e.proof == line::Proof::unknown) ++unknown_;
                outbox_->give(envelope("end", EffectEnded{effect, outcome_of(e.proof), e.detail}),
                              [](const Done&) {});
            },
            [&](const line::Stray& e) {
                tell(log::Level::warn, "line.stray",
                     "a body nobody sent into " + lanes[e.lane].name);
            },
            [&](const line::LaneShut& e) {
                tell(log::Level::error, "line.lane_shut", lanes[e.lane].name);
                outbox_->give(envelope("shut", LineLaneSwitched{name_, lanes[e.lane].name, false,
                                                                "", "two diverts unproven"}),
                              [](const Done&) {});
            },
            [&](const line::DoubleCount& e) { tell(log::Level::info, "line.double_count", e.eye); },
            [&](const line::EyeSilent& e) { tell(log::Level::warn, "line.eye_silent", e.eye); },
            [&](const line::ReaderLate& e) {
                tell(log::Level::warn, "line.reader_late", e.reader);
            },
            [&](const line::Distrusted& e) {
                tell(log::Level::warn, "line.distrusted", std::string(to_text(e.reason)));
            },
            [&](const line::Trusted&) { tell(log::Level::info, "line.trusted", ""); },
            [](const auto&) {},
        },
        action);
}

}  // namespace kemas::app
