// The label is scanned back: proof that the right paper is on the right parcel.
#include <algorithm>

#include "core/floor/flows.hpp"
#include "core/rules/packages.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

// An order stopped after its label was made: the parcel must not leave.
const Order* stopped_order(const std::vector<Order>& orders) {
    for (const auto& order : orders)
        if (is_stopped(order.state)) return &order;
    return nullptr;
}

// Whether the order has nothing left to pack and no other parcel still on the bench.
bool all_staged(const Turn& turn, const Order& order, ParcelId this_one) {
    for (const auto& line : turn.books.lines(order.id))
        if (line.packed < line.wanted()) return false;
    for (const auto& parcel : turn.books.parcels_of(order.id))
        if (parcel.id != this_one && !parcel.voided_at.value && !parcel.staged_at.value)
            return false;
    return true;
}

// A print nobody could vouch for: the scan is the proof.
void settle_prints(Turn& turn, const Parcel& parcel) {
    for (const auto& effect : turn.books.effects_of(parcel.id))
        if (effect.kind == EffectKind::print_label && effect.state == EffectState::sent)
            turn.change(
                SetEffect{effect.id, EffectState::done, "label scanned", turn.station.operator_id});
        else if (effect.kind == EffectKind::print_label && effect.state == EffectState::unknown)
            turn.change(SetEffect{effect.id, EffectState::resolved, "done: label scanned",
                                  turn.station.operator_id});
}

void stage(Turn& turn, Parcel parcel) {
    settle_prints(turn, parcel);
    parcel.staged_at = turn.now();
    if (!parcel.printed_at.value) parcel.printed_at = turn.now();
    turn.change(PutParcel{parcel});
    tell_parcel(turn, parcel, "staged", turn.station.operator_id);
    bool complete = true;
    for (const auto& order : orders_in(turn, parcel)) {
        if (!all_staged(turn, order, parcel.id)) {
            complete = false;
            continue;
        }
        set_state(turn, order, OrderState::packed, turn.station.operator_id, "");
        if (turn.policy.ship_on == Policy::ShipOn::staged) ship(turn, order);
    }
    if (turn.station.parcel == parcel.id) leave_job(turn);
    turn.accept(complete ? "staged" : "staged_more",
                {{"tracking", number_of(parcel)}, {"courier", parcel.courier}});
}

// Ready to leave the bench: packed, weighed, and its label made (ours) or given (the channel's).
bool ready_to_stage(const Turn& turn, const Parcel& parcel) {
    if (!parcel.closed_at.value || !parcel.weighed_at.value) return false;
    if (parcel.labelled_at.value) return true;
    if (parcel.arranged == Arranger::us) return false;
    // Where the channel has a service, its label comes from there before the parcel may go.
    return !parcel.label.empty() || !package_now(turn, parcel.id);
}

}  // namespace

void on_label_scanned(Turn& turn, const Parcel& parcel) {
    if (turn.station.kind == StationKind::returns) return open_return(turn, parcel);
    auto orders = orders_in(turn, parcel);
    if (orders.empty())
        if (const auto order = turn.books.order(parcel.order)) orders.push_back(*order);
    if (const auto* order = stopped_order(orders)) {
        refuse_stopped(turn, *order);
        if (turn.station.parcel == parcel.id) leave_job(turn);
        return;
    }
    if (parcel.voided_at.value)
        return turn.refuse("parcel_void", {{"tracking", number_of(parcel)}});
    if (turn.station.kind == StationKind::dock) return on_dock_scan(turn, parcel);
    if (parcel.staged_at.value)
        return turn.refuse("already_staged", {{"tracking", number_of(parcel)}});
    if (ready_to_stage(turn, parcel)) return stage(turn, parcel);
    open_order(turn, parcel.order);
}

}  // namespace kemas
