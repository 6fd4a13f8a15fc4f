// What a courier's service answers, and what the books make of it: a number is adopted only when it
// is exactly the one asked for; whatever else comes waits for a person.
#include <algorithm>

#include "core/floor/flows.hpp"
#include "core/rules/numbers.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

struct Case {
    EffectRow effect;
    NumberAsk ask;
    Parcel parcel;
};

// The act an answer is about, while it is open.
std::optional<Case> open_case(Turn& turn, EffectId id, EffectKind kind) {
    const auto effect = turn.books.effect(id);
    if (!effect || effect->kind != kind ||
        (effect->state != EffectState::started && effect->state != EffectState::unknown)) {
        turn.refuse("effect_over");
        return std::nullopt;
    }
    const auto ask = turn.books.ask_by_reference(effect->reference);
    const auto parcel = turn.books.parcel(effect->parcel);
    const auto wanted = kind == EffectKind::get_number ? AskState::asked : AskState::voiding;
    if (!ask || !parcel || ask->state != wanted) {
        turn.refuse("effect_over");
        return std::nullopt;
    }
    return Case{*effect, *ask, *parcel};
}

bool still_wanted(const Turn& turn, const Parcel& parcel) {
    if (parcel.voided_at.value) return false;
    for (const auto& order : orders_in(turn, parcel))
        if (order.state == OrderState::cancelled || order.state == OrderState::cancel_asked)
            return false;
    return true;
}

void hold_orders(Turn& turn, Parcel& parcel, const std::string& why) {
    parcel.hold = why;
    turn.change(PutParcel{parcel});
    for (const auto& order : orders_in(turn, parcel))
        if (still_wanted(turn, parcel) && order.state != OrderState::on_hold)
            set_state(turn, order, OrderState::on_hold, "kemas", why);
    if (turn.station.parcel == parcel.id) leave_job(turn);
}

// Nobody but a person at the courier's can tell.
void doubt(Turn& turn, Case at, const std::string& why) {
    at.ask.state = AskState::doubtful;
    at.ask.detail = why;
    turn.change(PutAsk{at.ask});
    turn.change(SetEffect{at.effect.id, EffectState::unknown, why, ""});
    hold_orders(turn, at.parcel, "number: " + why);
    turn.attention("number_doubt",
                   {{"courier", at.ask.courier}, {"reference", at.ask.reference}, {"why", why}});
}

std::string money_text(const std::optional<Money>& money) {
    return money ? std::to_string(money->value) : "none";
}

// The first thing the answer says otherwise than we did; "" = it is ours.
std::string difference_of(const Turn& turn, const NumberAsk& ask, const GivenNumber& given) {
    const auto says = [&](const char* field, const std::string& theirs, const std::string& ours) {
        return theirs == ours ? "" : std::string(field) + " is " + theirs + ", we sent " + ours;
    };
    const auto cod = [](const std::optional<Money>& money) {
        return money && money->value > 0 ? money : std::nullopt;
    };
    for (const auto& text : {says("reference", given.reference, ask.reference),
                             says("service", given.service, ask.service),
                             says("postal_code", given.postal_code, ask.postal_code),
                             says("weight_g", std::to_string(given.weight.value / 1000),
                                  std::to_string(ask.weight.value / 1000)),
                             says("cod", money_text(cod(given.cod)), money_text(cod(ask.cod)))})
        if (!text.empty()) return text;
    const auto& ours = turn.books.rates().currency().code;
    if (!given.currency.empty() && !ours.empty() && given.currency != ours)
        return "currency is " + given.currency + ", the tariff's is " + ours;
    if (given.cost && given.cost->value < 0) return "cost is negative";
    return "";
}

// Why this number cannot be the parcel's; "" = it can.
std::string unfit(const Turn& turn, const NumberAsk& ask, const std::string& number) {
    const auto& plan = service_plan(turn.policy.couriers, ask.courier, ask.service);
    if (auto why = numbers::refusal_of(plan.rule, number); !why.empty()) return why;
    if (turn.books.number_known(number)) return number + " is another parcel's number";
    return "";
}

// Why none of these can be adopted; "" = the only one is exactly ours.
std::string reason_against(const Turn& turn, const NumberAsk& ask,
                           const std::vector<GivenNumber>& found) {
    if (found.size() > 1) {
        std::string all;
        for (const auto& given : found) all += (all.empty() ? "" : ", ") + given.number;
        return std::to_string(found.size()) + " numbers under one reference: " + all;
    }
    const auto& given = found.front();
    if (auto why = difference_of(turn, ask, given); !why.empty()) return given.number + ": " + why;
    if (given.voided) return given.number + " is void at the courier";
    return unfit(turn, ask, given.number);
}

void put_number(Turn& turn, Case& at, const GivenNumber& given) {
    at.ask.state = AskState::given;
    at.ask.number = given.number;
    at.ask.cost = given.cost;
    at.ask.given_at = turn.now();
    at.ask.void_until = given.void_until;
    turn.change(PutNumber{{at.ask.courier, at.ask.service, given.number}});
    turn.change(SetNumber{given.number, NumberState::used, at.parcel.id});
}

// All numbers of a shipment or none: another parcel's was refused since this one was asked for.
bool sibling_refused(const Turn& turn, const Parcel& parcel, const NumberAsk& ask) {
    for (const auto& other : turn.books.parcels_of(parcel.order)) {
        if (other.id == parcel.id || other.voided_at.value) continue;
        const auto asks = turn.books.asks_of(other.id);
        if (!asks.empty() && asks.back().state == AskState::refused &&
            asks.back().voided_at >= ask.opened_at)
            return true;
    }
    return false;
}

void void_at_once(Turn& turn, Case& at) {
    at.ask.state = AskState::voiding;
    at.ask.detail = "not wanted any more when it came";
    turn.change(PutAsk{at.ask});
    turn.plan({EffectKind::void_number, at.effect.station, at.ask.courier, at.parcel.id, 1, "",
               at.ask.reference});
    turn.accept("number_voiding", {{"tracking", at.ask.number}});
}

void adopt(Turn& turn, Case at, const GivenNumber& given, SetEffect ended) {
    turn.change(std::move(ended));
    put_number(turn, at, given);
    if (!still_wanted(turn, at.parcel) || sibling_refused(turn, at.parcel, at.ask))
        return void_at_once(turn, at);
    turn.change(PutAsk{at.ask});
    at.parcel.tracking_number = given.number;
    if (turn.station.parcel == at.parcel.id && turn.station.stage == Stage::label)
        return go_on_with_number(turn, std::move(at.parcel));
    turn.change(PutParcel{at.parcel});
    const auto order = turn.books.order(at.parcel.order);
    turn.accept("number_ready",
                {{"tracking", given.number}, {"order", order ? number_of(*order) : "-"}});
}

// All numbers of a shipment or none: those made for the order's other parcels are given up.
std::string give_up_siblings(Turn& turn, const Parcel& refused, const std::string& why) {
    std::string given_up;
    for (auto parcel : turn.books.parcels_of(refused.order)) {
        if (parcel.id == refused.id || parcel.voided_at.value || parcel.handed_over_at.value ||
            parcel.arranged != Arranger::us || parcel.tracking_number.empty() ||
            !keeps_number(turn, parcel))
            continue;
        given_up += (given_up.empty() ? "" : ", ") + parcel.tracking_number;
        give_up_number(turn, parcel, why);
        parcel.hold = why;
        turn.change(PutParcel{parcel});
    }
    return given_up;
}

// Looked up and not there. What was asked for less than the horizon ago may still appear; what was
// asked for longer ago may, too, but nobody can tell: only a courier that makes one number of one
// reference, however often it is asked, is asked again.
void not_there(Turn& turn, Case at) {
    const auto& plan = courier_plan(turn.policy.couriers, at.ask.courier);
    const bool may_be_under_way = at.ask.asked_at.value != 0;
    if (may_be_under_way && (turn.now() - at.ask.asked_at).value < plan.horizon.value) {
        if (at.effect.state == EffectState::started)
            turn.change(
                SetEffect{at.effect.id, EffectState::unknown, "looked up: not there yet", ""});
        return turn.accept("number_not_there", {{"courier", at.ask.courier}});
    }
    const bool wanted = still_wanted(turn, at.parcel);
    if (may_be_under_way && (!plan.idempotent || !wanted)) {
        auto why = at.ask.courier + " does not show " + at.ask.reference + " " +
                   std::to_string((turn.now() - at.ask.asked_at).value / 1000) +
                   " s after it was asked for: it may have made it";
        if (!wanted) why += ", and the order is cancelled";
        return doubt(turn, std::move(at), why);
    }
    if (!wanted) {
        at.ask.state = AskState::voided;
        at.ask.voided_at = turn.now();
        at.ask.detail = "cancelled; the courier was never asked";
        turn.change(PutAsk{at.ask});
        turn.change(SetEffect{at.effect.id, EffectState::failed, at.ask.detail, "kemas"});
        return turn.accept("number_never_made", {{"courier", at.ask.courier}});
    }
    at.ask.asked_at = turn.now();
    turn.change(PutAsk{at.ask});
    turn.change(SetEffect{at.effect.id, EffectState::started, "", ""});
    turn.accept("number_ask_again", {{"courier", at.ask.courier}});
}

}  // namespace

void on_number_answered(Turn& turn, const NumberAnswered& in) {
    auto at = open_case(turn, in.effect, EffectKind::get_number);
    if (!at) return;
    if (in.found.empty()) return not_there(turn, std::move(*at));
    const auto why_not = reason_against(turn, at->ask, in.found);
    if (!why_not.empty() && in.looked_up) return doubt(turn, std::move(*at), why_not);
    if (!why_not.empty()) {  // what it really has, a look-up tells
        turn.change(SetEffect{in.effect, EffectState::unknown, why_not, ""});
        return turn.accept("number_unknown", {{"courier", at->ask.courier}, {"detail", why_not}});
    }
    const SetEffect ended{at->effect.id, EffectState::done, "", ""};
    adopt(turn, std::move(*at), in.found.front(), ended);
}

void on_number_refused(Turn& turn, const NumberRefused& in) {
    auto at = open_case(turn, in.effect, EffectKind::get_number);
    if (!at) return;
    const auto why = in.field + ": " + in.why;
    const bool wanted = still_wanted(turn, at->parcel);
    at->ask.state = wanted ? AskState::refused : AskState::voided;
    at->ask.asked_at = {};  // nothing is under way any more
    at->ask.voided_at = turn.now();
    at->ask.detail = why;
    turn.change(PutAsk{at->ask});
    turn.change(SetEffect{in.effect, EffectState::failed, why, ""});
    auto reason = "number: " + at->ask.courier + " refuses: " + why;
    const auto given_up = give_up_siblings(turn, at->parcel, reason);
    if (!given_up.empty()) reason += "; given up with it: " + given_up;
    hold_orders(turn, at->parcel, reason);
    turn.attention("number_refused", {{"courier", at->ask.courier}, {"why", why}});
}

void on_number_voided(Turn& turn, const NumberVoided& in) {
    auto at = open_case(turn, in.effect, EffectKind::void_number);
    if (!at) return;
    const bool done = in.outcome == Outcome::done;
    at->ask.state = done ? AskState::voided : AskState::kept;
    at->ask.voided_at = done ? turn.now() : Instant{};
    if (!in.detail.empty()) at->ask.detail += "; " + in.detail;
    turn.change(PutAsk{at->ask});
    turn.change(
        SetEffect{in.effect, done ? EffectState::done : EffectState::failed, in.detail, ""});
    if (done) return turn.accept("number_void", {{"tracking", at->ask.number}});
    turn.attention(
        "number_kept",
        {{"tracking", at->ask.number}, {"courier", at->ask.courier}, {"why", in.detail}});
}

void on_number_started(Turn& turn, const EffectRow& effect) {
    auto ask = turn.books.ask_by_reference(effect.reference);
    // The first time it is asked for at once; later only when a look-up has found nothing.
    if (!ask || effect.kind != EffectKind::get_number || effect.revision > 1) return;
    ask->asked_at = turn.now();
    turn.change(PutAsk{*ask});
}

void on_number_unwanted(Turn& turn, const EffectRow& effect, const std::string& why) {
    auto ask = turn.books.ask_by_reference(effect.reference);
    if (!ask || effect.kind != EffectKind::get_number) return;
    ask->state = AskState::voided;
    ask->detail = "never asked for: " + why;
    turn.change(PutAsk{*ask});
}

void on_number_unanswered(Turn& turn, const EffectRow& effect, const EffectEnded& in) {
    turn.change(SetEffect{in.effect, EffectState::unknown, in.detail, ""});
    auto ask = turn.books.ask_by_reference(effect.reference);
    // No byte of it left us, so nothing is under way. Where it may have been asked for before, the
    // horizon of that one still runs.
    if (in.outcome == Outcome::failed && effect.kind == EffectKind::get_number && ask &&
        !courier_plan(turn.policy.couriers, ask->courier).idempotent) {
        ask->asked_at = {};
        turn.change(PutAsk{*ask});
    }
    turn.accept("number_unknown", {{"courier", effect.device}, {"detail", in.detail}});
}

void on_number_resolved(Turn& turn, const EffectRow& effect, const EffectResolved& in) {
    auto ask = turn.books.ask_by_reference(effect.reference);
    auto parcel = turn.books.parcel(effect.parcel);
    if (!ask || !parcel) return turn.refuse("effect_over");
    const bool done = in.outcome == Outcome::done;
    const SetEffect ended{in.effect, EffectState::resolved,
                          (done ? "done: " : "failed: ") + in.reason, in.by};
    if (effect.kind == EffectKind::get_number && done) {
        if (in.number.empty())
            return turn.refuse("number_needed", {{"effect", to_text(in.effect)}});
        if (const auto why = unfit(turn, *ask, in.number); !why.empty())
            return turn.refuse("number_unfit", {{"why", why}});
        GivenNumber given;
        given.number = in.number;
        return adopt(turn, Case{effect, *ask, *parcel}, given, ended);
    }
    ask->state =
        effect.kind == EffectKind::void_number && !done ? AskState::kept : AskState::voided;
    ask->detail = in.reason;
    turn.change(PutAsk{*ask});
    turn.change(ended);
    turn.accept(done ? "resolved_done" : "resolved_failed", {{"effect", to_text(in.effect)}});
}

}  // namespace kemas
