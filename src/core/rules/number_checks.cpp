// A number looked up again some time after it was adopted: a second one that the courier shows late
// costs money and sends nobody, and one that the courier has voided sends nothing.
#include <algorithm>

#include "core/rules/numbers.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

bool lives(const std::vector<GivenNumber>& found, const std::string& number) {
    return std::ranges::any_of(
        found, [&](const auto& given) { return given.number == number && !given.voided; });
}

// The first live number beside ours; "" = there is none.
std::string extra_of(const std::vector<GivenNumber>& found, const std::string& ours) {
    for (const auto& given : found)
        if (!given.voided && given.number != ours) return given.number;
    return "";
}

std::string what_is_wrong(const NumberAsk& ask, const std::vector<GivenNumber>& found) {
    std::string others;
    for (const auto& given : found)
        if (!given.voided && given.number != ask.number)
            others += (others.empty() ? "" : ", ") + given.number;
    std::string wrong;
    if (!lives(found, ask.number))
        wrong = "it no longer has " + ask.number + ", which is on the label";
    if (others.empty()) return wrong;
    return (wrong.empty() ? "" : wrong + "; ") + "under " + ask.reference + " it shows " + others +
           " beside " + ask.number + ", which is on the label";
}

// Never the printed one, never another parcel's, and only where its contract voids one alone.
bool may_void(const Turn& turn, const NumberAsk& ask, const std::string& extra) {
    return courier_plan(turn.policy.couriers, ask.courier).voids_one && extra != ask.number &&
           !turn.books.number_known(extra);
}

bool void_under_way(const Turn& turn, const NumberAsk& ask, EffectId but) {
    return std::ranges::any_of(turn.books.effects_of(ask.parcel), [&](const auto& effect) {
        return effect.kind == EffectKind::void_extra && effect.reference == ask.reference &&
               effect.id != but &&
               (effect.state == EffectState::planned || effect.state == EffectState::started ||
                effect.state == EffectState::unknown);
    });
}

// Whether one was planned.
bool void_next(Turn& turn, const NumberAsk& ask, const std::vector<GivenNumber>& found,
               EffectId but) {
    const auto extra = extra_of(found, ask.number);
    if (extra.empty() || !lives(found, ask.number) || !may_void(turn, ask, extra) ||
        void_under_way(turn, ask, but))
        return false;
    turn.plan({EffectKind::void_extra, "", ask.courier, ask.parcel, 1, extra, ask.reference});
    return true;
}

void on_looked_again(Turn& turn, NumberAsk ask, const NumberChecked& in) {
    ++ask.checks;
    const auto before = ask.trouble;
    ask.trouble = what_is_wrong(ask, in.found);
    turn.change(PutAsk{ask});
    void_next(turn, ask, in.found, {});
    if (ask.trouble.empty() || ask.trouble == before)
        return turn.accept("number_checked", {{"tracking", ask.number}});
    turn.attention("number_wrong_later", {{"courier", ask.courier}, {"why", ask.trouble}});
}

void on_extra_looked_up(Turn& turn, NumberAsk ask, const EffectRow& effect,
                        const NumberChecked& in) {
    const auto& extra = effect.about;
    if (lives(in.found, extra) && lives(in.found, ask.number)) {
        turn.change(SetEffect{effect.id, EffectState::unknown, "the courier still shows it", ""});
        return turn.accept("number_still_there", {{"number", extra}, {"courier", ask.courier}});
    }
    ask.trouble = what_is_wrong(ask, in.found);
    turn.change(PutAsk{ask});
    turn.change(SetEffect{effect.id, EffectState::done, ask.trouble, ""});
    void_next(turn, ask, in.found, effect.id);
    if (!lives(in.found, ask.number))
        return turn.attention("number_wrong_later",
                              {{"courier", ask.courier}, {"why", ask.trouble}});
    turn.accept("extra_void", {{"number", extra}, {"courier", ask.courier}});
}

}  // namespace

void on_number_checked(Turn& turn, const NumberChecked& in) {
    const auto ask = turn.books.ask_by_reference(in.reference);
    if (!ask || ask->state != AskState::given)
        return turn.accept("tracking_known", {{"reference", in.reference}});
    if (!in.effect) return on_looked_again(turn, *ask, in);
    const auto effect = turn.books.effect(in.effect);
    const bool open =
        effect && effect->kind == EffectKind::void_extra &&
        (effect->state == EffectState::started || effect->state == EffectState::unknown);
    if (!open) return turn.refuse("effect_over");
    on_extra_looked_up(turn, *ask, *effect, in);
}

void on_extra_kept(Turn& turn, const EffectRow& effect, const std::string& why) {
    turn.change(SetEffect{effect.id, EffectState::failed, why, ""});
    turn.attention("extra_kept",
                   {{"number", effect.about}, {"courier", effect.device}, {"why", why}});
}

void on_extra_resolved(Turn& turn, const EffectRow& effect, const EffectResolved& in) {
    const bool done = in.outcome == Outcome::done;
    if (auto ask = turn.books.ask_by_reference(effect.reference); ask && done) {
        ask->trouble.clear();
        turn.change(PutAsk{*ask});
    }
    turn.change(SetEffect{in.effect, EffectState::resolved,
                          (done ? "done: " : "failed: ") + in.reason, in.by});
    turn.accept(done ? "resolved_done" : "resolved_failed", {{"effect", to_text(in.effect)}});
}

std::string unwanted_void(const Turn& turn, const EffectRow& effect) {
    const auto ask = turn.books.ask_by_reference(effect.reference);
    if (!ask || ask->state != AskState::given) return "the parcel's number was given up";
    if (!may_void(turn, *ask, effect.about))
        return effect.about + " is a parcel's number, or its courier voids none alone";
    return "";
}

}  // namespace kemas
