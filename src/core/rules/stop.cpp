// Cancel, hold and release: from upstream at any moment, and what the goods and the label need
// then.
#include <algorithm>

#include "core/floor/flows.hpp"
#include "core/rules/numbers.hpp"
#include "core/rules/packages.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

std::string key_text(const OrderKey& key) {
    return key.channel + "/" + key.shop + "/" + key.external_id;
}

std::optional<Order> order_named(Turn& turn, const OrderKey& key) {
    if (const auto id = turn.books.order_by_key(key)) return turn.books.order(*id);
    turn.refuse("unknown_order", {{"order", key_text(key)}});
    return std::nullopt;
}

bool is_gone(OrderState state) {
    switch (state) {
        case OrderState::shipped:
        case OrderState::delivered:
        case OrderState::completed:
        case OrderState::returned:
            return true;
        default:
            return false;
    }
}

// Goods already taken go to the cancel rack, in the books as on the floor.
void move_to_rack(Turn& turn, const Order& order, const std::vector<Line>& lines) {
    turn.change(PutLocation{turn.policy.cancel_rack, 0});
    for (auto line : lines) {
        auto unmarked = line.picked;
        const auto move = [&](const std::string& lot, std::int64_t units) {
            if (units > 0)
                turn.change(MoveStock{line.sku, lot, "", turn.policy.cancel_rack, units,
                                      "cancelled", order.id, line.no});
        };
        for (const auto& [marks, units] : turn.books.marks_of(order.id, line.no)) {
            turn.change(MarkItem{order.id, line.no, line.sku, marks, -units});
            move(marks.lot, units);
            unmarked -= units;
        }
        move("", unmarked);
        line.picked = line.packed = 0;
        turn.change(SetLine{order.id, line});
    }
    for (const auto& parcel : turn.books.parcels_of(order.id))
        for (const auto& item : turn.books.items(parcel.id))
            if (item.order == order.id && item.quantity > 0)
                turn.change(PackItem{parcel.id, order.id, item.line_no, item.sku, -item.quantity});
}

// What the packer must take out of a parcel that goes on without this order.
std::string take_out_text(const Turn& turn, const Order& order, ParcelId parcel) {
    std::string text;
    for (const auto& item : turn.books.items(parcel))
        if (item.order == order.id)
            text += (text.empty() ? "" : ", ") + std::to_string(item.quantity) + " x " +
                    name_of(turn, item.sku);
    return text;
}

OrderId other_order_in(const Turn& turn, const Order& order, const Parcel& parcel) {
    if (parcel.order != order.id) return parcel.order;
    for (const auto& item : turn.books.items(parcel.id))
        if (item.order != order.id) return item.order;
    return {};
}

// The parcels of a cancelled order. One that also carries a living order of the same buyer goes on
// with that one; any other is void: never staged, and a number merely reserved goes back.
void leave_parcels(Turn& turn, const Order& order) {
    for (auto parcel : turn.books.parcels_of(order.id)) {
        if (parcel.voided_at.value) continue;
        if (const auto other = other_order_in(turn, order, parcel)) {
            parcel.order = other;
            parcel.hold = take_out_text(turn, order, parcel.id);
        } else if (parcel.order == order.id) {
            if (parcel.arranged == Arranger::us)
                give_up_number(turn, parcel, number_of(order) + " was cancelled");
            parcel.voided_at = turn.now();
        }
        turn.change(PutParcel{parcel});
    }
}

// What was paid for a label that nobody wants is asked back while it can be: its paper says nothing
// any more. A number of the pool cost nothing, and its parcel stays as it is.
void give_up_bought(Turn& turn, const Order& order, const std::string& by) {
    for (auto parcel : turn.books.parcels_of(order.id)) {
        if (parcel.voided_at.value || parcel.handed_over_at.value ||
            parcel.arranged != Arranger::us || !has_bought_number(turn, parcel) ||
            other_order_in(turn, order, parcel))
            continue;
        give_up_number(turn, parcel, number_of(order) + " was cancelled by " + by);
        turn.change(PutParcel{parcel});
    }
}

bool is_staged(const Turn& turn, OrderId id) {
    const auto parcels = turn.books.parcels_of(id);
    return std::ranges::any_of(parcels,
                               [](const auto& parcel) { return parcel.staged_at.value != 0; });
}

// Where an order goes back to when its hold ends: as far as its goods had come.
OrderState state_after_hold(const std::vector<Line>& lines) {
    const bool packed = std::ranges::any_of(lines, [](const auto& l) { return l.packed > 0; });
    if (packed) return OrderState::packing;
    const bool picked = std::ranges::any_of(lines, [](const auto& l) { return l.picked > 0; });
    return picked ? OrderState::picking : OrderState::released;
}

bool has_reservation(const Turn& turn, const Order& order, const std::vector<Line>& lines) {
    return std::ranges::all_of(lines, [&](const auto& line) {
        return line.picked >= line.wanted() || !turn.books.reservations(order.id, line.no).empty();
    });
}

}  // namespace

bool has_label(const Turn& turn, OrderId id) {
    // A channel's label is there from the start; what counts is whether the parcel is sealed.
    for (const auto& parcel : turn.books.parcels_of(id)) {
        if (parcel.voided_at.value) continue;
        if (parcel.arranged == Arranger::us ? parcel.labelled_at.value != 0
                                            : parcel.staged_at.value != 0)
            return true;
    }
    return false;
}

void cancel_order(Turn& turn, const Order& order, const std::string& by,
                  const std::string& reason) {
    const auto lines = turn.books.lines(order.id);
    release_reservations(turn, order.id, lines);
    move_to_rack(turn, order, lines);
    leave_parcels(turn, order);
    set_state(turn, order, OrderState::cancelled, by, reason);
}

void on_cancel_asked(Turn& turn, const CancelAsked& in) {
    const auto order = order_named(turn, in.key);
    if (!order) return;
    const Turn::Args args{{"order", key_text(in.key)}};
    if (order->state == OrderState::cancelled || order->state == OrderState::cancel_asked)
        return turn.accept("already_cancelled", args);
    if (is_gone(order->state))
        return turn.refuse("too_late_to_cancel", {{"order", key_text(in.key)},
                                                  {"state", std::string(to_text(order->state))}});
    if (has_label(turn, order->id) || is_staged(turn, order->id)) {
        set_state(turn, *order, OrderState::cancel_asked, in.by, in.reason);
        give_up_bought(turn, *order, in.by);
        return turn.accept("cancel_asked", args);
    }
    cancel_order(turn, *order, in.by, in.reason);
    turn.accept("cancelled", args);
}

void on_hold_asked(Turn& turn, const HoldAsked& in) {
    const auto order = order_named(turn, in.key);
    if (!order) return;
    if (is_gone(order->state) || order->state == OrderState::cancelled)
        return turn.refuse("too_late_to_hold", {{"order", key_text(in.key)},
                                                {"state", std::string(to_text(order->state))}});
    set_state(turn, *order, OrderState::on_hold, in.by, in.reason);
    turn.accept("held", {{"order", key_text(in.key)}});
}

void on_hold_released(Turn& turn, const HoldReleased& in) {
    const auto order = order_named(turn, in.key);
    if (!order) return;
    const Turn::Args args{{"order", key_text(in.key)}};
    if (order->state != OrderState::on_hold && order->state != OrderState::backordered &&
        order->state != OrderState::cancel_asked)  // the buyer took the cancellation back
        return turn.accept("not_on_hold", args);
    const auto lines = turn.books.lines(order->id);
    for (const auto& line : lines)
        if (!turn.books.sku(line.sku))
            return turn.refuse("still_unknown_sku",
                               {{"order", key_text(in.key)}, {"sku", line.sku}});
    if (!has_reservation(turn, *order, lines)) {
        release_reservations(turn, order->id, lines);
        if (const auto missing = allocate(turn, order->id, lines); !missing.empty())
            return turn.refuse("still_missing",
                               {{"order", key_text(in.key)}, {"missing", missing}});
    }
    auto state = state_after_hold(lines);
    if (is_staged(turn, order->id)) state = OrderState::packed;
    for (auto parcel : turn.books.parcels_of(order->id)) {
        if (parcel.hold.empty()) continue;
        parcel.hold.clear();
        turn.change(PutParcel{parcel});
    }
    set_state(turn, *order, state, in.by, "");
    clear_trouble(turn, *order);
    auto going_on = *order;
    going_on.state = state;
    channel_event(turn, going_on, FloorEvent::released);
    turn.accept("released", args);
}

}  // namespace kemas
