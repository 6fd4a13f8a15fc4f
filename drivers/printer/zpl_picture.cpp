// Our own raster labels read back: the picture of what a printer got.
#include <zlib.h>

#include <array>
#include <charconv>

#include "drivers/printer/zpl_base64.hpp"
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

}  // namespace

std::optional<Page> page_of(std::string_view zpl) {
    const auto width = number_after(zpl, "^PW");
    const auto height = number_after(zpl, "^LL");
    const auto start = zpl.find(":Z64:");
    if (!width || !height || start == std::string_view::npos) return std::nullopt;
    const auto packed = from_zpl_base64(zpl.substr(start + 5));
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
