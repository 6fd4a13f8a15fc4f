// A divert from the gate to its proof: written once per number, echoed by the PLC, counted by the
// lane's own eye. Silence is never success.
#include <algorithm>

#include "core/line/turn.hpp"

namespace kemas::line {

void Turn::take(const LaneGiven& given) {
    auto* parcel = find(given.parcel);
    if (!parcel || parcel->course != Course::asked) {
        act(DivertEnded{given.parcel, given.lane, Proof::failed,
                        parcel ? "the parcel is on its way to the reject lane"
                               : "the parcel is not on the line any more"});
        return;
    }
    parcel->lane = given.lane;
    parcel->course = Course::given;
    if (parcel->next_eye > layout_.lanes[given.lane].gate) reject(*parcel, Reason::too_late);
}

void Turn::take(const LaneDenied& denied) {
    auto* parcel = find(denied.parcel);
    if (parcel && parcel->course == Course::asked) reject(*parcel, denied.reason, denied.why);
}

void Turn::hear_echo(const Polled& poll) {
    if (poll.echo == Echo::none) return;
    for (auto& parcel : state_.belt) {
        if (parcel.course != Course::written || poll.ack != wire_number(parcel.number)) continue;
        if (state_.mailbox && state_.mailbox->parcel == parcel.number) state_.mailbox.reset();
        if (poll.echo == Echo::accepted) {
            parcel.course = Course::echoed;
            return;
        }
        ended(parcel, Proof::failed, "the PLC refused it");
        parcel.course = Course::open;
        return reject(parcel, Reason::plc_refused);
    }
}

// The PLC's mailbox holds one divert at a time; the next waits for the echo.
void Turn::write_next() {
    if (state_.distrust) return;
    if (state_.mailbox) {
        auto* parcel = find(state_.mailbox->parcel);
        if (parcel && now_.value - state_.mailbox->last.value < kWriteAgainAfter.value) return;
        if (parcel) return write(*parcel);
        state_.mailbox.reset();
    }
    for (std::size_t i = 0; i < state_.belt.size() && !state_.mailbox; ++i)
        if (state_.belt[i].course == Course::queued) write(state_.belt[i]);
}

void Turn::write(Tracked& parcel) {
    const auto& lane = layout_.lanes[*parcel.lane];
    const bool again = parcel.course == Course::written;
    const auto target = parcel.zero + lane.divert_at;
    const auto spare = target - layout_.least_lead - state_.encoder;
    // The encoder is as old as the last poll; the belt has gone on since.
    const auto aged = state_.last_poll ? now_.value - state_.last_poll->value : 0;
    const Milliseconds not_after{spare.value * 1000 / layout_.most_pulses_per_s - aged};
    if (not_after <= Milliseconds{0}) {
        if (again) state_.mailbox.reset();  // perhaps taken: lane and eyes will tell
        return reject(parcel, Reason::too_late);
    }
    if (!again && !lanes_open(state_)[*parcel.lane]) return reject(parcel, Reason::lanes_shut);
    const auto wire = wire_number(parcel.number);
    if (!again && wire == state_.ack) return reject(parcel, Reason::no_echo, "number used before");
    parcel.course = Course::written;
    state_.mailbox = InMailbox{parcel.number, now_};
    const auto behind = static_cast<std::uint32_t>((target - state_.encoder).value);
    const auto length = std::clamp<std::int64_t>(parcel.length, 0, 65535);
    act(WriteDivert{parcel.number, wire, *parcel.lane, state_.encoder_word + behind,
                    static_cast<std::uint16_t>(length), not_after});
}

void Turn::see_in_lane(std::size_t lane, const Edge& edge, Pulses before) {
    const auto& place = layout_.lanes[lane];
    std::vector<Number> arrived;
    for (const auto& one : state_.belt) {
        const auto expected = one.zero + place.divert_at + place.seen_after;
        const auto from = edge.unplaced > 0 ? before : edge.at;
        if (in_world(one) && one.lane == lane && expected >= from - place.window &&
            expected <= edge.at + place.window)
            arrived.push_back(one.number);
    }
    const auto bodies = edge.unplaced + 1;
    for (auto i = static_cast<std::int64_t>(arrived.size()); i < bodies; ++i) act(Stray{lane});
    const bool all = static_cast<std::int64_t>(arrived.size()) <= bodies;
    for (const auto number : arrived) {
        const auto parcel = *find(number);
        const bool echoed = parcel.course == Course::echoed;
        state_.lane_eyes[lane].unproven = 0;
        if (parcel.straight_on)
            ended(parcel, Proof::unknown, "counted in its lane, and behind the divert too");
        else if (!all)
            ended(parcel, Proof::unknown, "fewer bodies in the lane than diverts");
        else if (echoed)
            ended(parcel, Proof::done, "");
        else
            ended(parcel, Proof::unknown, "seen in its lane, but never echoed");
        drop(number);
    }
}

// The lane's eye has not counted it in time: it went straight on, or nobody knows.
void Turn::find_undiverted() {
    std::vector<Tracked> gone, straight_on;
    for (const auto& one : state_.belt) {
        if (!in_world(one)) continue;
        const auto& lane = layout_.lanes[*one.lane];
        if (state_.encoder <= one.zero + lane.divert_at + lane.seen_after + lane.window) continue;
        if (one.straight_on) {
            straight_on.push_back(one);
            continue;
        }
        const auto& eye = layout_.eyes[one.next_eye];
        if (state_.encoder > one.zero + eye.at + eye.window) gone.push_back(one);
    }
    for (const auto& one : straight_on) {
        ended(one, Proof::failed, "seen going straight on");
        auto& parcel = *find(one.number);
        parcel.course = Course::open;
        reject(parcel, Reason::not_diverted);
        if (one.next_eye == layout_.eyes.size()) run_out(one.number);
    }
    for (const auto& one : gone) {
        ended(one, Proof::unknown, "neither in its lane nor further along");
        if (++state_.lane_eyes[*one.lane].unproven == kUnprovenInARow) {
            state_.lane_shut[*one.lane] = true;
            act(LaneShut{*one.lane});
        }
        drop(one.number);
        doubt_near(one);
    }
}

void Turn::ended(const Tracked& parcel, Proof proof, std::string detail) {
    count_pass(parcel, proof);
    act(DivertEnded{parcel.number, *parcel.lane, proof, std::move(detail)});
}

void Turn::count_pass(const Tracked& parcel, Proof proof) {
    if (proof == Proof::failed) return;
    for (const auto& code : parcel.codes) {
        if (layout_.lanes[*parcel.lane].recirculates)
            ++state_.passes[code];
        else
            state_.passes.erase(code);
    }
}

}  // namespace kemas::line
