#include "drivers/profile/byte_text.hpp"

#include <array>
#include <charconv>
#include <cstdint>

namespace kemas::profile {
namespace {

constexpr std::array<std::string_view, 33> kNames{
    "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS",  "TAB", "LF",
    "VT",  "FF",  "CR",  "SO",  "SI",  "DLE", "DC1", "DC2", "DC3", "DC4", "NAK",
    "SYN", "ETB", "CAN", "EM",  "SUB", "ESC", "FS",  "GS",  "RS",  "US",  "SP"};

std::optional<char> named(std::string_view name) {
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name) return static_cast<char>(i);
    if (!name.starts_with("0x") || name.size() != 4) return std::nullopt;
    std::uint8_t code = 0;
    const auto [end, error] = std::from_chars(name.data() + 2, name.data() + name.size(), code, 16);
    if (error != std::errc{} || end != name.data() + name.size()) return std::nullopt;
    return static_cast<char>(code);
}

}  // namespace

std::optional<std::string> parse_bytes(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const char c = text.front();
        if (c != '<') {
            if (c < 0x20 || c > 0x7E) return std::nullopt;
            result += c;
            text.remove_prefix(1);
            continue;
        }
        const auto end = text.find('>');
        if (end == std::string_view::npos) return std::nullopt;
        const auto byte = named(text.substr(1, end - 1));
        if (!byte) return std::nullopt;
        result += *byte;
        text.remove_prefix(end + 1);
    }
    return result;
}

std::string to_byte_text(std::string_view bytes) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string result;
    for (const char c : bytes) {
        const auto code = static_cast<std::uint8_t>(c);
        if (code < 0x20)
            result += "<" + std::string(kNames[code]) + ">";
        else if (code > 0x7E || c == '<')
            result += std::string("<0x") + kDigits[code >> 4] + kDigits[code & 15] + ">";
        else
            result += c;
    }
    return result;
}

}  // namespace kemas::profile
