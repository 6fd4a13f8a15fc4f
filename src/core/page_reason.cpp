#include "core/page_reason.hpp"

namespace kemas {
namespace {

constexpr std::string_view begin = "=page_";

}  // namespace

std::string kept_reason(const Answer& reason) {
    std::string text = "=" + reason.code;
    for (const auto& [slot, value] : reason.args) {
        text += "|" + slot + "=";
        for (const char c : value) text += c == '|' ? ' ' : c;
    }
    return text;
}

std::optional<Answer> reason_kept(std::string_view text) {
    if (!text.starts_with(begin)) return std::nullopt;
    Answer reason;
    text.remove_prefix(1);
    reason.code = std::string(text.substr(0, text.find('|')));
    while (text.find('|') != std::string_view::npos) {
        text.remove_prefix(text.find('|') + 1);
        const auto part = text.substr(0, text.find('|'));
        const auto is = part.find('=');
        if (is == std::string_view::npos) return std::nullopt;
        reason.args.emplace_back(part.substr(0, is), part.substr(is + 1));
    }
    return reason;
}

}  // namespace kemas
