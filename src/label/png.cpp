#include "label/png.hpp"

#include <zlib.h>

#include <cassert>
#include <cmath>

namespace kemas::label {
namespace {

void add_number(std::string& out, std::uint32_t n) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((n >> shift) & 0xFF);
}

void add_chunk(std::string& out, const char* kind, const std::string& data) {
    add_number(out, static_cast<std::uint32_t>(data.size()));
    const std::string body = kind + data;
    out += body;
    add_number(out, static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(body.data()),
                                                     static_cast<uInt>(body.size()))));
}

}  // namespace

std::string to_png(const Page& page) {
    std::string rows;
    const auto row_bytes = static_cast<std::size_t>(page.row_bytes());
    rows.reserve((row_bytes + 1) * static_cast<std::size_t>(page.height));
    for (std::size_t y = 0; y < static_cast<std::size_t>(page.height); ++y) {
        rows += '\0';  // PNG row filter: none
        for (std::size_t i = 0; i < row_bytes; ++i)
            rows += static_cast<char>(~page.bits[y * row_bytes + i]);  // PNG: 1 is white
    }
    uLongf size = compressBound(static_cast<uLong>(rows.size()));
    std::string packed(size, '\0');
    const int status =
        compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                  reinterpret_cast<const Bytef*>(rows.data()), static_cast<uLong>(rows.size()), 6);
    assert(status == Z_OK);  // the buffer is as large as zlib asked for
    static_cast<void>(status);
    packed.resize(size);

    std::string header;
    add_number(header, static_cast<std::uint32_t>(page.width));
    add_number(header, static_cast<std::uint32_t>(page.height));
    header +=
        std::string("\x01\x00\x00\x00\x00", 5);  // 1 bit, grey, deflate, plain, not interlaced
    std::string density;
    const auto per_metre = static_cast<std::uint32_t>(std::lround(page.dpi / 0.0254));
    add_number(density, per_metre);
    add_number(density, per_metre);
    density += '\x01';

    std::string out = "\x89PNG\r\n\x1a\n";
    add_chunk(out, "IHDR", header);
    add_chunk(out, "pHYs", density);
    add_chunk(out, "IDAT", packed);
    add_chunk(out, "IEND", "");
    return out;
}

}  // namespace kemas::label
