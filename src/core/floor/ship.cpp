// From weight to paper: price, number, label. The number is reserved for drawing and consumed only
// by a label that was drawn in full.
#include <algorithm>

#include "core/barcode/check_digit.hpp"
#include "core/floor/flows.hpp"
#include "core/floor/supervisor.hpp"
#include "core/rating/choose.hpp"
#include "core/rules/numbers.hpp"
#include "core/rules/packages.hpp"
#include "core/rules/rate_request.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

void hold(Turn& turn, Parcel& parcel, const std::string& why) {
    parcel.hold = why;
    turn.change(PutParcel{parcel});
    auto orders = orders_in(turn, parcel);
    // Its label is first: nothing is in it yet.
    if (const auto order = turn.books.order(parcel.order); order && orders.empty())
        orders.push_back(*order);
    for (const auto& order : orders)
        if (order.state != OrderState::on_hold)
            set_state(turn, order, OrderState::on_hold, "kemas", why);
    if (turn.station.parcel == parcel.id) leave_job(turn);
    turn.attention("parcel_hold", {{"parcel", std::to_string(parcel.id.value)},
                                   {"reason", why},
                                   {"rack", turn.policy.cancel_rack}});
}

std::string in(const Turn& turn, const char* english, const char* indonesian) {
    return rating::say(turn.policy.tongue, english, indonesian);
}

// What the label must say and the tariff must know; the first empty field, or "".
std::string empty_field(const Turn& turn, const Order& order) {
    const auto person = turn.books.person(order.person);
    if (!person) return in(turn, "recipient", "penerima");
    if (person->name.empty()) return in(turn, "recipient name", "nama penerima");
    if (person->phone.empty()) return in(turn, "recipient phone", "telepon penerima");
    if (person->address.empty()) return in(turn, "recipient address", "alamat penerima");
    if (person->district.empty() && person->city.empty())
        return in(turn, "recipient district and city", "kecamatan dan kota penerima");
    if (person->postal_code.empty()) return in(turn, "recipient postal code", "kode pos penerima");
    if (order.area_code.empty()) return in(turn, "area code", "kode wilayah");
    return "";
}

rating::Request request_for(const Turn& turn, const Order& order, const Parcel& parcel) {
    const auto& rates = turn.books.rates();
    auto request = rate_request(turn.books, turn.policy, rates, parcel, items_now(turn, parcel.id),
                                turn.now());
    if (request.cod > Money{})
        request.cod_same_day = cod_of_today(turn.books, turn.policy, rates, order, turn.now());
    return request;
}

// The wanted service, or what the site's rules choose; then `trace` says why the others lost.
Result<rating::Quote> price(const Turn& turn, const Order& order, const Parcel& parcel,
                            std::string& trace) {
    if (const auto why = refusal_of_ours(turn, parcel); !why.empty())
        return fail(Remedy::call_person, why);
    auto request = request_for(turn, order, parcel);
    if (!may_choose_courier(turn, parcel)) {  // its number is there, or under way
        request.courier = parcel.courier;
        request.service = parcel.service;
        return rating::quote(turn.books.rates(), request);
    }
    if (!order.courier.empty() && !order.service.empty()) {
        request.courier = order.courier;
        request.service = order.service;
        return rating::quote(turn.books.rates(), request);
    }
    request.courier = order.courier;
    auto choice = rating::choose(turn.books.rates(), request, turn.policy.choice,
                                 reliability_now(turn.books, turn.policy, turn.now()));
    if (!choice) return tl::unexpected(choice.error());
    trace = rating::to_text(*choice);
    return std::move(choice->best);
}

// While the courier's service is down the site may have another one carry it.
void use_instead(const Turn& turn, const Order& order, const Parcel& parcel, rating::Quote& quote) {
    if (!may_choose_courier(turn, parcel)) return;
    const auto other = instead_of(turn, quote.service.courier, quote.service.code);
    if (!other) return;
    auto request = request_for(turn, order, parcel);
    request.courier = other->courier;
    request.service = other->service;
    if (auto priced = rating::quote(turn.books.rates(), request)) quote = std::move(*priced);
}

void plan_preparation(Turn& turn, Parcel& parcel, const std::string& reprint_reason) {
    parcel.revision += 1;
    // A label of a run is printed before its parcel is at a station.
    const auto& station = parcel.station.empty() ? turn.station.name : parcel.station;
    turn.plan({EffectKind::prepare_label, station, turn.station.printer, parcel.id, parcel.revision,
               reprint_reason});
    turn.change(PutParcel{parcel});
}

// A label already asked for and not yet come back: asking again would take a second number.
bool label_under_way(const Turn& turn, const Parcel& parcel) {
    for (const auto& effect : turn.books.effects_of(parcel.id))
        if (is_paper_act(effect.kind) && effect.revision == parcel.revision &&
            (effect.state == EffectState::planned || effect.state == EffectState::started))
            return true;
    return false;
}

void wait_for_number(Turn& turn, const Parcel& parcel) {
    turn.station.stage = Stage::label;
    turn.change(PutParcel{parcel});
    turn.accept("number_coming", {{"courier", parcel.courier}});
}

void wait_for_label(Turn& turn, const Parcel& parcel) {
    turn.station.stage = Stage::label;
    turn.accept("label_coming", {{"tracking", parcel.tracking_number},
                                 {"weight", std::to_string((parcel.gross.value + 500) / 1000)}});
}

// Its channel is still to give the label: the parcel is packed and weighed, and waits.
void wait_for_channel(Turn& turn, const Parcel& parcel, const ChannelPackage& package) {
    turn.station.stage = Stage::label;
    turn.change(PutParcel{parcel});
    turn.accept("channel_label_coming",
                {{"channel", package.link}, {"why", why_no_label(package)}});
}

// The channel's own shipment: nothing is chosen, numbered or drawn; its label is passed on, once.
void ask_for_channel_label(Turn& turn, Parcel parcel) {
    const auto package = package_now(turn, parcel.id);
    if (package && parcel.label.empty()) return wait_for_channel(turn, parcel, *package);
    // Bytes that came with the order are passed on once; a page is drawn anew from its file.
    const bool passed_on = parcel.revision > 0 && !turn.books.label_page_of(parcel.id);
    if (parcel.label.empty() || passed_on || turn.station.printer.empty()) {
        turn.station.stage = Stage::label;
        turn.change(PutParcel{parcel});
        return turn.accept("scan_label_now", {{"tracking", parcel.tracking_number}});
    }
    plan_preparation(turn, parcel, "");
    wait_for_label(turn, parcel);
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
        return hold(turn, parcel, "label: " + field + in(turn, " is empty", " kosong"));
    if (turn.station.printer.empty())
        return hold(turn, parcel,
                    in(turn, "station ", "stasiun ") + turn.station.name +
                        in(turn, " has no printer", " tidak punya printer"));
    std::string trace;
    auto quote = price(turn, *order, parcel, trace);
    if (!quote) {
        parcel.quote = quote.error().what;  // in full; the hold says its first sentence
        return hold(turn, parcel, parcel.quote.substr(0, parcel.quote.find(';')));
    }
    use_instead(turn, *order, parcel, *quote);
    parcel.courier = quote->service.courier;
    parcel.service = quote->service.code;
    parcel.cost = quote->total;
    parcel.tariff = quote->rate_book;
    parcel.promised =
        quote->promised == rating::kForever ? std::nullopt : std::optional(quote->promised);
    parcel.quote = rating::to_text(*quote);
    if (!trace.empty()) parcel.quote += "\n" + trace;
    const auto number = number_for(turn, parcel);
    if (number.kind == NumberStep::Kind::none) return hold(turn, parcel, number.why);
    if (number.kind == NumberStep::Kind::coming) return wait_for_number(turn, parcel);
    go_on_with_number(turn, std::move(parcel));
}

void go_on_with_number(Turn& turn, Parcel parcel) {
    plan_preparation(turn, parcel, "");
    wait_for_label(turn, parcel);
}

void on_label_prepared(Turn& turn, const LabelPrepared& in) {
    const auto effect = turn.books.effect(in.effect);
    auto parcel = effect ? turn.books.parcel(effect->parcel) : std::nullopt;
    if (!parcel || effect->state != EffectState::planned) return turn.refuse("effect_over");
    turn.change(SetEffect{in.effect, EffectState::done, "", ""});
    if (parcel->revision != effect->revision) return;  // a newer one was asked for meanwhile
    if (parcel->arranged == Arranger::channel && parcel->label.empty())
        return turn.refuse("effect_over");  // void since it was drawn
    turn.change(PutBlob{in.hash, "label", in.bytes});
    parcel->label = in.hash;
    const bool first = parcel->labelled_at.value == 0;
    if (first) {
        parcel->labelled_at = turn.now();
        if (parcel->arranged == Arranger::us) {
            turn.change(SetNumber{parcel->tracking_number, NumberState::used, parcel->id});
            const CodeMeaning meaning{CodeKind::parcel, std::to_string(parcel->id.value), 1};
            turn.change(BindCode{parcel->tracking_number, meaning});
            if (barcode::is_sscc(parcel->tracking_number))  // as GS1-128 says it: AI 00
                turn.change(BindCode{"00" + parcel->tracking_number, meaning});
        }
        tell_parcel(turn, *parcel, "labelled", "kemas");
    }
    turn.change(PutParcel{*parcel});
    if (waits_for_its_run(turn, parcel->id)) return turn.accept("label_kept_for_run");
    turn.plan({EffectKind::print_label, effect->station, effect->device, parcel->id,
               parcel->revision, effect->about});
    if (in.unmarked)
        turn.attention("label_printing_unmarked", {{"tracking", parcel->tracking_number}});
    else
        turn.accept("label_printing", {{"tracking", parcel->tracking_number}});
}

void on_label_refused(Turn& turn, const LabelRefused& in) {
    const auto effect = turn.books.effect(in.effect);
    auto parcel = effect ? turn.books.parcel(effect->parcel) : std::nullopt;
    if (!parcel || effect->state != EffectState::planned) return turn.refuse("effect_over");
    turn.change(SetEffect{in.effect, EffectState::failed, in.field + ": " + in.why, ""});
    if (parcel->arranged == Arranger::us && !parcel->labelled_at.value &&
        !keeps_number(turn, *parcel)) {
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
        if (!is_paper_act(effect.kind)) continue;
        if (effect.state == EffectState::planned || effect.state == EffectState::started)
            return turn.refuse("still_printing", {{"printer", effect.device}});
        if (effect.state == EffectState::unknown || effect.state == EffectState::sent)
            turn.change(SetEffect{effect.id, EffectState::resolved, "failed: " + reason, by});
    }
    parcel.reprints += 1;
    plan_preparation(turn, parcel, reason);
    turn.accept("reprinting",
                {{"tracking", parcel.tracking_number}, {"count", std::to_string(parcel.reprints)}});
}

void reprint_here(Turn& turn, const std::string& reason, const std::string& by) {
    const auto parcel = turn.books.parcel(turn.station.parcel);
    if (!parcel || turn.station.stage != Stage::label) return turn.refuse("nothing_to_reprint");
    reprint(turn, *parcel, reason, by);
}

void on_reprint_asked(Turn& turn, const ReprintAsked& in) {
    const auto parcel = turn.books.parcel(in.parcel);
    if (!parcel)
        return turn.refuse("unknown_parcel", {{"parcel", std::to_string(in.parcel.value)}});
    if (turn.policy.reprint == Policy::Right::supervisor && !is_supervisor(turn, in.by))
        return turn.refuse("not_supervisor", {{"name", in.by}});
    reprint(turn, *parcel, in.reason, in.by);
}

}  // namespace kemas
