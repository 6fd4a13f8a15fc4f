#include <algorithm>

#include "core/rules/packages.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

Fact order_fact(const Order& order, OrderState state, const std::string& by,
                const std::string& reason) {
    Fact fact;
    fact.kind = FactKind::order;
    fact.order = order.key;
    fact.status = std::string(to_text(state));
    fact.by = by;
    fact.reason = reason;
    return fact;
}

std::optional<FloorEvent> event_of(const std::string& parcel_status) {
    if (parcel_status == "closed") return FloorEvent::packed;
    if (parcel_status == "staged") return FloorEvent::staged;
    if (parcel_status == "handed_over") return FloorEvent::handed_over;
    return std::nullopt;
}

}  // namespace

void set_state(Turn& turn, const Order& order, OrderState to, const std::string& by,
               const std::string& reason) {
    turn.change(SetOrderState{order.id, order.state, to, by, reason});
    turn.fact(order_fact(order, to, by, reason));
}

Fact line_fact(const Order& order, const Line& line, const std::string& status,
               const std::string& by) {
    Fact fact;
    fact.kind = FactKind::line;
    fact.order = order.key;
    fact.status = status;
    fact.line_no = line.no;
    fact.sku = line.sku;
    fact.quantity = status == "picked" ? line.picked : line.packed;
    fact.by = by;
    return fact;
}

Fact parcel_fact(const Order& order, const Parcel& parcel, const std::string& status,
                 const std::string& by) {
    Fact fact;
    fact.kind = FactKind::parcel;
    fact.order = order.key;
    fact.status = status;
    fact.parcel = parcel.id;
    fact.courier = parcel.courier;
    fact.service = parcel.service;
    fact.tracking_number = parcel.labelled_at.value || parcel.arranged == Arranger::channel
                               ? parcel.tracking_number
                               : std::string{};
    fact.weight = parcel.gross;
    fact.cost = parcel.cost;
    fact.by = by;
    return fact;
}

std::vector<ParcelItem> items_now(const Turn& turn, ParcelId id) {
    auto items = turn.books.items(id);
    for (const auto& change : turn.decision.changes) {
        const auto* pack = std::get_if<PackItem>(&change);
        if (!pack || pack->parcel != id) continue;
        const auto it = std::ranges::find_if(items, [&](const auto& item) {
            return item.order == pack->order && item.line_no == pack->line_no;
        });
        if (it != items.end())
            it->quantity += pack->delta;
        else
            items.push_back({pack->order, pack->line_no, pack->sku, pack->delta});
    }
    return items;
}

std::vector<Order> orders_in(const Turn& turn, const Parcel& parcel) {
    std::vector<Order> orders;
    for (const auto& item : items_now(turn, parcel.id)) {
        const bool known =
            std::ranges::any_of(orders, [&](const auto& o) { return o.id == item.order; });
        if (known || item.quantity <= 0) continue;
        if (auto order = turn.books.order(item.order)) orders.push_back(std::move(*order));
    }
    return orders;
}

void tell_parcel(Turn& turn, const Parcel& parcel, const std::string& status,
                 const std::string& by) {
    for (const auto& order : orders_in(turn, parcel))
        turn.fact(parcel_fact(order, parcel, status, by));
    const auto event = event_of(status);
    const auto order = event && parcel.arranged == Arranger::channel
                           ? turn.books.order(parcel.order)
                           : std::nullopt;
    if (order) channel_event(turn, *order, parcel, *event);
}

}  // namespace kemas
