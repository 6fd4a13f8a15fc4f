#include "drivers/printer/zpl_base64.hpp"

namespace kemas::printer {
namespace {

int letter(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

}  // namespace

std::string from_zpl_base64(std::string_view text) {
    std::string bytes;
    unsigned bits = 0;
    int held = 0;
    for (const char c : text) {
        if (c == '\r' || c == '\n') continue;
        if (letter(c) < 0) break;
        bits = bits << 6 | static_cast<unsigned>(letter(c));
        if ((held += 6) < 8) continue;
        held -= 8;
        bytes += static_cast<char>(bits >> held & 0xFF);
    }
    return bytes;
}

}  // namespace kemas::printer
