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
    // The PLC remembers the last number it worked off; the line counts on from there.
    desk->runner_ = std::make_unique<runtime::LineRunner>(loop, layout, *desk->conveyor_, 0);
    return desk;
}

void LineDesk::start() {
    std::weak_ptr<LineDesk> weak = weak_from_this();
    runtime::LineRunner::Events events;
    events.ask = [weak](const line::AskLane& asked) {
        if (const auto desk = weak.lock()) desk->ask(asked);
    };
    events.told = [weak](const line::Action& action) {
        if (const auto desk = weak.lock()) desk->hear(action);
    };
    runner_->start(std::move(events));
}

void LineDesk::stop() {
    runner_->stop();
    bus_->stop();
}

void LineDesk::submit(const std::string& what, Input input, runtime::OnDone on_done) {
    Envelope envelope{
        "line:" + name_ + ":" + options_.epoch + ":" + std::to_string(++inputs_) + ":" + what, "",
        std::move(input)};
    options_.submit(std::move(envelope), std::move(on_done));
}

void LineDesk::scanned(const std::string& reader, std::vector<std::string> codes) {
    runner_->scanned(reader, std::move(codes));
}

void LineDesk::ask(const line::AskLane& asked) {
    submit("ask",
           LineParcelSeen{name_, asked.parcel, asked.codes, asked.gross, asked.lanes_open,
                          asked.passes},
           [weak = weak_from_this(), parcel = asked.parcel](const Done& done) {
               if (const auto desk = weak.lock()) desk->answered(parcel, done);
           });
}

void LineDesk::answered(line::Number parcel, const Done& done) {
    const auto lane = line::lane_named(runner_->layout(), arg_of(done.answer, "lane"));
    if (done.answer.code != "line_lane" || !lane || done.effects.empty())
        return deny(parcel, done.answer);
    const auto effect = done.effects.back().id;
    submit("start", EffectStarted{effect},
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
                submit("reject",
                       LineParcelRejected{name_, e.parcel, std::string(to_text(e.reason)), e.why,
                                          e.codes},
                       [](const Done&) {});
            },
            [&](const line::DivertEnded& e) {
                const auto divert = diverts_.find(e.parcel);
                if (divert == diverts_.end()) return;  // never started
                const auto effect = divert->second;
                diverts_.erase(divert);
                if (e.proof == line::Proof::done) ++in_lanes_;
                if (e.proof == line::Proof::unknown) ++unknown_;
                submit("end", EffectEnded{effect, outcome_of(e.proof), e.detail},
                       [](const Done&) {});
            },
            [&](const line::Stray& e) {
                tell(log::Level::warn, "line.stray",
                     "a body nobody sent into " + lanes[e.lane].name);
            },
            [&](const line::LaneShut& e) {
                tell(log::Level::error, "line.lane_shut", lanes[e.lane].name);
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

void LineDesk::jam_cleared(const std::string& by) {
    runner_->jam_cleared(by);
}

bool LineDesk::switch_lane(const std::string& lane, bool open, const std::string& by) {
    const auto index = line::lane_named(runner_->layout(), lane);
    if (!index) return false;
    log::event(log::Level::info, open ? "line.lane_opened" : "line.lane_closed",
               {{"device", name_}, {"detail", lane + " by " + by}});
    runner_->switch_lane(*index, open, by);
    return true;
}

LineLive LineDesk::live() const {
    const auto& state = runner_->state();
    LineLive live;
    live.name = name_;
    live.state = health().state;
    if (state.distrust) live.distrust = to_text(*state.distrust);
    live.last_reject = last_reject_;
    const auto open = line::lanes_open(state);
    const auto& lanes = runner_->layout().lanes;
    for (std::size_t i = 0; i < lanes.size(); ++i)
        live.lanes.push_back(
            {lanes[i].name, open[i], state.lane_full[i] == true, state.lane_down[i] == true});
    live.on_belt = static_cast<std::int64_t>(state.belt.size());
    live.in_lanes = in_lanes_;
    live.rejected = rejected_;
    live.unknown = unknown_;
    return live;
}

}  // namespace kemas::app
