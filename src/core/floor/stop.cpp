// Stopped orders: how they are refused, and cancel and hold from the floor. A cancellation asks
// twice: the same barcode again confirms.
#include "core/floor/flows.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

// "14:02" on the site's wall clock.
std::string clock_text(Instant at, int utc_offset_minutes) {
    const auto minutes = (at.value / 60000 + utc_offset_minutes) % 1440;
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minutes / 60) + ":" + two(minutes % 60);
}

}  // namespace

bool is_stopped(OrderState state) {
    return state == OrderState::cancelled || state == OrderState::cancel_asked ||
           state == OrderState::on_hold;
}

void refuse_stopped(Turn& turn, const Order& order) {
    turn.refuse(order.state == OrderState::on_hold ? "order_on_hold" : "order_cancelled",
                {{"order", number_of(order)},
                 {"by", order.state_by},
                 {"at", clock_text(order.state_at, turn.policy.utc_offset_minutes)},
                 {"reason", order.reason},
                 {"rack", turn.policy.cancel_rack}});
}

void cancel_here(Turn& turn, const std::string& reason) {
    const auto order = turn.books.order(turn.station.order);
    if (!order) return turn.refuse("open_first");
    if (reason.empty()) return turn.refuse("reason_needed", {{"verb", "cancel"}});
    if (order->arranged == Arranger::channel)
        return turn.refuse("channel_cancels", {{"order", number_of(*order)}});
    if (has_label(turn, order->id))
        return turn.refuse("label_made", {{"order", number_of(*order)}});
    if (turn.station.asked != "cancel" || turn.station.asked_arg != reason) {
        turn.station.asked = "cancel";
        turn.station.asked_arg = reason;
        return turn.accept("cancel_confirm", {{"order", number_of(*order)}});
    }
    cancel_order(turn, *order, turn.station.operator_id, reason);
    leave_job(turn);
    turn.accept("cancelled_here",
                {{"order", number_of(*order)}, {"rack", turn.policy.cancel_rack}});
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
