#include "app/sheet_fields.hpp"

#include "app/label_content.hpp"
#include "app/wall_clock.hpp"

namespace kemas::app {
namespace {

using label::LayoutKind;

// A field that no layout of that kind may use is left out.
void put(Fields& fields, LayoutKind kind, const char* name, const std::string& value) {
    if (!value.empty() && label::is_field_of(kind, name) && !fields.contains(name))
        fields[name] = value;
}

// Goods come back to us: who is named as recipient is the site.
void turn_round(Fields& fields, const Fields& there, const settings::Settings& settings) {
    const auto of = [&](const char* name) {
        const auto it = there.find(name);
        return it == there.end() ? std::string() : it->second;
    };
    fields["customer_name"] = of("recipient_name");
    fields["recipient_name"] = settings.label.sender_name;
    fields["recipient_address"] = settings.label.sender_address;
    fields["recipient_phone"] = settings.label.sender_phone;
    // The returns station opens a return by this number.
    fields["return_number"] = of("tracking_number");
    fields.erase("tracking_number");
    fields.erase("courier");
    fields.erase("service");
}

}  // namespace

Fields parcel_fields(const ReadView& view, const Parcel& parcel, LayoutKind kind,
                     const settings::Settings& settings, Instant now) {
    EffectRow effect;
    effect.planned_at = now;
    const auto known =
        label_content(view.books, parcel, effect, settings, view.books.tariff_head().currency)
            .fields;
    Fields fields;
    for (const auto& [name, value] : known) put(fields, kind, name.c_str(), value);
    if (const auto weight = known.find("weight_g"); weight != known.end() && parcel.gross.value)
        put(fields, kind, "gross_weight_g", weight->second);
    if (const auto order = view.books.order(parcel.order); order && order->value.value > 0)
        put(fields, kind, "total", std::to_string(order->value.value));
    if (kind == LayoutKind::packing_slip)
        put(fields, kind, "payment", known.contains("cod_amount") ? "COD" : "");
    if (kind == LayoutKind::return_label) turn_round(fields, known, settings);
    return fields;
}

void fill_from_books(const ReadView& view, LayoutKind kind, const settings::Settings& settings,
                     Instant now, Fields& fields) {
    put(fields, kind, "printed_at", local_text(now, settings.utc_offset_minutes));
    put(fields, kind, "site", settings.site_name);
    put(fields, kind, "currency", view.books.tariff_head().currency);
    if (kind == LayoutKind::item) {
        const auto it = fields.find("sku");
        const auto sku = it == fields.end() ? std::nullopt : view.books.sku(it->second);
        if (!sku) return;
        put(fields, kind, "name", sku->name);
        auto codes = view.db.query(
            "SELECT code FROM codes WHERE kind = 6 AND quantity = 1 AND ref = ?1 ORDER BY code "
            "LIMIT 1",
            it->second);
        if (codes.next()) put(fields, kind, "barcode", codes.text(0));
    }
    if (kind == LayoutKind::badge) {
        const auto it = fields.find("badge");
        if (it == fields.end()) return;
        const auto owner = settings.site.badges.find(it->second);
        if (owner == settings.site.badges.end()) return;
        const auto who = settings.site.operators.find(owner->second);
        if (who == settings.site.operators.end()) return;
        put(fields, kind, "name", who->second.name);
        put(fields, kind, "role", who->second.supervisor ? "Supervisor" : "Operator");
    }
}

std::string title_of(const std::string& layout, LayoutKind kind, const Fields& fields) {
    const char* telling = "";
    switch (kind) {
        case LayoutKind::courier:
            telling = "tracking_number";
            break;
        case LayoutKind::logistic:
            telling = "sscc";
            break;
        case LayoutKind::return_label:
            telling = "return_number";
            break;
        case LayoutKind::packing_slip:
            telling = "order_number";
            break;
        case LayoutKind::item:
            telling = fields.contains("sku") ? "sku" : "barcode";
            break;
        case LayoutKind::tote:
            telling = "tote";
            break;
        case LayoutKind::location:
            telling = "location";
            break;
        case LayoutKind::badge:  // its code opens the station: nobody reads it in a list
            break;
        case LayoutKind::commands:
            telling = "station";
            break;
    }
    const auto it = fields.find(telling);
    return it == fields.end() || it->second.empty() ? layout : layout + " " + it->second;
}

}  // namespace kemas::app
