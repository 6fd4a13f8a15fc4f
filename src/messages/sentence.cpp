#include "messages/sentence.hpp"

#include <algorithm>
#include <cstdint>

#include "intake/utf8.hpp"

namespace kemas::messages {
namespace {

// U+2028 to U+202E and U+2066 to U+2069: they break lines or turn what follows around.
bool is_unsafe_format(std::string_view text) {
    if (text.size() < 3 || text[0] != '\xE2') return false;
    const auto second = static_cast<std::uint8_t>(text[1]);
    const auto third = static_cast<std::uint8_t>(text[2]);
    return (second == 0x80 && third >= 0xA8 && third <= 0xAE) ||
           (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

// Bytes of the control character at the front of well-formed UTF-8; 0 = there is none.
std::size_t control_size(std::string_view text) {
    const auto first = static_cast<std::uint8_t>(text[0]);
    if (first < 0x20 || first == 0x7F) return 1;
    if (first == 0xC2 && static_cast<std::uint8_t>(text[1]) < 0xA0) return 2;
    return is_unsafe_format(text) ? 3 : 0;
}

tl::unexpected<Fault> wrong(std::string what) {
    return fail(Remedy::call_person, std::move(what));
}

std::string list_of(const MessageShape& shape) {
    if (shape.slots.empty()) return "none";
    std::string text = "{";
    for (const char c : shape.slots) text += c == ' ' ? std::string("}, {") : std::string(1, c);
    return text + "}";
}

}  // namespace

std::string one_line(std::string_view bytes) {
    std::string copy(bytes);
    std::ranges::replace(copy, '\0', '?');
    const auto text = intake::storable(copy);
    std::string_view rest = text;
    std::string line;
    while (!rest.empty()) {
        const auto size = control_size(rest);
        line += size ? '?' : rest[0];
        rest.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return line;
}

Result<Sentence> Sentence::parse(std::string_view text, const MessageShape& shape) {
    if (text.empty()) return wrong("the sentence is empty, expected some words");
    if (one_line(text) != text)
        return wrong("the sentence holds a control character, expected one line of text");
    Sentence sentence;
    while (!text.empty()) {
        const auto brace = text.find_first_of("{}");
        if (brace > 0) sentence.parts_.push_back({false, std::string(text.substr(0, brace))});
        if (brace == std::string_view::npos) break;
        const auto end = text.find('}', brace);
        if (text[brace] == '}' || end == std::string_view::npos)
            return wrong("a brace stands alone, expected {slot}");
        const auto slot = text.substr(brace + 1, end - brace - 1);
        if (!shape.has_slot(slot))
            return wrong("slot {" + std::string(slot) +
                         "} is not in this answer, expected one of: " + list_of(shape));
        sentence.parts_.push_back({true, std::string(slot)});
        text.remove_prefix(end + 1);
    }
    return sentence;
}

std::string Sentence::fill(const std::vector<std::pair<std::string, std::string>>& args) const {
    std::string text;
    for (const auto& part : parts_) {
        if (!part.slot) {
            // An argument may be a whole sentence: one full stop is enough.
            const bool twice = text.ends_with('.') && part.text.starts_with('.');
            text += twice ? std::string_view(part.text).substr(1) : std::string_view(part.text);
            continue;
        }
        const auto arg =
            std::ranges::find(args, part.text, &std::pair<std::string, std::string>::first);
        text += arg == args.end() || arg->second.empty() ? "-" : one_line(arg->second);
    }
    return text;
}

}  // namespace kemas::messages
