// What people do at a line: clear a jam, open and shut lanes.
#include "app/line_desk.hpp"

namespace kemas::app {

void LineDesk::clear_jam(const std::string& by, const std::string& reason, OnAnswer on_end) {
    const bool jammed = runner_ && runner_->state().distrust == line::Reason::jam;
    clear(
        {name_, by, reason, jammed, "", ""},
        [this, by](OnJamCleared done) { runner_->jam_cleared(by, std::move(done)); },
        std::move(on_end));
}

void LineDesk::clear_feed(const std::string& feed, conveyor::Zone zone, const std::string& by,
                          const std::string& reason, OnAnswer on_end) {
    clear(
        {name_, by, reason, feeds_.jammed(feed, zone), feed, std::string(to_text(zone))},
        [this, feed, zone, by](OnJamCleared done) {
            feeds_.clear_jam(feed, zone, by, std::move(done));
        },
        std::move(on_end));
}

// Law 3: planned, then started, each durable, before the PLC or the module is asked to move
// anything. `act` is called only while this lives.
void LineDesk::clear(LineJamClearAsked asked, std::function<void(OnJamCleared)> act,
                     OnAnswer on_end) {
    const auto weak = weak_from_this();
    options_.submit(envelope("clear", std::move(asked)), [weak, act, on_end](const Done& done) {
        const auto desk = weak.lock();
        if (!desk) return;
        if (done.answer.kind != Answer::Kind::accepted || done.effects.empty())
            return on_end(done.answer);
        const auto effect = done.effects.back().id;
        desk->outbox_->give(desk->envelope("start", EffectStarted{effect}),
                            [weak, act, effect, on_end](const Done& start) {
                                const auto here = weak.lock();
                                if (!here) return;
                                if (start.answer.code != "effect_started")
                                    return on_end(start.answer);
                                act([weak, effect, on_end](Result<void> cleared) {
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

}  // namespace kemas::app
