#include "app/form_data.hpp"

namespace kemas::app {
namespace {

// The value of name="..." or name=...; empty when it is not there.
std::string parameter(std::string_view head, std::string_view name) {
    const auto wanted = std::string(name) + "=";
    for (auto at = head.find(wanted); at != std::string_view::npos;
         at = head.find(wanted, at + 1)) {
        if (at > 0 && head[at - 1] != ' ' && head[at - 1] != ';') continue;
        auto value = head.substr(at + wanted.size());
        if (value.starts_with('"')) {
            value.remove_prefix(1);
            return std::string(value.substr(0, value.find('"')));
        }
        return std::string(value.substr(0, value.find_first_of("; \r\n")));
    }
    return {};
}

std::string without_folders(std::string name) {
    const auto slash = name.find_last_of("/\\");
    if (slash != std::string::npos) name.erase(0, slash + 1);
    for (char& c : name)
        if (c < ' ' || c == '\x7f') c = '?';
    return name.substr(0, 200);
}

}  // namespace

tl::expected<FormFile, std::string> file_in(std::string_view content_type, std::string_view body) {
    if (!content_type.starts_with("multipart/form-data")) return FormFile{"", std::string(body)};
    const auto word = parameter(content_type, "boundary");
    if (word.empty() || word.size() > 70)
        return tl::unexpected(
            std::string("The form has no boundary: send multipart/form-data anew."));
    const auto mark = "--" + word;
    for (auto at = body.find(mark); at != std::string_view::npos;) {
        const auto head_end = body.find("\r\n\r\n", at);
        const auto next = body.find("\r\n" + mark, at + mark.size());
        if (head_end == std::string_view::npos || next == std::string_view::npos) break;
        const auto head = body.substr(at, head_end - at);
        if (head_end < next && head.find("filename") != std::string_view::npos) {
            const auto from = head_end + 4;
            if (from > next) break;
            return FormFile{without_folders(parameter(head, "filename")),
                            std::string(body.substr(from, next - from))};
        }
        at = next + 2;
    }
    return tl::unexpected(std::string("The form holds no file: send one field with filename=."));
}

}  // namespace kemas::app
