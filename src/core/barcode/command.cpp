#include "core/barcode/command.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace kemas::barcode {
namespace {

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
constexpr bool is_verb_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

bool looks_like_command(std::string_view text) {
    return text.starts_with("*K*") || text.starts_with("*k*");
}

std::optional<Command> parse_command(std::string_view text) {
    if (!looks_like_command(text)) return std::nullopt;
    text.remove_prefix(3);

    auto end = std::min(text.find(':'), text.size());
    Command command{std::string(text.substr(0, end)), {}};
    std::transform(command.verb.begin(), command.verb.end(), command.verb.begin(), lower);
    if (command.verb.empty() ||
        !std::all_of(command.verb.begin(), command.verb.end(), is_verb_char)) {
        return std::nullopt;
    }
    while (end < text.size()) {
        text.remove_prefix(end + 1);
        end = std::min(text.find(':'), text.size());
        command.args.emplace_back(text.substr(0, end));
    }
    return command;
}

}  // namespace kemas::barcode
