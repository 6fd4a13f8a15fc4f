#include "intake/label_bytes.hpp"

#include <cstdint>

namespace kemas::intake {
namespace {

constexpr std::string_view png_head("\x89PNG\r\n\x1a\n", 8);

int six_bits(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : -1;
}

}  // namespace

std::string refusal_of_label(std::string_view format, std::string_view bytes) {
    if (bytes.empty()) return "is empty";
    if (bytes.size() > kLargestLabel)
        return "has " + std::to_string(bytes.size()) + " bytes, at most " +
               std::to_string(kLargestLabel) + " were expected";
    if (format == "zpl") return bytes.starts_with("^XA") ? "" : "does not begin with ^XA";
    if (format == "pdf") return bytes.starts_with("%PDF-") ? "" : "does not begin with %PDF-";
    if (format == "png") return bytes.starts_with(png_head) ? "" : "is no PNG";
    return "is of a format that is not zpl, pdf or png";
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0) return std::nullopt;
    std::size_t pads = 0;
    while (pads < 2 && text[text.size() - 1 - pads] == '=') ++pads;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t at = 0; at < text.size(); at += 4) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const bool pad = at + i >= text.size() - pads;
            const int bits = pad ? 0 : six_bits(text[at + i]);
            if (bits < 0) return std::nullopt;
            group = group << 6 | static_cast<std::uint32_t>(bits);
        }
        bytes += static_cast<char>(group >> 16 & 0xff);
        bytes += static_cast<char>(group >> 8 & 0xff);
        bytes += static_cast<char>(group & 0xff);
    }
    bytes.resize(bytes.size() - pads);
    return bytes;
}

}  // namespace kemas::intake
