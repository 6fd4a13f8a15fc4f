#include "http/answer.hpp"

#include "intake/json_text.hpp"

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
