// A failed pickup or a new number: the paper made before must not leave the building.
#include "core/floor/flows.hpp"
#include "core/rules/packages.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

// Prints that have not begun are off; one that runs ends by itself and counts for nothing.
void call_off_prints(Turn& turn, const Parcel& parcel) {
    for (const auto& effect : turn.books.effects_of(parcel.id)) {
        if (effect.kind == EffectKind::divert || is_channel_act(effect.kind)) continue;
        if (effect.state == EffectState::planned)
            turn.change(SetEffect{effect.id, EffectState::failed, "the label is void", "kemas"});
        if (effect.state == EffectState::unknown || effect.state == EffectState::sent)
            turn.change(SetEffect{effect.id, EffectState::resolved, "the label is void", "kemas"});
    }
}

bool taken_by_another(const Turn& turn, const std::string& number, ParcelId own) {
    for (const auto& meaning : turn.books.meanings(number))
        if ((meaning.kind == CodeKind::parcel || meaning.kind == CodeKind::void_label) &&
            meaning.ref != std::to_string(own.value))
            return true;
    return false;
}

}  // namespace

void void_label(Turn& turn, Parcel& parcel, const std::string& reason, const std::string& by) {
    const auto own = std::to_string(parcel.id.value);
    for (const auto& code : turn.books.codes_of(parcel.id)) {
        turn.change(UnbindCode{code, CodeKind::parcel, own});
        turn.change(BindCode{code, {CodeKind::void_label, own, 1}});
    }
    if (auto page = turn.books.label_page_of(parcel.id)) {
        page->state = PageState::voided;
        page->reason = reason;
        page->settled_at = turn.now();
        page->settled_by = by;
        turn.change(PutLabelPage{*page});
    }
    call_off_prints(turn, parcel);
    tell_parcel(turn, parcel, "label_void", by);
    parcel.label.clear();
    parcel.labelled_at = parcel.printed_at = parcel.staged_at = {};
    turn.change(PutParcel{parcel});
    for (const auto& each : orders_in(turn, parcel))
        if (each.state == OrderState::packed || each.state == OrderState::shipped)
            set_state(turn, each, OrderState::packing, by, reason);
}

void on_shipment_rearranged(Turn& turn, const ShipmentRearranged& in) {
    auto parcel = turn.books.parcel(in.parcel);
    const auto order = parcel ? turn.books.order(parcel->order) : std::nullopt;
    if (!order) return turn.refuse("unknown_parcel", {{"parcel", std::to_string(in.parcel.value)}});
    const auto before = parcel->tracking_number;
    if (parcel->arranged != Arranger::channel)
        return turn.refuse("not_the_channels", {{"tracking", before}});
    if (parcel->handed_over_at.value)
        return turn.refuse("already_handed_over", {{"tracking", before}});
    if (parcel->voided_at.value) return turn.refuse("parcel_void", {{"tracking", before}});
    const bool anew = !in.tracking_number.empty() && in.tracking_number != before;
    if (anew && taken_by_another(turn, in.tracking_number, parcel->id))
        return turn.refuse("number_taken", {{"number", in.tracking_number}, {"order", "-"}});
    void_label(turn, *parcel, in.reason, in.by);
    if (anew) {
        parcel->tracking_number = in.tracking_number;
        turn.change(PutParcel{*parcel});
        turn.change(
            BindCode{in.tracking_number, {CodeKind::parcel, std::to_string(parcel->id.value), 1}});
        bind_waiting_page(turn, *order, *parcel);
    }
    turn.accept("label_voided",
                {{"tracking", before}, {"number", parcel->tracking_number}, {"reason", in.reason}});
}

}  // namespace kemas
