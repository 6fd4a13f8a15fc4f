// When the line may believe its counters, and when it must not.
#include "core/line/turn.hpp"

namespace kemas::line {
namespace {

constexpr std::int64_t kPollJitterMs = 250;  // an answer may be this much older than it looks

std::int32_t signed_travel(std::uint32_t now, std::uint32_t before) {
    return static_cast<std::int32_t>(now - before);
}

}  // namespace

// False when this poll cannot be compared with the last one.
bool Turn::continues(const Polled& poll) {
    if (!state_.polled) return false;
    if (poll.boot != state_.boot) return distrust(Reason::plc_restarted), false;
    const auto silence = poll.at.value - state_.last_poll->value;
    if (silence > kLinkLostAfter.value) return distrust(Reason::link_lost), false;
    // Not every PLC counts its starts: an encoder that runs backwards says the same.
    const std::int64_t travel = signed_travel(poll.encoder, state_.encoder_word);
    if (travel < 0) return distrust(Reason::plc_restarted), false;
    const auto most = layout_.most_pulses_per_s * (silence + kPollJitterMs) / 1000;
    if (travel > most) return distrust(Reason::encoder_fault), false;
    return true;
}

void Turn::begin_anew(const Polled& poll) {
    // The books say which numbers are used. The PLC's last one is only stepped over: it ignores a
    // number that it has just seen.
    if (!state_.polled && wire_number(state_.last_number + 1) == poll.ack) ++state_.last_number;
    state_.polled = true;
    state_.boot = poll.boot;
    state_.plc_beat = poll.heartbeat;
    state_.last_plc_beat = poll.at;
    state_.still_since.reset();
    for (auto* eyes : {&state_.eyes, &state_.lane_eyes})
        for (auto& eye : *eyes) eye.edge.reset(), eye.blocked_since.reset();
    remember(poll);
}

void Turn::remember(const Polled& poll) {
    state_.last_poll = poll.at;
    state_.encoder_word = poll.encoder;
    state_.ack = poll.ack;
    state_.plc_jammed = poll.jammed;
    for (std::size_t i = 0; i < poll.eyes.size(); ++i) state_.eyes[i].count = poll.eyes[i].count;
    for (std::size_t i = 0; i < poll.lanes.size(); ++i)
        state_.lane_eyes[i].count = poll.lanes[i].eye.count;
}

void Turn::distrust(Reason reason) {
    if (!state_.distrust || reason == Reason::jam) {
        if (state_.distrust != reason) act(Distrusted{reason});
        state_.distrust = reason;
        if (reason == Reason::jam) state_.jam_cleared = false;
    }
    for (auto& parcel : state_.belt) {
        if (in_world(parcel)) ended(parcel, Proof::unknown, std::string(to_text(reason)));
        reject(parcel, reason);
    }
    state_.belt.clear();  // what still lies there is foreign to every eye, and runs out
    for (auto& reader : state_.readers) reader.owes = 0;
    state_.mailbox.reset();
}

void Turn::watch(const Polled& poll) {
    if (poll.heartbeat != state_.plc_beat) {
        state_.plc_beat = poll.heartbeat;
        state_.last_plc_beat = poll.at;
    } else if (poll.at.value - state_.last_plc_beat->value > kPlcFrozenAfter.value) {
        distrust(Reason::plc_frozen);
    }
    watch_encoder(poll, signed_travel(poll.encoder, state_.encoder_word));
    watch_jam(poll);
}

void Turn::watch_encoder(const Polled& poll, std::int64_t travel) {
    if (travel) {
        state_.still_since.reset();
    } else if (!state_.still_since) {
        state_.still_since = state_.last_poll;
    } else if (poll.at.value - state_.still_since->value > kEncoderStillAfter.value) {
        for (std::size_t i = 0; i < poll.eyes.size(); ++i)
            if (poll.eyes[i].count != state_.eyes[i].count) distrust(Reason::encoder_fault);
    }
    const auto ahead = [&](const EyeReading& eye) {
        return eye.edge && signed_travel(poll.encoder, *eye.edge) < 0;
    };
    for (std::size_t i = 0; i < poll.eyes.size(); ++i)
        if (poll.eyes[i].count != state_.eyes[i].count && ahead(poll.eyes[i]))
            distrust(Reason::encoder_fault);
}

void Turn::watch_jam(const Polled& poll) {
    bool jam = poll.jammed;
    for (std::size_t i = 0; i < poll.eyes.size(); ++i) {
        auto& since = state_.eyes[i].blocked_since;
        const bool moved_on = poll.eyes[i].count != state_.eyes[i].count;
        if (!poll.eyes[i].blocked) {
            since.reset();
        } else if (!since || moved_on) {
            since = state_.encoder;
        } else if (state_.encoder - *since > layout_.longest_body) {
            jam = true;
        }
    }
    if (jam && !(state_.distrust == Reason::jam && state_.jam_cleared)) distrust(Reason::jam);
}

void Turn::trust_again(const Polled& poll) {
    const auto reason = *state_.distrust;
    const bool frozen = poll.at.value - state_.last_plc_beat->value > kPlcFrozenAfter.value;
    if (frozen || state_.still_since) return;
    if (reason == Reason::jam && (!state_.jam_cleared || poll.jammed)) return;
    state_.distrust.reset();
    for (auto* eyes : {&state_.eyes, &state_.lane_eyes})
        for (auto& eye : *eyes) eye.edge.reset();
    act(Trusted{});
}

void Turn::take(const JamCleared& cleared) {
    if (state_.distrust != Reason::jam) return;
    state_.jam_cleared = true;
    for (auto& eye : state_.eyes) eye.blocked_since.reset();
    // A jam that the line alone has seen, or that was cleared at the PLC's panel, moves nothing.
    if (state_.plc_jammed) act(ClearJam{cleared.by});
}

void Turn::take(const JamStays&) {
    state_.jam_cleared = false;
}

}  // namespace kemas::line
