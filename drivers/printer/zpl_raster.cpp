#include <zlib.h>

#include <array>
#include <cassert>
#include <cstdio>

#include "drivers/printer/zpl_codec.hpp"

namespace kemas::printer {
namespace {

// Labels are mostly white: a low level packs them nearly as well and several times faster.
constexpr int zlib_level = 1;

std::string deflated(const std::vector<std::uint8_t>& bytes) {
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    std::string out(size, '\0');
    const int status = compress2(reinterpret_cast<Bytef*>(out.data()), &size, bytes.data(),
                                 static_cast<uLong>(bytes.size()), zlib_level);
    assert(status == Z_OK);  // the buffer is as large as zlib asked for
    static_cast<void>(status);
    out.resize(size);
    return out;
}

std::string base64(std::string_view bytes) {
    static constexpr char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t word = 0;
        for (std::size_t k = 0; k < 3; ++k)
            word = word << 8 | (k < have ? static_cast<std::uint8_t>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= have ? letters[(word >> (18 - 6 * k)) & 63] : '=';
    }
    return out;
}

}  // namespace

std::uint16_t crc16_xmodem(std::string_view bytes) {
    static constexpr auto table = [] {
        std::array<std::uint16_t, 256> out{};
        for (unsigned i = 0; i < 256; ++i) {
            unsigned crc = i << 8;
            for (int bit = 0; bit < 8; ++bit) crc = crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1;
            out[i] = static_cast<std::uint16_t>(crc);
        }
        return out;
    }();
    unsigned crc = 0;
    for (const char c : bytes)
        crc = (crc << 8 & 0xFFFF) ^ table[(crc >> 8) ^ static_cast<std::uint8_t>(c)];
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
