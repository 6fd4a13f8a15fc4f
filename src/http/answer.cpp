#include "http/answer.hpp"

#include "intake/json_text.hpp"
#include "intake/label_bytes.hpp"

namespace kemas::http {
namespace json = boost::json;
using intake::FieldFaults;
using intake::JsonFields;

namespace {

constexpr std::size_t kLongestText = 200;

bool is_number_char(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '/' || c == '.';
}

}  // namespace

tl::expected<json::object, FieldFaults> object_of(const Response& response) {
    if (response.content_type.rfind("application/json", 0) != 0)
        return tl::unexpected(FieldFaults{
            {"Content-Type", "is \"" + response.content_type.substr(0, 60) + "\", not JSON"}});
    auto tree = intake::read_json(response.body);
    if (!tree) return tl::unexpected(std::move(tree.error()));
    if (!tree->is_object()) return tl::unexpected(FieldFaults{{"", "is no JSON object"}});
    return std::move(tree->as_object());
}

std::string why_of(const Response& response) {
    if (!response.fault.empty()) return response.fault;
    switch (response.status) {
        case 401:
        case 403:
            return "it refuses our token (HTTP " + std::to_string(response.status) + ")";
        case 429:
            return "we ask too often (HTTP 429)";
        default:
            break;
    }
    const bool elsewhere = response.status >= 300 && response.status < 400;
    return elsewhere ? "it sends us to another address, where we do not go (HTTP " +
                           std::to_string(response.status) + ")"
                     : "HTTP " + std::to_string(response.status);
}

std::string plain_text(JsonFields& fields, std::string_view name, bool required) {
    auto text = fields.text(name);
    if (text.empty() && required) fields.fault(name, "is missing or empty");
    if (text.size() > kLongestText) fields.fault(name, "is longer than 200 bytes");
    for (const char c : text)
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) {
            fields.fault(name, "holds a control character");
            break;
        }
    return text;
}

tl::expected<Refused, FieldFaults> refusal_of(const Response& response) {
    auto body = object_of(response);
    if (!body) return tl::unexpected(std::move(body.error()));
    FieldFaults faults;
    JsonFields fields(*body, "", faults);
    const auto* error = fields.object("error");
    if (!error) return tl::unexpected(FieldFaults{{"error", "is missing in a refusal"}});
    JsonFields inner(*error, "error", faults);
    Refused refused{plain_text(inner, "field", true), plain_text(inner, "reason", true)};
    if (!faults.empty()) return tl::unexpected(std::move(faults));
    return refused;
}

tl::expected<LabelBytes, FieldFaults> label_bytes(JsonFields& fields, const FieldFaults& faults) {
    const auto wrong = [](std::string why) {
        return tl::unexpected(FieldFaults{{"bytes", std::move(why)}});
    };
    LabelBytes label;
    label.format = plain_text(fields, "format", true);
    auto bytes = intake::from_base64(fields.text("bytes"));
    if (!faults.empty()) return tl::unexpected(faults);
    if (!bytes) return wrong("is not base64");
    if (auto why = intake::refusal_of_label(label.format, *bytes); !why.empty())
        return wrong(std::move(why));
    label.bytes = std::move(*bytes);
    return label;
}

std::string tracking_number(JsonFields& fields, std::string_view name) {
    auto text = plain_text(fields, name, true);
    if (text.size() < 4 || text.size() > 40)
        fields.fault(name, "has " + std::to_string(text.size()) + " characters; must have 4 to 40");
    for (const char c : text)
        if (!is_number_char(c)) {
            fields.fault(name, "holds a character that is no letter, digit, '-', '/' or '.'");
            break;
        }
    return text;
}

}  // namespace kemas::http
