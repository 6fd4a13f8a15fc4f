#include "web/message.hpp"
#include "web/text.hpp"

namespace kemas::web {

Response problem(unsigned status, std::string_view title, std::string_view detail,
                 Pairs extensions) {
    auto document = std::make_shared<Problem>();
    document->title = title;
    document->status = status;
    document->detail = detail;
    document->extensions = std::move(extensions);
    Response response;
    response.status = status;
    response.content_type = "application/problem+json";
    response.problem = std::move(document);
    return response;
}

std::string to_json(const Problem& problem, std::string_view instance) {
    std::string out = "{\"type\":" + json_string(problem.type);
    out += ",\"title\":" + json_string(problem.title);
    out += ",\"status\":" + std::to_string(problem.status);
    out += ",\"detail\":" + json_string(problem.detail);
    out += ",\"instance\":" + json_string(instance);
    for (const auto& [name, value] : problem.extensions) {
        out += "," + json_string(name) + ":" + value;
    }
    return out + "}\n";
}

std::string json_string(std::string_view text) {
    static constexpr char hex[] = "0123456789abcdef";
    std::string out = "\"";
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::size_t length = utf8_length(text.substr(i));
        if (length == 0) {
            out += "\\ufffd";
        } else if (byte == '"' || byte == '\\') {
            out += {'\\', text[i]};
        } else if (byte < 0x20 || byte == 0x7F) {
            out += "\\u00";
            out += {hex[byte >> 4], hex[byte & 15]};
        } else {
            out += text.substr(i, length);
        }
        i += length == 0 ? 1 : length;
    }
    return out + '"';
}

}  // namespace kemas::web
