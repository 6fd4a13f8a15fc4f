// A barcode seen in a picture, and the kinds that may be looked for. Shared by the daemon and the
// child that decodes; knows no library.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kemas::camera {

struct Corner {
    int x = 0, y = 0;
};

struct Barcode {
    std::string format;             // one of kFormats
    std::string aim;                // AIM identifier, "]C1"
    std::string text;               // as read; may hold any byte
    bool sets_up_reader = false;    // a programming symbol: never data (FNC3 in Code 128)
    std::array<Corner, 4> corners;  // in pixels: top left, top right, bottom right, bottom left, as
                                    // the symbol stands
    int centre_x() const { return (corners[0].x + corners[2].x) / 2; }
    int centre_y() const { return (corners[0].y + corners[2].y) / 2; }
};

// In the order of their bits. GS1 DataBar is left out: Debian's ZXing 1.4 aborts on it.
inline constexpr std::array<std::string_view, 11> kFormats{
    "Code128", "Code39",     "EAN-13", "EAN-8", "UPC-A",   "ITF",
    "QRCode",  "DataMatrix", "PDF417", "Aztec", "MaxiCode"};

using FormatSet = std::uint32_t;  // bit i = kFormats[i]

constexpr std::optional<FormatSet> format_bit(std::string_view name) {
    for (std::size_t i = 0; i < kFormats.size(); ++i)
        if (kFormats[i] == name) return FormatSet{1} << i;
    return std::nullopt;
}

// What a warehouse reads: fewer kinds, fewer misreadings.
inline constexpr FormatSet kUsualFormats = *format_bit("Code128") | *format_bit("EAN-13") |
                                           *format_bit("UPC-A") | *format_bit("ITF") |
                                           *format_bit("QRCode") | *format_bit("DataMatrix");

constexpr bool is_linear(std::string_view format) {
    return format != "QRCode" && format != "DataMatrix" && format != "PDF417" &&
           format != "Aztec" && format != "MaxiCode";
}

}  // namespace kemas::camera
