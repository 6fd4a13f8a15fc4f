// What becomes of acts: started in a commit of its own, ended by the device, settled by a person.
#include "core/floor/flows.hpp"
#include "core/rules/numbers.hpp"
#include "core/rules/packages.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

// Before every act the books ask whether anybody still wants it.
std::string unwanted(const Turn& turn, const EffectRow& effect) {
    if (effect.kind == EffectKind::clear_jam || effect.kind == EffectKind::print_sheet)
        return "";  // nobody's parcel
    if (is_channel_act(effect.kind)) return unwanted_call(turn, effect);
    const auto parcel = turn.books.parcel(effect.parcel);
    if (!parcel) return "the parcel is gone";
    if (effect.kind == EffectKind::void_number) return "";
    if (effect.kind == EffectKind::void_extra) return unwanted_void(turn, effect);
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
    if (effect.kind == EffectKind::print_sheet)
        return turn.accept("sheet_printed", {{"sheet", effect.about}, {"printer", effect.device}});
    auto parcel = turn.books.parcel(effect.parcel);
    if (!parcel) return;
    // Void since its print began: the paper counts for nothing.
    if (!parcel->labelled_at.value)
        return turn.attention("label_replaced", {{"code", parcel->tracking_number},
                                                 {"number", parcel->tracking_number}});
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

// What a print makes, as the bench calls it.
std::string made_by(const Turn& turn, const EffectRow& effect) {
    const auto parcel = turn.books.parcel(effect.parcel);
    return parcel ? parcel->tracking_number : effect.about;
}

void in_doubt(Turn& turn, const EffectRow& effect, const std::string& detail) {
    turn.attention(
        "print_unknown",
        {{"printer", effect.device}, {"tracking", made_by(turn, effect)}, {"detail", detail}});
    break_run(turn, effect, detail);
}

void not_printed(Turn& turn, const EffectRow& effect, const std::string& detail) {
    turn.attention(
        "print_failed",
        {{"printer", effect.device}, {"tracking", made_by(turn, effect)}, {"detail", detail}});
    break_run(turn, effect, detail);
}

// The printer took the label, and its word ends there: the scan of the paper is the proof.
void sent(Turn& turn, const EffectRow& effect, const std::string& detail) {
    if (effect.kind == EffectKind::print_sheet) {  // nobody scans it back
        turn.change(SetEffect{effect.id, EffectState::done, detail, ""});
        return turn.accept("sheet_sent", {{"sheet", effect.about}, {"printer", effect.device}});
    }
    if (label_was_seen(turn, effect)) {
        turn.change(SetEffect{effect.id, EffectState::done, detail, "scan"});
        return turn.accept("label_printed", {{"tracking", made_by(turn, effect)}});
    }
    turn.change(SetEffect{effect.id, EffectState::sent, detail, ""});
    turn.accept("label_sent", {{"tracking", made_by(turn, effect)}, {"printer", effect.device}});
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
    turn.change(SetEffect{in.effect, EffectState::started, "", "", in.counter});
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
    if (in.outcome == Outcome::sent) return sent(turn, *effect, in.detail);
    const auto state = in.outcome == Outcome::done     ? EffectState::done
                       : in.outcome == Outcome::failed ? EffectState::failed
                                                       : EffectState::unknown;
    if (is_courier_act(effect->kind)) return on_number_unanswered(turn, *effect, in);
    turn.change(SetEffect{in.effect, state, in.detail, ""});
    if (is_channel_act(effect->kind)) return on_call_unknown(turn, *effect, in.detail);
    if (effect->kind == EffectKind::divert) return on_divert_ended(turn, *effect, state, in.detail);
    if (effect->kind == EffectKind::clear_jam)
        return on_jam_clear_ended(turn, *effect, state, in.detail);
    if (state == EffectState::done) return printed(turn, *effect);
    if (state == EffectState::failed) return not_printed(turn, *effect, in.detail);
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
    else if (done && is_print(effect->kind))
        printed(turn, *effect);
    turn.accept(done ? "resolved_done" : "resolved_failed", {{"effect", to_text(in.effect)}});
}

// What was cut off is settled by the printer's own counting: it stood at N before, one label was
// sent, and it is idle now. N + 1: it is on paper. N: it is not, and prints. Anything else: others
// print there, or it counted anew; nobody can tell.
void on_print_counted(Turn& turn, const PrintCounted& in) {
    const auto effect = turn.books.effect(in.effect);
    const bool open =
        effect && (effect->state == EffectState::started || effect->state == EffectState::unknown);
    if (!open || !effect->counter) return turn.refuse("effect_over");
    const auto moved = in.counter - *effect->counter;
    const std::string counts = "the printer had counted " + std::to_string(*effect->counter) +
                               " labels, now " + std::to_string(in.counter);
    if (moved == 1 || label_was_seen(turn, *effect)) {
        turn.change(SetEffect{in.effect, EffectState::done, counts, "counter"});
        return printed(turn, *effect);
    }
    if (moved == 0) {
        const auto why = unwanted(turn, *effect);
        turn.change(SetEffect{in.effect, why.empty() ? EffectState::planned : EffectState::failed,
                              why.empty() ? counts : why, "counter"});
        return why.empty() ? turn.accept("print_again")
                           : turn.accept("effect_unwanted", {{"why", why}});
    }
    turn.change(SetEffect{in.effect, EffectState::unknown, counts, ""});
    in_doubt(turn, *effect, counts);
}

void on_sheets_asked(Turn& turn, const SheetsAsked& in) {
    std::int64_t pages = 0;
    for (const auto& sheet : in.sheets) {
        turn.change(PutBlob{sheet.hash, "sheet", sheet.bytes});
        for (int copy = 0; copy < sheet.copies; ++copy, ++pages) {
            Effect effect{EffectKind::print_sheet, "", in.device, {}, 0, sheet.title, ""};
            effect.bytes = sheet.hash;
            turn.plan(std::move(effect));
        }
    }
    turn.accept("sheets_planned", {{"count", std::to_string(pages)}, {"printer", in.device}});
}

void on_restarted(Turn& turn, const Restarted&) {
    for (const auto& effect : turn.books.effects_in(EffectState::started)) {
        // The printer that counts is asked first: only what it cannot tell becomes a question.
        if (is_print(effect.kind) && effect.counter && !label_was_seen(turn, effect)) continue;
        if (label_was_seen(turn, effect)) {
            turn.change(
                SetEffect{effect.id, EffectState::resolved, "done: label scanned", "kemas"});
        } else {
            turn.change(SetEffect{effect.id, EffectState::unknown,
                                  "the daemon stopped while it was under way", ""});
            break_run(turn, effect, "the daemon stopped while it printed");
        }
    }
    // The line has forgotten what lies on its belt: nobody will write these any more.
    for (const auto& effect : turn.books.effects_in(EffectState::planned))
        if (effect.kind == EffectKind::divert || effect.kind == EffectKind::clear_jam)
            turn.change(SetEffect{effect.id, EffectState::failed,
                                  "the daemon stopped before it was written", ""});
    turn.accept("restarted");
}

}  // namespace kemas
