#include "app/line_desk.hpp"

#include <utility>

#include "app/device_log.hpp"
#include "app/site_facts.hpp"
#include "core/overload.hpp"
#include "drivers/conveyor/plc_conveyor.hpp"
#include "drivers/profile/load_profile.hpp"
#include "drivers/scale/scale_codec.hpp"
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

Result<profile::ScaleProfile> load_scale(const settings::LineScaleSettings& from) {
    const auto& device = from.device;
    auto profile = profile::load_scale_profile(device.profile);
    if (!profile) return profile;
    if (const auto gap = scale::weighing_gap(*profile, site_facts(device)); !gap.empty())
        return fail(Remedy::stop,
                    "scale " + device.name + " cannot weigh with " + device.profile + ": " + gap);
    return profile;
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
    desk->options_ = std::move(options);
    desk->loop_ = loop;
    desk->layout_ = layout;
    desk->outbox_ = std::make_shared<LineOutbox>(loop, desk->options_.submit);
    desk->again_ = std::make_unique<boost::asio::steady_timer>(loop);
    if (scale) desk->make_stream(loop, *from.scale, std::move(*scale));
    return desk;
}

void LineDesk::make_stream(boost::asio::any_io_executor loop,
                           const settings::LineScaleSettings& from, profile::ScaleProfile profile) {
    const auto& device = from.device;
    scale::ScaleStreamOptions options;
    options.name = device.name;
    options.unit = static_cast<std::uint8_t>(device.unit);
    options.poll_ms = device.poll_ms;
    options.site = site_facts(device);
    options.log = device_log(device.name);
    stream_ = std::make_unique<scale::ScaleStream>(
        loop, bus_->master(device.serial, device.host, device.port), std::move(profile),
        std::move(options));
    weighs_ = from;
}

void LineDesk::start_scale() {
    std::weak_ptr<LineDesk> weak = weak_from_this();
    scale::StreamEvents events;
    events.reading = [weak](std::chrono::steady_clock::time_point at, Milligrams gross) {
        using std::chrono::microseconds;
        const auto us = std::chrono::duration_cast<microseconds>(at.time_since_epoch()).count();
        if (const auto desk = weak.lock()) desk->scale_->reading(us, gross);
    };
    events.fault = [weak](const std::string& why) {
        if (const auto desk = weak.lock()) desk->scale_->fault(why);
    };
    stream_->start(std::move(events));
}

// Nothing runs before the books have said which numbers are free and which lanes are shut.
void LineDesk::start() {
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

// Law 3: planned, then started, each durable, before the PLC is asked to move anything.
void LineDesk::clear_jam(const std::string& by, const std::string& reason, OnAnswer on_end) {
    const bool jammed = runner_ && runner_->state().distrust == line::Reason::jam;
    options_.submit(envelope("clear", LineJamClearAsked{name_, by, reason, jammed}),
                    [weak = weak_from_this(), by, on_end](const Done& done) {
                        const auto desk = weak.lock();
                        if (!desk) return;
                        if (done.answer.code != "line_clearing" || done.effects.empty())
                            return on_end(done.answer);
                        const auto effect = done.effects.back().id;
                        desk->outbox_->give(desk->envelope("start", EffectStarted{effect}),
                                            [weak, by, effect, on_end](const Done& start) {
                                                const auto here = weak.lock();
                                                if (!here) return;
                                                if (start.answer.code != "effect_started")
                                                    return on_end(start.answer);
                                                here->runner_->jam_cleared(
                                                    by,
                                                    [weak, effect, on_end](Result<void> cleared) {
                                                        if (const auto last = weak.lock())
                                                            last->end_jam(effect, cleared, on_end);
                                                    });
                                            });
                    });
}

void LineDesk::end_jam(EffectId effect, const Result<void>& cleared, OnAnswer on_end) {
    const auto outcome = cleared                                         ? Outcome::done
                         : cleared.error().remedy == Remedy::call_person ? Outcome::unknown
                                                                         : Outcome::failed;
    outbox_->give(
        envelope("end", EffectEnded{effect, outcome, cleared ? "" : cleared.error().what}),
        [on_end](const Done& done) { on_end(done.answer); });
}

bool LineDesk::has_lane(const std::string& lane) const {
    return line::lane_named(*layout_, lane).has_value();
}

void LineDesk::switch_lane(const std::string& lane, bool open, const std::string& by,
                           const std::string& reason, OnAnswer on_end) {
    options_.submit(envelope("lane", LineLaneSwitched{name_, lane, open, by, reason}),
                    [weak = weak_from_this(), lane, open, by, on_end](const Done& done) {
                        const auto desk = weak.lock();
                        if (desk && desk->runner_ && done.answer.kind == Answer::Kind::accepted)
                            desk->runner_->switch_lane(*line::lane_named(*desk->layout_, lane),
                                                       open, by);
                        on_end(done.answer);
                    });
}

std::vector<DeviceHealth> LineDesk::health() const {
    std::vector<DeviceHealth> all{conveyor_->health()};
    if (stream_) all.push_back(stream_->health());
    return all;
}

LineLive LineDesk::live() const {
    LineLive live;
    live.name = name_;
    live.state = conveyor_->health().state;
    for (const auto& lane : layout_->lanes) live.lanes.push_back({lane.name});
    if (!runner_) return live;
    const auto& state = runner_->state();
    if (state.distrust) live.distrust = to_text(*state.distrust);
    live.last_reject = last_reject_;
    live.last_reject_text = last_reject_text_;
    const auto open = line::lanes_open(state);
    for (std::size_t i = 0; i < live.lanes.size(); ++i) {
        auto& lane = live.lanes[i];
        lane.open = open[i], lane.full = state.lane_full[i], lane.down = state.lane_down[i];
    }
    live.on_belt = static_cast<std::int64_t>(state.belt.size());
    live.in_lanes = in_lanes_;
    live.rejected = rejected_;
    live.unknown = unknown_;
    return live;
}

}  // namespace kemas::app
