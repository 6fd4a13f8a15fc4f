// Bodies at the eyes of the main belt: who is it, who is missing, who was never let in.
#include <algorithm>

#include "core/line/turn.hpp"

namespace kemas::line {

// The newest body at an eye since the last poll; nothing when none came, or when the counter went
// up for a body it had counted already.
std::optional<Turn::Edge> Turn::edge_of(EyeState& eye, const EyeReading& reading,
                                        std::uint32_t encoder, Pulses before,
                                        const std::string& name) {
    const std::uint32_t mask = layout_.counter_bits == 16 ? 0xFFFF : 0xFFFF'FFFF;
    std::int64_t bodies = (reading.count - eye.count) & mask;
    if (bodies == 0) return std::nullopt;
    const auto travel = state_.encoder - before;
    const auto at = reading.edge ? state_.encoder - Pulses{encoder - *reading.edge}
                                 : before + Pulses{travel.value / 2};
    // More bodies than fit on the belt that went by, or one on the heels of the last: counted
    // twice.
    const auto possible = travel.value / layout_.shortest_pitch.value + 1;
    if (bodies > possible) {
        act(DoubleCount{name});
        bodies = possible;
    }
    if (eye.edge && at - *eye.edge < layout_.shortest_pitch) {
        act(DoubleCount{name});
        return std::nullopt;
    }
    eye.edge = at;
    return Edge{at, reading.length, bodies - 1};
}

void Turn::see(std::size_t eye, const Edge& edge, Pulses before) {
    if (edge.unplaced > 0) {
        // Some passed while nobody looked, and nobody knows where: none of them is sure.
        const auto& place = layout_.eyes[eye];
        for (auto& parcel : state_.belt) {
            const auto expected = parcel.zero + place.at;
            if (parcel.next_eye == eye && expected >= before - place.window &&
                expected <= edge.at + place.window)
                reject(parcel, Reason::unseen_gap);
        }
    }
    if (eye == 0) {
        add(edge.at, edge.length, 1, false);
        if (edge.unplaced > 0) reject(state_.belt.back(), Reason::unseen_gap);
        return;
    }
    see_body(eye, edge);
}

void Turn::see_body(std::size_t eye, const Edge& edge) {
    const auto& place = layout_.eyes[eye];
    const auto distance = [&](const Tracked& one) { return (edge.at - one.zero - place.at).abs(); };
    std::vector<Tracked*> could_be;
    for (auto& one : state_.belt)
        if (one.next_eye == eye && distance(one) <= place.window) could_be.push_back(&one);
    if (could_be.empty()) return add(edge.at - place.at, edge.length, eye + 1, true);
    if (could_be.size() > 1)
        for (auto* one : could_be) reject(*one, Reason::doubtful);
    auto* nearest = *std::min_element(could_be.begin(), could_be.end(), [&](auto* a, auto* b) {
        return distance(*a) < distance(*b);
    });
    pass(*nearest, eye, edge);
}

void Turn::pass(Tracked& parcel, std::size_t eye, const Edge& edge) {
    const auto off = parcel.length - edge.length;
    if (parcel.length && edge.length && (off < 0 ? -off : off) > layout_.length_tolerance.value)
        reject(parcel, Reason::other_length);
    parcel.straight_on = in_world(parcel);
    parcel.zero = edge.at - layout_.eyes[eye].at;
    parcel.next_eye = eye + 1;
    state_.eyes[eye].missed = 0;
    if (parcel.course == Course::given && layout_.lanes[*parcel.lane].gate == eye)
        parcel.course = Course::queued;
    if (eye + 1 == layout_.eyes.size() && !parcel.straight_on) run_out(parcel.number);
}

void Turn::run_out(Number number) {
    if (auto* parcel = find(number)) reject(*parcel, Reason::no_answer);
    act(RejectSeen{number});
    drop(number);
}

void Turn::add(Pulses zero, std::int64_t length, std::size_t next_eye, bool foreign) {
    Tracked body;
    body.number = ++state_.last_number;
    body.zero = zero;
    body.length = length;
    body.next_eye = next_eye;
    const auto place = std::find_if(state_.belt.begin(), state_.belt.end(),
                                    [&](const auto& one) { return one.zero > zero; });
    auto& added = *state_.belt.insert(place, std::move(body));
    if (!foreign) return;
    const auto number = added.number;
    reject(added, Reason::foreign);
    doubt_near(*find(number));
    if (next_eye == layout_.eyes.size()) run_out(number);
}

void Turn::find_lost() {
    std::vector<Tracked> lost;
    for (const auto& one : state_.belt) {
        const auto& eye = layout_.eyes[one.next_eye];
        if (!in_world(one) && state_.encoder > one.zero + eye.at + eye.window) lost.push_back(one);
    }
    for (const auto& one : lost) {
        auto& eye = state_.eyes[one.next_eye];
        const auto& name = layout_.eyes[one.next_eye].name;
        for (auto& reader : state_.readers)
            if (reader.owes == one.number) reader.owes = 0;  // there was nothing to read
        if (++eye.missed == kMissedInARow) act(EyeSilent{name});
        reject(*find(one.number), Reason::lost, name);
        drop(one.number);
        doubt_near(one);
    }
}

void Turn::doubt_near(const Tracked& body) {
    for (auto& one : state_.belt)
        if (one.number != body.number && (one.zero - body.zero).abs() <= layout_.doubt)
            reject(one, Reason::doubtful);
}

}  // namespace kemas::line
