#include "app/label_content.hpp"

#include <map>

#include "app/wall_clock.hpp"

namespace kemas::app {
namespace {

std::string contents_text(const Books& books, const Parcel& parcel) {
    std::map<std::string, std::int64_t> units;
    for (const auto& item : books.items(parcel.id)) units[item.sku] += item.quantity;
    std::string text;
    for (const auto& [code, quantity] : units) {
        const auto sku = books.sku(code);
        text += (text.empty() ? "" : "\n") + std::to_string(quantity) + " x " +
                (sku && !sku->name.empty() ? sku->name : code);
    }
    return text;
}

// All orders that travel in the parcel, and what is to be collected for them.
struct Travellers {
    std::string numbers, notes;
    std::optional<Money> cod;
};

Travellers travellers(const Books& books, const Parcel& parcel) {
    Travellers all;
    OrderId last;
    for (const auto& item : books.items(parcel.id)) {
        if (item.order == last) continue;
        last = item.order;
        const auto order = books.order(item.order);
        if (!order) continue;
        all.numbers += (all.numbers.empty() ? "" : ", ") + order->key.external_id;
        if (!order->note.empty()) all.notes += (all.notes.empty() ? "" : "; ") + order->note;
        if (order->cod) all.cod = all.cod.value_or(Money{}) + *order->cod;
    }
    return all;
}

std::string area_text(const Person& person) {
    std::string area = person.district;
    if (!person.city.empty()) area += (area.empty() ? "" : ", ") + person.city;
    return area;
}

}  // namespace

label::LabelContent label_content(const Books& books, const Parcel& parcel, const EffectRow& effect,
                                  const settings::Settings& settings, const std::string& currency) {
    label::LabelContent content;
    auto& f = content.fields;
    const auto order = books.order(parcel.order);
    const auto person = order ? books.person(order->person).value_or(Person{}) : Person{};
    const auto all = travellers(books, parcel);
    f["sender_name"] = settings.label.sender_name;
    f["sender_phone"] = settings.label.sender_phone;
    f["sender_address"] = settings.label.sender_address;
    f["recipient_name"] = person.name;
    f["recipient_phone"] = person.phone;
    f["recipient_address"] = person.address;
    f["area"] = area_text(person);
    f["postal_code"] = person.postal_code;
    f["courier"] = parcel.courier;
    f["service"] = parcel.service;
    f["tracking_number"] = parcel.tracking_number;
    f["order_number"] = all.numbers;
    f["weight_g"] = std::to_string((parcel.gross.value + 999) / 1000);
    if (all.cod && all.cod->value > 0) f["cod_amount"] = std::to_string(all.cod->value);
    f["currency"] = currency;
    f["contents"] = contents_text(books, parcel);
    f["note"] = all.notes;
    f["shop"] = order ? order->key.shop : "";
    f["parcel_no"] = std::to_string(parcel.no);
    f["printed_at"] = local_text(effect.planned_at, settings.utc_offset_minutes);
    if (parcel.cost) f["cost"] = std::to_string(parcel.cost->value);
    if (!effect.about.empty()) f["reprint"] = "REPRINT " + std::to_string(parcel.reprints);
    return content;
}

}  // namespace kemas::app
