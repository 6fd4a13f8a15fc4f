// Cancel and hold from the floor. A cancellation asks twice: the same barcode again confirms.
#include "core/floor/flows.hpp"
#include "core/rules/rules.hpp"

namespace kemas {

void cancel_here(Turn& turn, const std::string& reason) {
    const auto order = turn.books.order(turn.station.order);
    if (!order) return turn.refuse("open_first");
    if (reason.empty()) return turn.refuse("reason_needed", {{"verb", "cancel"}});
    if (order->arranged == Arranger::channel)
        return turn.refuse("channel_cancels", {{"order", number_of(*order)}});
    if (has_label(turn, order->id)) return turn.refuse("label_made", {{"order", number_of(*order)}});
    if (turn.station.asked != "cancel" || turn.station.asked_arg != reason) {
        turn.station.asked = "cancel";
        turn.station.asked_arg = reason;
        return turn.accept("cancel_confirm", {{"order", number_of(*order)}});
    }
    cancel_order(turn, *order, turn.station.operator_id, reason);
    leave_job(turn);
    turn.accept("cancelled_here", {{"order", number_of(*order)}, {"rack", turn.policy.cancel_rack}});
}

void hold_here(Turn& turn, const std::string& reason) {
    const auto order = turn.books.order(turn.station.order);
    if (!order) return turn.refuse("open_first");
    if (reason.empty()) return turn.refuse("reason_needed", {{"verb", "hold"}});
    set_state(turn, *order, OrderState::on_hold, turn.station.operator_id, reason);
    leave_job(turn);
    turn.accept("held_here", {{"order", number_of(*order)}, {"rack", turn.policy.cancel_rack}});
}

}  // namespace kemas
