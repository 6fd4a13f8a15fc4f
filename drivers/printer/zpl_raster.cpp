#include <libdeflate.h>

#include <array>
#include <cassert>
#include <cstdio>
#include <memory>

#include "drivers/printer/zpl_codec.hpp"

namespace kemas::printer {
namespace {

// Labels are mostly white: a low level packs them nearly as well and several times faster.
constexpr int deflate_level = 1;

// As a zlib stream, which Z64 is.
std::string deflated(const std::vector<std::uint8_t>& bytes) {
    using Compressor =
        std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)>;
    thread_local const Compressor compressor(libdeflate_alloc_compressor(deflate_level),
                                             libdeflate_free_compressor);
    assert(compressor);  // it asks for a megabyte once a thread
    std::string out(libdeflate_zlib_compress_bound(compressor.get(), bytes.size()), '\0');
    const auto size = libdeflate_zlib_compress(compressor.get(), bytes.data(), bytes.size(),
                                               out.data(), out.size());
    assert(size > 0);  // the buffer is as large as libdeflate asked for
    out.resize(size);
    return out;
}

constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// The two letters of twelve bits.
constexpr auto letter_pairs = [] {
    std::array<std::array<char, 2>, 4096> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = {letters[i >> 6], letters[i & 63]};
    return out;
}();

std::string base64(std::string_view bytes) {
    std::string out((bytes.size() + 2) / 3 * 4, '=');
    const auto byte = [&](std::size_t i) {
        return i < bytes.size() ? static_cast<std::uint8_t>(bytes[i]) : std::uint8_t{0};
    };
    char* to = out.data();
    for (std::size_t i = 0; i < bytes.size(); i += 3, to += 4) {
        const auto word =
            static_cast<std::uint32_t>(byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2));
        const auto& first = letter_pairs[word >> 12];
        const auto& second = letter_pairs[word & 0xFFF];
        to[0] = first[0];
        to[1] = first[1];
        if (i + 1 < bytes.size()) to[2] = second[0];
        if (i + 2 < bytes.size()) to[3] = second[1];
    }
    return out;
}

// What a byte does to the sum from 0 to 3 places further on.
constexpr auto crc_tables = [] {
    std::array<std::array<std::uint16_t, 256>, 4> out{};
    for (unsigned i = 0; i < 256; ++i) {
        unsigned crc = i << 8;
        for (int bit = 0; bit < 8; ++bit) crc = crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1;
        out[0][i] = static_cast<std::uint16_t>(crc);
    }
    for (std::size_t place = 1; place < 4; ++place)
        for (std::size_t i = 0; i < 256; ++i) {
            const unsigned before = out[place - 1][i];
            out[place][i] = static_cast<std::uint16_t>(before << 8 ^ out[0][before >> 8 & 0xFF]);
        }
    return out;
}();

}  // namespace

std::uint16_t crc16_xmodem(std::string_view bytes) {
    unsigned crc = 0;
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
    std::size_t i = 0;
    for (; i + 4 <= bytes.size(); i += 4)
        crc = crc_tables[3][crc >> 8 ^ byte(i)] ^ crc_tables[2][(crc & 0xFF) ^ byte(i + 1)] ^
              crc_tables[1][byte(i + 2)] ^ crc_tables[0][byte(i + 3)];
    for (; i < bytes.size(); ++i) crc = (crc << 8 & 0xFFFF) ^ crc_tables[0][crc >> 8 ^ byte(i)];
    return static_cast<std::uint16_t>(crc);
}

std::string zpl_comment(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, 120))
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
            (c != '\0' && std::string_view(" =._/-").find(c) != std::string_view::npos))
            out += c;
    return out;
}

std::string encode_zpl(const Page& page, std::string_view job_comment) {
    assert(page.bits.size() == static_cast<std::size_t>(page.row_bytes() * page.height));
    const std::string picture = base64(deflated(page.bits));
    char crc[8];
    std::snprintf(crc, sizeof crc, "%04X", crc16_xmodem(picture));
    const std::string total = std::to_string(page.bits.size());
    std::string out = "^XA^FX " + zpl_comment(job_comment) + "^FS";
    out += "^MUD^LH0,0^PON^PMN^LRN^FWN";
    out += "^PW" + std::to_string(page.width) + "^LL" + std::to_string(page.height);
    out += "^FO0,0^GFA," + total + "," + total + "," + std::to_string(page.row_bytes());
    out += ",:Z64:" + picture + ":" + crc + "^FS^PQ1^XZ\n";
    return out;
}

}  // namespace kemas::printer
