// A parcel on the line: may it leave, which lane takes it, and where it ended.
#include <algorithm>
#include <initializer_list>
#include <set>

#include "core/floor/flows.hpp"
#include "core/line/lane_choice.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

constexpr const char* kLine = "line";  // who says so, in facts

std::string joined(const std::vector<std::string>& codes) {
    std::string text;
    for (const auto& code : codes) text += (text.empty() ? "" : ", ") + code;
    return text.empty() ? "-" : text;
}

// The parcels that these codes are labels of.
std::vector<Parcel> parcels_of(const Turn& turn, const std::vector<std::string>& codes) {
    std::set<ParcelId> ids;
    for (const auto& code : codes)
        for (const auto& meaning : turn.books.meanings(code))
            if (meaning.kind == CodeKind::parcel) ids.insert({std::stoll(meaning.ref)});
    std::vector<Parcel> parcels;
    for (const auto id : ids)
        if (auto parcel = turn.books.parcel(id)) parcels.push_back(std::move(*parcel));
    return parcels;
}

std::string missing_of(const Parcel& parcel) {
    if (!parcel.hold.empty()) return "free (" + parcel.hold + ")";
    if (!parcel.closed_at.value) return "packed";
    if (!parcel.weighed_at.value) return "weighed";
    if (!parcel.labelled_at.value && parcel.arranged != Arranger::channel) return "labelled";
    return "";
}

// True when it must not go into any lane; the refusal is given.
bool must_not_leave(Turn& turn, const LineParcelSeen& in, const Parcel& parcel) {
    const auto tracking = number_of(parcel);
    for (const auto& order : orders_in(turn, parcel))
        if (is_stopped(order.state)) {
            turn.refuse("line_stopped", {{"line", in.line},
                                         {"tracking", tracking},
                                         {"order", number_of(order)},
                                         {"state", std::string(to_text(order.state))}});
            return true;
        }
    if (parcel.voided_at.value)
        return turn.refuse("line_void", {{"line", in.line}, {"tracking", tracking}}), true;
    if (parcel.handed_over_at.value)
        return turn.refuse("line_handed_over", {{"line", in.line}, {"tracking", tracking}}), true;
    if (const auto missing = missing_of(parcel); !missing.empty()) {
        turn.refuse("line_not_ready",
                    {{"line", in.line}, {"tracking", tracking}, {"missing", missing}});
        return true;
    }
    return false;
}

// Diverts of its earlier passes: it lies before the readers, so it is in none of their lanes.
bool lies_in_a_lane(Turn& turn, const LineParcelSeen& in, const line::Layout& layout,
                    const Parcel& parcel) {
    for (const auto& effect : turn.books.effects_of(parcel.id)) {
        if (effect.kind != EffectKind::divert) continue;
        const auto lane = line::lane_named(layout, effect.device);
        const bool comes_back = lane && layout.lanes[*lane].recirculates;
        const bool done =
            effect.state == EffectState::done ||
            (effect.state == EffectState::resolved && effect.detail.starts_with("done"));
        if (done && !comes_back) {
            turn.refuse(
                "line_in_a_lane",
                {{"line", in.line}, {"tracking", number_of(parcel)}, {"lane", effect.device}});
            return true;
        }
        if (effect.state == EffectState::unknown || effect.state == EffectState::started)
            turn.change(SetEffect{effect.id, EffectState::resolved,
                                  "failed: seen on the line again", "kemas"});
        if (effect.state == EffectState::planned)
            turn.change(SetEffect{effect.id, EffectState::failed, "seen on the line again", ""});
    }
    return false;
}

// One sentence for each kind of reason: what happened, and what the person at the reject lane does.
void tell_rejected(Turn& turn, const LineParcelRejected& in, const std::string& tracking) {
    using line::Reason;
    const auto number = std::to_string(in.number);
    const auto is = [&](std::initializer_list<Reason> reasons) {
        return std::any_of(reasons.begin(), reasons.end(),
                           [&](Reason one) { return to_text(one) == in.reason; });
    };
    if (is({Reason::no_read}))
        return turn.attention("line_no_read", {{"line", in.line}, {"number", number}});
    if (is({Reason::two_results}))
        return turn.attention("line_two_results",
                              {{"line", in.line}, {"number", number}, {"why", in.why}});
    if (is({Reason::weight_refused, Reason::not_weighed}))
        return turn.attention(
            "line_not_weighed",
            {{"line", in.line}, {"number", number}, {"tracking", tracking}, {"why", in.why}});
    if (is({Reason::no_answer}))
        return turn.attention("line_no_answer",
                              {{"line", in.line}, {"number", number}, {"tracking", tracking}});
    if (is({Reason::refused, Reason::no_lane, Reason::lanes_shut, Reason::too_many_passes}))
        return turn.attention(
            "line_refused",
            {{"line", in.line}, {"number", number}, {"tracking", tracking}, {"why", in.why}});
    if (is({Reason::foreign}))
        return turn.attention("line_foreign", {{"line", in.line}, {"number", number}});
    if (is({Reason::lost}))
        return turn.attention(
            "line_lost",
            {{"line", in.line}, {"number", number}, {"tracking", tracking}, {"why", in.why}});
    if (is({Reason::doubtful, Reason::other_length, Reason::unseen_gap}))
        return turn.attention("line_doubtful",
                              {{"line", in.line}, {"number", number}, {"tracking", tracking}});
    if (is({Reason::too_late, Reason::plc_refused, Reason::no_echo, Reason::not_diverted}))
        return turn.attention(
            "line_no_divert",
            {{"line", in.line}, {"number", number}, {"tracking", tracking}, {"why", in.reason}});
    if (is({Reason::jam}))
        return turn.attention("line_jammed",
                              {{"line", in.line}, {"number", number}, {"tracking", tracking}});
    turn.attention(
        "line_rejected",
        {{"line", in.line}, {"number", number}, {"tracking", tracking}, {"reason", in.reason}});
}

void choose_for(Turn& turn, const LineParcelSeen& in) {
    const auto known = turn.policy.lines.find(in.line);
    if (known == turn.policy.lines.end() || in.lanes_open.size() != known->second.lanes.size())
        return turn.refuse("line_unknown", {{"line", in.line}});
    const auto& layout = known->second;
    const auto number = std::to_string(in.number);
    const auto parcels = parcels_of(turn, in.codes);
    if (parcels.size() != 1)
        return turn.refuse(parcels.empty() ? "line_unknown_code" : "line_two_parcels",
                           {{"line", in.line}, {"number", number}, {"codes", joined(in.codes)}});
    const auto& parcel = parcels.front();
    if (must_not_leave(turn, in, parcel) || lies_in_a_lane(turn, in, layout, parcel)) return;
    const auto lane =
        line::choose_lane(layout, in.lanes_open, parcel.courier, parcel.service, in.passes);
    if (!lane)
        return turn.refuse("line_no_lane", {{"line", in.line},
                                            {"tracking", number_of(parcel)},
                                            {"courier", parcel.courier},
                                            {"service", parcel.service},
                                            {"why", std::string(to_text(lane.error()))}});
    const auto& name = layout.lanes[*lane].name;
    const auto effect =
        turn.plan({EffectKind::divert, in.line, name, parcel.id, parcel.revision, ""});
    turn.accept("line_lane", {{"line", in.line},
                              {"number", number},
                              {"tracking", number_of(parcel)},
                              {"lane", name},
                              {"effect", to_text(effect)}});
}

}  // namespace

void on_line_parcel_seen(Turn& turn, const LineParcelSeen& in) {
    choose_for(turn, in);
    // Afterwards: a refusal takes nothing back of this, the number is used.
    if (turn.policy.lines.contains(in.line)) note_line_number(turn, in.line, in.number);
}

void on_line_parcel_rejected(Turn& turn, const LineParcelRejected& in) {
    if (turn.policy.lines.contains(in.line)) note_line_number(turn, in.line, in.number);
    const auto parcels = parcels_of(turn, in.codes);
    for (const auto& parcel : parcels)
        for (const auto& order : orders_in(turn, parcel)) {
            auto fact = parcel_fact(order, parcel, "line_rejected", kLine);
            fact.reason = in.reason + (in.why.empty() ? "" : ": " + in.why);
            turn.fact(std::move(fact));
        }
    tell_rejected(turn, in, parcels.size() == 1 ? number_of(parcels.front()) : "-");
}

void on_divert_ended(Turn& turn, const EffectRow& effect, EffectState state,
                     const std::string& detail) {
    const auto parcel = turn.books.parcel(effect.parcel);
    const auto tracking = parcel ? number_of(*parcel) : "-";
    if (state == EffectState::done && parcel) {
        for (const auto& order : orders_in(turn, *parcel)) {
            auto fact = parcel_fact(order, *parcel, "in_lane", kLine);
            fact.reason = effect.device;
            turn.fact(std::move(fact));
        }
        return turn.accept("line_in_lane", {{"tracking", tracking}, {"lane", effect.device}});
    }
    turn.attention(state == EffectState::failed ? "line_not_in_lane" : "line_nobody_knows",
                   {{"tracking", tracking}, {"lane", effect.device}, {"detail", detail}});
}

}  // namespace kemas
