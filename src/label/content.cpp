#include "label/content.hpp"

#include <glib.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace kemas::label {
namespace {

constexpr auto courier_fields = std::to_array<std::string_view>({"area",
                                                                 "cod_amount",
                                                                 "contents",
                                                                 "cost",
                                                                 "courier",
                                                                 "currency",
                                                                 "note",
                                                                 "order_number",
                                                                 "parcel_no",
                                                                 "postal_code",
                                                                 "printed_at",
                                                                 "recipient_address",
                                                                 "recipient_name",
                                                                 "recipient_phone",
                                                                 "reprint",
                                                                 "sender_address",
                                                                 "sender_name",
                                                                 "sender_phone",
                                                                 "service",
                                                                 "shop",
                                                                 "tracking_number",
                                                                 "weight_g"});
constexpr auto logistic_fields = std::to_array<std::string_view>(
    {"area", "contents", "courier", "gross_weight_g", "order_number", "parcel_no", "postal_code",
     "printed_at", "recipient_address", "recipient_name", "reprint", "routing_code",
     "sender_address", "sender_name", "service", "ship_to_country", "sscc", "tracking_number"});
constexpr auto return_fields = std::to_array<std::string_view>(
    {"contents", "courier", "customer_name", "note", "order_number", "printed_at", "reason",
     "recipient_address", "recipient_name", "recipient_phone", "reprint", "return_number",
     "service", "shop", "tracking_number"});
constexpr auto slip_fields = std::to_array<std::string_view>(
    {"area", "cod_amount", "contents", "currency", "note", "order_number", "paid_at", "parcel_no",
     "payment", "postal_code", "printed_at", "recipient_address", "recipient_name",
     "recipient_phone", "sender_name", "sender_phone", "shop", "total", "tracking_number"});
constexpr auto item_fields = std::to_array<std::string_view>(
    {"barcode", "currency", "expiry", "gtin", "location", "lot", "name", "price", "printed_at",
     "quantity", "serial", "size", "sku"});
constexpr auto tote_fields = std::to_array<std::string_view>({"printed_at", "tote", "zone"});
constexpr auto location_fields =
    std::to_array<std::string_view>({"aisle", "direction", "level", "location", "zone"});
constexpr auto badge_fields =
    std::to_array<std::string_view>({"badge", "name", "printed_at", "role", "site"});
constexpr auto commands_fields = std::to_array<std::string_view>({"printed_at", "site", "station"});
// Of place 1 to setup_places: its words, its code as one symbology, and what is written beside it
// (data) or below it (bars).
constexpr auto setup_fields = std::to_array<std::string_view>(
    {"bars_1",       "bars_2",       "bars_3",     "bars_4",       "bluetooth_address",
     "code128_1",    "code128_2",    "code128_3",  "code128_4",    "data_1",
     "data_2",       "data_3",       "data_4",     "datamatrix_1", "datamatrix_2",
     "datamatrix_3", "datamatrix_4", "fnc3_1",     "fnc3_2",       "fnc3_3",
     "fnc3_4",       "gs1_1",        "gs1_2",      "gs1_3",        "gs1_4",
     "manual",       "model",        "name_1",     "name_2",       "name_3",
     "name_4",       "name_en_1",    "name_en_2",  "name_en_3",    "name_en_4",
     "page",         "pages",        "printed_at", "qr_1",         "qr_2",
     "qr_3",         "qr_4",         "scanner",    "site",         "when_1",
     "when_2",       "when_3",       "when_4"});

// Embeddings, overrides and isolates can show digits in another order than they are stored.
bool reorders_text(gunichar c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

}  // namespace

const std::string& LabelContent::at(std::string_view name) const {
    static const std::string empty;
    const auto found = fields.find(std::string(name));
    return found == fields.end() ? empty : found->second;
}

const std::array<std::pair<std::string_view, LayoutKind>, 10> layout_kinds{{
    {"courier", LayoutKind::courier},
    {"logistic", LayoutKind::logistic},
    {"return", LayoutKind::return_label},
    {"packing-slip", LayoutKind::packing_slip},
    {"item", LayoutKind::item},
    {"tote", LayoutKind::tote},
    {"location", LayoutKind::location},
    {"badge", LayoutKind::badge},
    {"commands", LayoutKind::commands},
    {"setup", LayoutKind::setup},
}};

std::span<const std::string_view> fields_of(LayoutKind kind) {
    switch (kind) {
        case LayoutKind::courier:
            break;
        case LayoutKind::logistic:
            return logistic_fields;
        case LayoutKind::return_label:
            return return_fields;
        case LayoutKind::packing_slip:
            return slip_fields;
        case LayoutKind::item:
            return item_fields;
        case LayoutKind::tote:
            return tote_fields;
        case LayoutKind::location:
            return location_fields;
        case LayoutKind::badge:
            return badge_fields;
        case LayoutKind::commands:
            return commands_fields;
        case LayoutKind::setup:
            return setup_fields;
    }
    return courier_fields;
}

bool is_field_of(LayoutKind kind, std::string_view name) {
    const auto fields = fields_of(kind);
    return std::binary_search(fields.begin(), fields.end(), name);
}

tl::expected<std::string, LabelRefusal> cleaned(const std::string& field, const std::string& text) {
    if (text.find('\0') != std::string::npos)
        return tl::unexpected(LabelRefusal{field, "The " + field +
                                                      " holds the control character "
                                                      "U+0000: remove it, then print."});
    if (!g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr))
        return tl::unexpected(LabelRefusal{
            field, "The " + field + " is not valid UTF-8 text: type it again, then print."});
    std::string out;
    out.reserve(text.size());
    const char* end = text.data() + text.size();
    for (const char* at = text.data(); at < end; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (c == '\r') {
            if (at + 1 == end || at[1] != '\n') out += '\n';
        } else if (c == '\t' || c == 0x2028 || c == 0x2029) {
            out += c == '\t' ? ' ' : '\n';
        } else if (c != '\n' && (c < 0x20 || (c >= 0x7F && c < 0xA0))) {
            char code[16];
            std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(c));
            return tl::unexpected(LabelRefusal{field, "The " + field +
                                                          " holds the control character " + code +
                                                          ": remove it, then print."});
        } else if (!reorders_text(c)) {
            out.append(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
        }
    }
    while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
    return out;
}

}  // namespace kemas::label
