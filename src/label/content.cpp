#include "label/content.hpp"

#include <glib.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace kemas::label {
namespace {

constexpr std::array<std::string_view, 22> courier_fields{"area",
                                                          "contents",
                                                          "cost",
                                                          "courier",
                                                          "cod_amount",
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
                                                          "weight_g"};

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

bool is_courier_field(std::string_view name) {
    return std::find(courier_fields.begin(), courier_fields.end(), name) != courier_fields.end();
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
