// Our own raster labels read back: the picture of what a printer got.
#include <zlib.h>

#include <array>
#include <charconv>

#include "drivers/printer/zpl_codec.hpp"

namespace kemas::printer {
namespace {

constexpr int largest_side = 8192;  // dots

std::optional<int> number_after(std::string_view zpl, std::string_view name) {
    const auto at = zpl.find(name);
    if (at == std::string_view::npos) return std::nullopt;
    int value = 0;
    const auto* begin = zpl.data() + at + name.size();
    const auto [end, ec] = std::from_chars(begin, zpl.data() + zpl.size(), value);
    return ec == std::errc{} && value > 0 && value <= largest_side ? std::optional(value)
                                                                   : std::nullopt;
}

int digit(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

std::string from_base64(std::string_view text) {
    std::string bytes;
    unsigned bits = 0;
    int held = 0;
    for (const char c : text) {
        if (digit(c) < 0) break;
        bits = bits << 6 | static_cast<unsigned>(digit(c));
        held += 6;
        if (held < 8) continue;
        held -= 8;
        bytes += static_cast<char>(bits >> held & 0xFF);
    }
    return bytes;
}

}  // namespace

std::optional<Page> page_of(std::string_view zpl) {
    const auto width = number_after(zpl, "^PW");
    const auto height = number_after(zpl, "^LL");
    const auto start = zpl.find(":Z64:");
    if (!width || !height || start == std::string_view::npos) return std::nullopt;
    const auto packed = from_base64(zpl.substr(start + 5));
    Page page{*width, *height, 203, {}};
    page.bits.resize(static_cast<std::size_t>(page.row_bytes()) *
                     static_cast<std::size_t>(*height));
    uLongf size = page.bits.size();
    const auto code = uncompress(page.bits.data(), &size,
                                 reinterpret_cast<const Bytef*>(packed.data()), packed.size());
    if (code != Z_OK || size != page.bits.size()) return std::nullopt;
    return page;
}

}  // namespace kemas::printer
