// Which number a parcel gets, and how it is given up again.
#include "core/rules/numbers.hpp"

#include "core/barcode/check_digit.hpp"
#include "core/floor/flows.hpp"
#include "core/numbers/sscc.hpp"
#include "core/rules/packages.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

std::string base36(std::int64_t value) {
    std::string text;
    do {
        const auto digit = static_cast<char>(value % 36);
        text.insert(text.begin(), static_cast<char>(digit < 10 ? '0' + digit : 'A' + digit - 10));
        value /= 36;
    } while (value > 0);
    return text;
}

// Ours for ever: the row of the journal that asks, and its moment, so that a ledger put back from a
// backup does not say the same of another parcel.
std::string new_reference(const Turn& turn) {
    return turn.policy.reference_prefix + "-" + base36(turn.now().value) + "-" +
           base36(turn.recorded.seq);
}

NumberStep from_pool(Turn& turn, Parcel& parcel) {
    const auto number = turn.books.free_number(parcel.courier, parcel.service);
    const auto tongue = turn.policy.tongue;
    if (!number)
        return {NumberStep::Kind::none,
                rating::say(tongue, "no free tracking number for ", "nomor resi habis untuk ") +
                    parcel.courier + " " + parcel.service +
                    rating::say(tongue, ": import some, then release the order",
                                ": impor nomor baru, lalu lepaskan pesanannya")};
    parcel.tracking_number = *number;
    turn.change(SetNumber{*number, NumberState::reserved, parcel.id});
    return {NumberStep::Kind::here, ""};
}

NumberStep counted(Turn& turn, Parcel& parcel) {
    const auto& plan = turn.policy.couriers.at(parcel.courier);
    const auto serial = turn.books.next_serial(plan.company_prefix);
    const auto number = numbers::make_sscc(plan.extension, plan.company_prefix, serial);
    if (!number)
        return {
            NumberStep::Kind::none,
            rating::say(turn.policy.tongue, "the serials of GS1 prefix ",
                        "nomor seri prefiks GS1 ") +
                plan.company_prefix +
                rating::say(turn.policy.tongue,
                            " are used up: change its extension digit or prefix in the site's "
                            "file, then release the order",
                            " habis: ganti digit ekstensi atau prefiksnya di berkas situs, lalu "
                            "lepaskan pesanannya")};
    turn.change(UseSerial{plan.company_prefix, serial});
    turn.change(PutNumber{{parcel.courier, parcel.service, *number}});
    turn.change(SetNumber{*number, NumberState::reserved, parcel.id});
    parcel.tracking_number = *number;
    return {NumberStep::Kind::here, ""};
}

std::optional<Money> cod_of(const Turn& turn, const Parcel& parcel) {
    std::optional<Money> cod;
    for (const auto& order : orders_in(turn, parcel))
        if (order.cod) cod = cod.value_or(Money{}) + *order.cod;
    return cod;
}

// A number refused before is asked for again under the same reference, after a look-up.
NumberStep ask_courier(Turn& turn, Parcel& parcel, std::optional<NumberAsk> before) {
    NumberAsk ask = before.value_or(NumberAsk{});
    int asked = 1;
    if (before) {
        for (const auto& effect : turn.books.effects_of(parcel.id))
            if (effect.reference == ask.reference && effect.kind == EffectKind::get_number) ++asked;
    } else {
        ask.reference = new_reference(turn);
        ask.opened_at = turn.now();
    }
    const auto order = turn.books.order(parcel.order);
    ask.parcel = parcel.id;
    ask.courier = parcel.courier;
    ask.service = parcel.service;
    ask.weight = grams((parcel.gross.value + 999) / 1000);
    ask.postal_code = order ? order->postal_code : "";
    ask.cod = cod_of(turn, parcel);
    ask.state = AskState::asked;
    ask.detail.clear();
    ask.voided_at = {};
    turn.change(PutAsk{ask});
    turn.plan({EffectKind::get_number, parcel.station, parcel.courier, parcel.id, asked, "",
               ask.reference});
    return {NumberStep::Kind::coming, ""};
}

NumberStep bought(Turn& turn, Parcel& parcel) {
    const auto asks = turn.books.asks_of(parcel.id);
    if (asks.empty()) return ask_courier(turn, parcel, std::nullopt);
    const auto& last = asks.back();
    switch (last.state) {
        case AskState::asked:
            return {NumberStep::Kind::coming, ""};
        case AskState::given:
            parcel.tracking_number = last.number;
            return {NumberStep::Kind::here, ""};
        case AskState::doubtful:
            return {NumberStep::Kind::none, "number: " + last.detail};
        case AskState::refused:
            return ask_courier(turn, parcel, last);
        case AskState::voiding:
        case AskState::voided:
        case AskState::kept:
            break;
    }
    return ask_courier(turn, parcel, std::nullopt);
}

void void_number(Turn& turn, const Parcel& parcel, NumberAsk ask, const std::string& why) {
    ask.state = AskState::voiding;
    ask.detail = why;
    turn.change(PutAsk{ask});
    turn.plan(
        {EffectKind::void_number, parcel.station, ask.courier, parcel.id, 1, "", ask.reference});
}

}  // namespace

bool is_courier_act(EffectKind kind) {
    return kind == EffectKind::get_number || kind == EffectKind::void_number ||
           kind == EffectKind::void_extra;
}

NumberStep number_for(Turn& turn, Parcel& parcel) {
    if (const auto why = refusal_of_ours(turn, parcel); !why.empty())
        return {NumberStep::Kind::none, why};
    if (!parcel.tracking_number.empty())
        return {NumberStep::Kind::here, ""};  // kept through a hold
    switch (service_plan(turn.policy.couriers, parcel.courier, parcel.service).source) {
        case NumberSource::http:
            return bought(turn, parcel);
        case NumberSource::sscc:
            return counted(turn, parcel);
        case NumberSource::pool:
            break;
    }
    return from_pool(turn, parcel);
}

bool may_choose_courier(const Turn& turn, const Parcel& parcel) {
    if (parcel.arranged == Arranger::channel) return false;
    if (!parcel.tracking_number.empty()) return false;
    for (const auto& ask : turn.books.asks_of(parcel.id))
        if (ask.state == AskState::asked || ask.state == AskState::given ||
            ask.state == AskState::doubtful)
            return false;
    return true;
}

std::optional<Instead> instead_of(const Turn& turn, const std::string& courier,
                                  const std::string& service) {
    const auto down = [&](const std::string& name, const ServicePlan& plan) {
        return plan.source == NumberSource::http && turn.books.courier_down(name);
    };
    const auto& plan = service_plan(turn.policy.couriers, courier, service);
    if (plan.instead_courier.empty() || !down(courier, plan)) return std::nullopt;
    const Instead other{plan.instead_courier, plan.instead_service};
    if (down(other.courier, service_plan(turn.policy.couriers, other.courier, other.service)))
        return std::nullopt;
    return other;
}

void give_up_number(Turn& turn, Parcel& parcel, const std::string& why) {
    const auto number = parcel.tracking_number;
    bool was_bought = false;
    for (const auto& ask : turn.books.asks_of(parcel.id)) {
        if (ask.state != AskState::given) continue;
        was_bought = was_bought || ask.number == number;
        void_number(turn, parcel, ask, why);
    }
    if (number.empty()) return;
    if (!was_bought) {
        if (!parcel.labelled_at.value && !keeps_number(turn, parcel))
            turn.change(SetNumber{number, NumberState::free, {}});
        parcel.tracking_number.clear();
        return;
    }
    // The paper is worth nothing now: it opens, stages and loads no more.
    const auto own = std::to_string(parcel.id.value);
    turn.change(UnbindCode{number, CodeKind::parcel, own});
    if (auto page = turn.books.label_page_of(parcel.id)) {  // the courier's own label
        for (const auto& code : turn.books.codes_of(parcel.id))
            turn.change(UnbindCode{code, CodeKind::parcel, own});
        page->state = PageState::voided;
        page->reason = why;
        page->settled_at = turn.now();
        page->settled_by = "kemas";
        turn.change(PutLabelPage{*page});
    }
    parcel.tracking_number.clear();
    parcel.label.clear();
    parcel.labelled_at = parcel.printed_at = parcel.staged_at = {};
    parcel.revision += 1;
}

bool has_bought_number(const Turn& turn, const Parcel& parcel) {
    for (const auto& ask : turn.books.asks_of(parcel.id))
        if (ask.state == AskState::given) return true;
    return false;
}

bool keeps_number(const Turn& turn, const Parcel& parcel) {
    return service_plan(turn.policy.couriers, parcel.courier, parcel.service).source !=
           NumberSource::pool;
}

}  // namespace kemas
