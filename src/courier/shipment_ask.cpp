#include "courier/shipment_ask.hpp"

#include <set>

namespace kemas::courier {

std::optional<ShipmentAsk> shipment_ask(const Books& books, const EffectRow& effect) {
    const auto kept = books.ask_by_reference(effect.reference);
    const auto parcel = books.parcel(effect.parcel);
    const auto order = parcel ? books.order(parcel->order) : std::nullopt;
    if (!kept || !order) return std::nullopt;
    ShipmentAsk ask;
    ask.reference = kept->reference;
    ask.service = kept->service;
    ask.weight_g = kept->weight.value / 1000;
    if (const auto carton = books.carton(parcel->carton)) ask.outer = carton->outer;
    ask.ship_to = books.person(order->person).value_or(Person{});
    ask.ship_to.postal_code = kept->postal_code;  // as it was when the number was asked for
    ask.area_code = order->area_code;
    ask.cod = kept->cod;
    std::set<OrderId> inside{order->id};  // an order has several lines
    for (const auto& item : books.items(parcel->id)) inside.insert(item.order);
    for (const auto id : inside)
        if (const auto each = books.order(id)) ask.value += each->value;
    return ask;
}

}  // namespace kemas::courier
