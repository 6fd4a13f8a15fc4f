// A page as PWG raster (PWG 5102.4): a header of 1796 bytes, then rows packed by repeats.
#include <cstring>

#include "drivers/printer/raster_codecs.hpp"

namespace kemas::printer {
namespace {

constexpr std::size_t header_bytes = 1796;
constexpr std::uint32_t color_space_black = 3;
constexpr int most_repeats = 256, most_run = 128;

// Offsets of the fields, 5102.4 table 2; those left out are 0.
void put(std::string& header, std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i)
        header[at + i] = static_cast<char>(value >> (24 - 8 * i) & 0xFF);
}

std::string header_of(const Page& page) {
    std::string header(header_bytes, '\0');
    const std::string_view keyword = "PwgRaster";
    header.replace(0, keyword.size(), keyword);
    // Points of 1/72 inch, rounded: readers take the size from the dots.
    const auto points = [per_inch = dots_per_mm(page.dpi) * 254](int dots) {
        return static_cast<std::uint32_t>((dots * 1440 + per_inch) / (2 * per_inch));
    };
    const auto dpi = static_cast<std::uint32_t>(page.dpi);
    put(header, 276, dpi);
    put(header, 280, dpi);
    put(header, 340, 1);  // copies
    put(header, 352, points(page.width));
    put(header, 356, points(page.height));
    put(header, 372, static_cast<std::uint32_t>(page.width));
    put(header, 376, static_cast<std::uint32_t>(page.height));
    put(header, 384, 1);  // bits a colour
    put(header, 388, 1);  // bits a dot
    put(header, 392, static_cast<std::uint32_t>(page.row_bytes()));
    put(header, 400, color_space_black);
    put(header, 420, 1);  // colours
    put(header, 452, 1);  // pages
    put(header, 456, 1);  // cross feed and feed are not turned around
    put(header, 460, 1);
    return header;
}

// 0..127: the next byte n + 1 times; 129..255: 257 - n bytes as they are.
void pack_row(const std::uint8_t* row, int bytes, std::string& out) {
    for (int i = 0; i < bytes;) {
        int run = 1;
        while (i + run < bytes && run < most_run && row[i + run] == row[i]) ++run;
        if (run > 1 || i + 1 == bytes) {
            out += static_cast<char>(run - 1);
            out += static_cast<char>(row[i]);
            i += run;
            continue;
        }
        int own = 1;
        while (i + own < bytes && own < most_run &&
               (i + own + 1 == bytes || row[i + own] != row[i + own + 1]))
            ++own;
        if (own == 1) {
            out += '\0';
            out += static_cast<char>(row[i++]);
            continue;
        }
        out += static_cast<char>(257 - own);
        out.append(reinterpret_cast<const char*>(row + i), static_cast<std::size_t>(own));
        i += own;
    }
}

}  // namespace

std::string encode_pwg(const Page& page) {
    std::string out = "RaS2" + header_of(page);
    const auto row_bytes = static_cast<std::size_t>(page.row_bytes());
    for (int y = 0; y < page.height;) {
        const auto* row = page.bits.data() + static_cast<std::size_t>(y) * row_bytes;
        int same = 1;
        while (y + same < page.height && same < most_repeats &&
               std::memcmp(row, row + static_cast<std::size_t>(same) * row_bytes, row_bytes) == 0)
            ++same;
        out += static_cast<char>(same - 1);
        pack_row(row, page.row_bytes(), out);
        y += same;
    }
    return out;
}

}  // namespace kemas::printer
