// What becomes of acts: started in a commit of its own, ended by the device, settled by a person.
#include "core/floor/flows.hpp"
#include "core/rules/numbers.hpp"
#include "core/rules/packages.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

// Before every act the books ask whether anybody still wants it.
std::string unwanted(const Turn& turn, const EffectRow& effect) {
    if (effect.kind == EffectKind::clear_jam) return "";  // nobody's parcel
    if (is_channel_act(effect.kind)) return unwanted_call(turn, effect);
    const auto parcel = turn.books.parcel(effect.parcel);
    if (!parcel) return "the parcel is gone";
    if (effect.kind == EffectKind::void_number) return "";
    if (parcel->voided_at.value) return "the parcel is void";
    if (effect.kind != EffectKind::get_number && effect.revision != parcel->revision)
        return "a newer label was made";
    for (const auto& order : orders_in(turn, *parcel)) {
        if (order.state == OrderState::cancelled || order.state == OrderState::cancel_asked)
            return number_of(order) + " was cancelled by " + order.state_by;
    }
    return "";
}

void printed(Turn& turn, const EffectRow& effect) {
    auto parcel = turn.books.parcel(effect.parcel);
    if (!parcel) return;
    if (!parcel->printed_at.value) parcel->printed_at = turn.now();
    turn.change(PutParcel{*parcel});
    if (const auto order = turn.books.order(parcel->order))
        channel_event(turn, *order, *parcel, FloorEvent::printed);
    turn.accept("label_printed", {{"tracking", parcel->tracking_number}});
}

// Paper can be quicker than the printer's word: a label scanned after its print began is out.
bool label_was_seen(const Turn& turn, const EffectRow& effect) {
    const auto parcel = turn.books.parcel(effect.parcel);
    return effect.kind == EffectKind::print_label && parcel && parcel->staged_at.value &&
           parcel->staged_at >= effect.started_at;
}

void in_doubt(Turn& turn, const EffectRow& effect, const std::string& detail) {
    const auto parcel = turn.books.parcel(effect.parcel);
    turn.attention("print_unknown", {{"printer", effect.device},
                                     {"tracking", parcel ? parcel->tracking_number : "-"},
                                     {"detail", detail}});
}

}  // namespace

void on_effect_started(Turn& turn, const EffectStarted& in) {
    const auto effect = turn.books.effect(in.effect);
    if (!effect || effect->state != EffectState::planned) return turn.refuse("effect_over");
    if (const auto why = unwanted(turn, *effect); !why.empty()) {
        turn.change(SetEffect{in.effect, EffectState::failed, why, "kemas"});
        if (is_courier_act(effect->kind)) on_number_unwanted(turn, *effect, why);
        if (is_channel_act(effect->kind)) on_call_unwanted(turn, *effect);
        return turn.attention(
            effect->kind == EffectKind::divert ? "divert_unwanted" : "effect_unwanted",
            {{"why", why}});
    }
    turn.change(SetEffect{in.effect, EffectState::started, "", ""});
    if (is_courier_act(effect->kind)) on_number_started(turn, *effect);
    if (is_channel_act(effect->kind)) on_call_started(turn, *effect);
    turn.accept("effect_started");
}

void on_effect_ended(Turn& turn, const EffectEnded& in) {
    const auto effect = turn.books.effect(in.effect);
    if (!effect || effect->state != EffectState::started) return turn.refuse("effect_over");
    if (in.outcome == Outcome::unknown && label_was_seen(turn, *effect)) {
        turn.change(SetEffect{in.effect, EffectState::resolved, "done: label scanned", "kemas"});
        return turn.accept("label_printed",
                           {{"tracking", turn.books.parcel(effect->parcel)->tracking_number}});
    }
    const auto state = in.outcome == Outcome::done     ? EffectState::done
                       : in.outcome == Outcome::failed ? EffectState::failed
                                                       : EffectState::unknown;
    turn.change(SetEffect{in.effect, state, in.detail, ""});
    if (is_courier_act(effect->kind)) return on_number_unknown(turn, *effect, in.detail);
    if (is_channel_act(effect->kind)) return on_call_unknown(turn, *effect, in.detail);
    if (effect->kind == EffectKind::divert) return on_divert_ended(turn, *effect, state, in.detail);
    if (effect->kind == EffectKind::clear_jam)
        return on_jam_clear_ended(turn, *effect, state, in.detail);
    if (state == EffectState::done) return printed(turn, *effect);
    in_doubt(turn, *effect, in.detail);
}

void on_effect_resolved(Turn& turn, const EffectResolved& in) {
    const auto effect = turn.books.effect(in.effect);
    if (!effect) return turn.refuse("unknown_effect", {{"effect", to_text(in.effect)}});
    if (effect->state != EffectState::unknown)
        return turn.refuse("effect_not_unknown", {{"effect", to_text(in.effect)},
                                                  {"state", std::string(to_text(effect->state))}});
    if (is_courier_act(effect->kind)) return on_number_resolved(turn, *effect, in);
    if (is_channel_act(effect->kind)) return on_call_resolved(turn, *effect, in);
    const bool done = in.outcome == Outcome::done;
    turn.change(SetEffect{in.effect, EffectState::resolved,
                          (done ? "done: " : "failed: ") + in.reason, in.by});
    if (done && effect->kind == EffectKind::divert)
        on_divert_ended(turn, *effect, EffectState::done, in.reason);
    else if (done && effect->kind == EffectKind::print_label)
        printed(turn, *effect);
    turn.accept(done ? "resolved_done" : "resolved_failed", {{"effect", to_text(in.effect)}});
}

void on_restarted(Turn& turn, const Restarted&) {
    for (const auto& effect : turn.books.effects_in(EffectState::started)) {
        if (label_was_seen(turn, effect))
            turn.change(
                SetEffect{effect.id, EffectState::resolved, "done: label scanned", "kemas"});
        else
            turn.change(SetEffect{effect.id, EffectState::unknown,
                                  "the daemon stopped while it was under way", ""});
    }
    // The line has forgotten what lies on its belt: nobody will write these any more.
    for (const auto& effect : turn.books.effects_in(EffectState::planned))
        if (effect.kind == EffectKind::divert || effect.kind == EffectKind::clear_jam)
            turn.change(SetEffect{effect.id, EffectState::failed,
                                  "the daemon stopped before it was written", ""});
    turn.accept("restarted");
}

}  // namespace kemas
