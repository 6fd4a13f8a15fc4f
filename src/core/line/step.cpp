#include "core/line/step.hpp"

#include <algorithm>
#include <utility>

#include "core/assert.hpp"
#include "core/line/turn.hpp"

namespace kemas::line {

LineState start(const Layout& layout, Number last_number) {
    LineState state;
    state.eyes.resize(layout.eyes.size());
    state.lane_eyes.resize(layout.lanes.size());
    state.readers.resize(layout.readers.size());
    for (auto* flags : {&state.lane_full, &state.lane_down, &state.lane_shut, &state.lane_closed})
        flags->resize(layout.lanes.size());
    state.last_number = last_number;
    return state;
}

LineDecision step(const Layout& layout, LineState state, const LineEvent& event) {
    LineDecision decision{std::move(state), {}};
    std::visit(
        [&](const auto& one) {
            Turn turn(layout, decision.state, decision.actions, one.at);
            turn.take(one);
            turn.beat_heart();
        },
        event);
    return decision;
}

std::vector<bool> lanes_open(const LineState& state) {
    std::vector<bool> open(state.lane_full.size());
    for (std::size_t i = 0; i < open.size(); ++i)
        open[i] = !state.lane_full[i] && !state.lane_down[i] && !state.lane_shut[i] &&
                  !state.lane_closed[i];
    return open;
}

void Turn::take(const Polled& poll) {
    KEMAS_ASSERT(poll.eyes.size() == layout_.eyes.size());
    KEMAS_ASSERT(poll.lanes.size() == layout_.lanes.size());
    for (std::size_t i = 0; i < poll.lanes.size(); ++i) {
        state_.lane_full[i] = poll.lanes[i].full;
        state_.lane_down[i] = poll.lanes[i].down;
    }
    if (!continues(poll)) return begin_anew(poll);
    const auto before = state_.encoder;
    const Pulses travel{poll.encoder - state_.encoder_word};
    const auto silence = poll.at.value - state_.last_poll->value;
    state_.encoder += travel;
    watch(poll);
    if (state_.distrust) {
        remember(poll);
        return trust_again(poll);
    }
    for (std::size_t i = 0; i < layout_.eyes.size() && !state_.distrust; ++i)
        if (const auto edge =
                edge_of(state_.eyes[i], poll.eyes[i], poll.encoder, before, layout_.eyes[i].name))
            see(i, *edge, before);
    for (std::size_t i = 0; i < layout_.lanes.size() && !state_.distrust; ++i)
        if (const auto edge = edge_of(state_.lane_eyes[i], poll.lanes[i].eye, poll.encoder, before,
                                      layout_.lanes[i].name))
            see_in_lane(i, *edge, before);
    remember(poll);
    if (state_.distrust) return;
    // Half a pitch at once: polls were missing, or the encoder stood.
    if (silence > kPositionsKnownFor.value || travel * 2 > layout_.shortest_pitch)
        void_results(travel);
    hear_echo(poll);
    find_undiverted();
    find_lost();
    find_owed();
    ask();
    write_next();
}

void Turn::take(const Ticked&) {
    if (state_.last_poll && now_.value - state_.last_poll->value > kLinkLostAfter.value)
        distrust(Reason::link_lost);
    write_next();
}

void Turn::take(const LaneSwitched& switched) {
    KEMAS_ASSERT(switched.lane < layout_.lanes.size());
    state_.lane_closed[switched.lane] = !switched.open;
    if (!switched.open) return;
    state_.lane_shut[switched.lane] = false;
    state_.lane_eyes[switched.lane].unproven = 0;
}

void Turn::beat_heart() {
    if (state_.last_beat && now_.value - state_.last_beat->value < kBeatEvery.value) return;
    state_.last_beat = now_;
    act(BeatHeart{++state_.beat});
}

Tracked* Turn::find(Number number) {
    for (auto& one : state_.belt)
        if (one.number == number) return &one;
    return nullptr;
}

void Turn::drop(Number number) {
    std::erase_if(state_.belt, [&](const auto& one) { return one.number == number; });
}

// The PLC may have its divert: it can no longer be called back.
bool Turn::in_world(const Tracked& parcel) const {
    return parcel.course == Course::written || parcel.course == Course::echoed;
}

void Turn::reject(Tracked& parcel, Reason reason, std::string why) {
    if (parcel.course == Course::reject || in_world(parcel)) return;
    if (parcel.course == Course::given || parcel.course == Course::queued)
        ended(parcel, Proof::failed, "not written: " + std::string(to_text(reason)));
    parcel.course = Course::reject;
    for (const auto& code : parcel.codes) state_.passes.erase(code);
    act(Rejected{parcel.number, reason, std::move(why), parcel.codes});
}

}  // namespace kemas::line
