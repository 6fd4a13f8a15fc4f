// From weight to paper: price, number, label. The number is reserved for drawing and consumed only
// by a label that was drawn in full.
#include "core/floor/flows.hpp"
#include "core/rating/choose.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

void hold(Turn& turn, Parcel& parcel, const std::string& why) {
    parcel.hold = why;
    turn.change(PutParcel{parcel});
    for (const auto& order : orders_in(turn, parcel))
        if (order.state != OrderState::on_hold)
            set_state(turn, order, OrderState::on_hold, "kemas", why);
    if (turn.station.parcel == parcel.id) leave_job(turn);
    turn.attention("parcel_hold", {{"parcel", std::to_string(parcel.id.value)},
                                   {"reason", why},
                                   {"rack", turn.policy.cancel_rack}});
}

// What the label must say and the tariff must know; the first empty field, or "".
std::string empty_field(const Turn& turn, const Order& order) {
    const auto person = turn.books.person(order.person);
    if (!person) return "recipient";
    if (person->name.empty()) return "recipient name";
    if (person->phone.empty()) return "recipient phone";
    if (person->address.empty()) return "recipient address";
    if (person->district.empty() && person->city.empty()) return "recipient district and city";
    if (person->postal_code.empty()) return "recipient postal code";
    if (order.area_code.empty()) return "area code";
    return "";
}

rating::Request request_for(const Turn& turn, const Order& order, const Parcel& parcel) {
    rating::Request request;
    request.area_code = order.area_code;
    if (const auto person = turn.books.person(order.person))
        request.postal_code = person->postal_code;
    request.channel = order.key.channel;
    request.day = rating::day_at(turn.now(), turn.policy.utc_offset_minutes);
    request.minute = rating::minute_at(turn.now(), turn.policy.utc_offset_minutes);
    request.gross = parcel.gross;
    if (const auto carton = turn.books.carton(parcel.carton)) request.outer = carton->outer;
    for (const auto& each : orders_in(turn, parcel)) {
        if (each.cod) request.cod += *each.cod;
        request.value += each.value;
    }
    return request;
}

// The wanted service, or the site's rule: the cheapest that may carry it.
Result<rating::Quote> price(const Turn& turn, const Order& order, const Parcel& parcel) {
    auto request = request_for(turn, order, parcel);
    if (!order.courier.empty() && !order.service.empty()) {
        request.courier = order.courier;
        request.service = order.service;
        return rating::quote(turn.books.rates(), request);
    }
    request.courier = order.courier;
    auto choice = rating::cheapest(turn.books.rates(), request);
    if (!choice) return tl::unexpected(choice.error());
    return choice->best;
}

void plan_preparation(Turn& turn, Parcel& parcel, const std::string& reprint_reason) {
    parcel.revision += 1;
    turn.plan({EffectKind::prepare_label, parcel.station, turn.station.printer, parcel.id,
               parcel.revision, reprint_reason});
    turn.change(PutParcel{parcel});
}

// A label already asked for and not yet come back: asking again would take a second number.
bool label_under_way(const Turn& turn, const Parcel& parcel) {
    for (const auto& effect : turn.books.effects_of(parcel.id))
        if (effect.state == EffectState::planned || effect.state == EffectState::started)
            return true;
    return false;
}

void wait_for_label(Turn& turn, const Parcel& parcel) {
    turn.station.stage = Stage::label;
    turn.accept("label_coming", {{"tracking", parcel.tracking_number},
                                 {"weight", std::to_string((parcel.gross.value + 500) / 1000)}});
}

// The channel's own shipment: nothing is chosen, numbered or drawn; its label is passed on, once.
void ask_for_channel_label(Turn& turn, Parcel parcel) {
    if (parcel.label.empty() || parcel.revision > 0 || turn.station.printer.empty()) {
        turn.station.stage = Stage::label;
        turn.change(PutParcel{parcel});
        return turn.accept("scan_label_now", {{"tracking", parcel.tracking_number}});
    }
    plan_preparation(turn, parcel, "");
    wait_for_label(turn, parcel);
}

bool reserve_number(Turn& turn, Parcel& parcel) {
    if (!parcel.tracking_number.empty()) return true;  // kept through a hold
    const auto number = turn.books.free_number(parcel.courier, parcel.service);
    if (!number) return false;
    parcel.tracking_number = *number;
    turn.change(SetNumber{*number, NumberState::reserved, parcel.id});
    return true;
}

}  // namespace

void ask_for_label(Turn& turn, Parcel parcel) {
    parcel.hold.clear();
    if (parcel.labelled_at.value || label_under_way(turn, parcel)) {
        turn.change(PutParcel{parcel});
        return wait_for_label(turn, parcel);
    }
    if (parcel.arranged == Arranger::channel) return ask_for_channel_label(turn, std::move(parcel));
    const auto order = turn.books.order(parcel.order);
    if (const auto field = empty_field(turn, *order); !field.empty())
        return hold(turn, parcel, "label: " + field + " is empty");
    if (turn.station.printer.empty())
        return hold(turn, parcel, "station " + turn.station.name + " has no printer");
    const auto quote = price(turn, *order, parcel);
    if (!quote) {
        parcel.quote = quote.error().what;  // in full; the hold says its first sentence
        return hold(turn, parcel, parcel.quote.substr(0, parcel.quote.find(';')));
    }
    parcel.courier = quote->service.courier;
    parcel.service = quote->service.code;
    parcel.cost = quote->total;
    parcel.quote = rating::to_text(*quote);
    if (!reserve_number(turn, parcel))
        return hold(turn, parcel,
                    "no free tracking number for " + parcel.courier + " " + parcel.service +
                        ": import some, then release the order");
    plan_preparation(turn, parcel, "");
    wait_for_label(turn, parcel);
}

void on_label_prepared(Turn& turn, const LabelPrepared& in) {
    const auto effect = turn.books.effect(in.effect);
    auto parcel = effect ? turn.books.parcel(effect->parcel) : std::nullopt;
    if (!parcel || effect->state != EffectState::planned) return turn.refuse("effect_over");
    turn.change(SetEffect{in.effect, EffectState::done, "", ""});
    if (parcel->revision != effect->revision) return;  // a newer one was asked for meanwhile
    turn.change(PutBlob{in.hash, "label", in.bytes});
    parcel->label = in.hash;
    const bool first = parcel->labelled_at.value == 0;
    if (first) {
        parcel->labelled_at = turn.now();
        if (parcel->arranged == Arranger::us) {
            turn.change(SetNumber{parcel->tracking_number, NumberState::used, parcel->id});
            turn.change(BindCode{parcel->tracking_number,
                                 {CodeKind::parcel, std::to_string(parcel->id.value), 1}});
        }
        tell_parcel(turn, *parcel, "labelled", "kemas");
    }
    turn.change(PutParcel{*parcel});
    turn.plan({EffectKind::print_label, effect->station, effect->device, parcel->id,
               parcel->revision, effect->reprint_reason});
    turn.accept("label_printing", {{"tracking", parcel->tracking_number}});
}

void on_label_refused(Turn& turn, const LabelRefused& in) {
    const auto effect = turn.books.effect(in.effect);
    auto parcel = effect ? turn.books.parcel(effect->parcel) : std::nullopt;
    if (!parcel || effect->state != EffectState::planned) return turn.refuse("effect_over");
    turn.change(SetEffect{in.effect, EffectState::failed, in.field + ": " + in.why, ""});
    if (parcel->arranged == Arranger::us && !parcel->labelled_at.value) {
        turn.change(SetNumber{parcel->tracking_number, NumberState::free, {}});
        parcel->tracking_number.clear();
    }
    hold(turn, *parcel, "label: " + in.field + ": " + in.why);
}

void reprint(Turn& turn, Parcel parcel, const std::string& reason, const std::string& by) {
    if (parcel.label.empty()) return turn.refuse("nothing_to_reprint");
    if (parcel.voided_at.value)
        return turn.refuse("parcel_void", {{"tracking", parcel.tracking_number}});
    if (turn.station.printer.empty())
        return turn.refuse("no_printer", {{"station", turn.station.name}});
    for (const auto& effect : turn.books.effects_of(parcel.id)) {
        if (effect.state == EffectState::planned || effect.state == EffectState::started)
            return turn.refuse("still_printing", {{"printer", effect.device}});
        if (effect.state == EffectState::unknown)
            turn.change(SetEffect{effect.id, EffectState::resolved, "failed: " + reason, by});
    }
    parcel.reprints += 1;
    plan_preparation(turn, parcel, reason);
    turn.accept("reprinting",
                {{"tracking", parcel.tracking_number}, {"count", std::to_string(parcel.reprints)}});
}

void on_reprint_asked(Turn& turn, const ReprintAsked& in) {
    const auto parcel = turn.books.parcel(in.parcel);
    if (!parcel)
        return turn.refuse("unknown_parcel", {{"parcel", std::to_string(in.parcel.value)}});
    reprint(turn, *parcel, in.reason, in.by);
}

}  // namespace kemas
