// A page as ZPL, decoded again by a decoder that shares nothing with the encoder but the format.
#include <gmock/gmock.h>
#include <zlib.h>

#include <random>

#include "drivers/printer/zpl_codec.hpp"

namespace kemas::printer {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

std::string from_base64(const std::string& text) {
    const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned word = 0;
    int bits = 0;
    for (const char c : text) {
        const auto value = letters.find(c);
        if (value == std::string::npos) break;
        word = word << 6 | static_cast<unsigned>(value);
        bits += 6;
        if (bits >= 8) out += static_cast<char>(word >> (bits -= 8) & 0xFF);
    }
    return out;
}

struct Picture {
    std::string total, again, row, base64, crc;
};

Picture picture_of(const std::string& zpl) {
    const auto start = zpl.find("^GFA,") + 5;
    const std::string body = zpl.substr(start, zpl.find("^FS", start) - start);
    std::array<std::size_t, 3> comma{};
    for (std::size_t i = 0, at = 0; i < 3; ++i, ++at) comma[i] = at = body.find(',', at);
    const auto z64 = body.find(":Z64:"), last = body.rfind(':');
    return {body.substr(0, comma[0]), body.substr(comma[0] + 1, comma[1] - comma[0] - 1),
            body.substr(comma[1] + 1, comma[2] - comma[1] - 1),
            body.substr(z64 + 5, last - z64 - 5), body.substr(last + 1)};
}

Page noise(int width, int height, unsigned seed) {
    Page page{width, height, 203, {}};
    page.bits.resize(static_cast<std::size_t>(page.row_bytes() * height));
    std::mt19937 random(seed);
    for (auto& byte : page.bits)
        byte = static_cast<std::uint8_t>(random() % 5 == 0 ? random() & 0xFF : 0);
    if (width % 8 != 0)
        for (int y = 0; y < height; ++y)
            page.bits[static_cast<std::size_t>((y + 1) * page.row_bytes() - 1)] &=
                static_cast<std::uint8_t>(0xFF << (8 - width % 8));
    return page;
}

TEST(Zpl, ThePageComesBackBitForBit) {
    for (const Page& page : {noise(800, 1200, 1), noise(812, 101, 2), noise(1, 1, 3)}) {
        const Picture picture = picture_of(encode_zpl(page, "job 1"));
        EXPECT_EQ(picture.total, std::to_string(page.bits.size()));
        EXPECT_EQ(picture.again, picture.total);
        EXPECT_EQ(picture.row, std::to_string(page.row_bytes()));
        const std::string packed = from_base64(picture.base64);
        std::vector<std::uint8_t> bits(page.bits.size() + 1);
        uLongf size = bits.size();
        ASSERT_EQ(uncompress(bits.data(), &size, reinterpret_cast<const Bytef*>(packed.data()),
                             packed.size()),
                  Z_OK);
        bits.resize(size);
        EXPECT_EQ(bits, page.bits);
        const auto read_back = page_of(encode_zpl(page, "job 1"));
        ASSERT_TRUE(read_back);
        EXPECT_EQ(read_back->bits, page.bits);
        char crc[8];
        std::snprintf(crc, sizeof crc, "%04X", crc16_xmodem(picture.base64));
        EXPECT_EQ(picture.crc, crc);
        EXPECT_EQ(picture.crc.size(), 4U);
    }
}

TEST(Zpl, OnlyOurOwnLabelsHaveAPicture) {
    EXPECT_FALSE(page_of("^XA^FO10,10^FDhello^FS^XZ"));
    EXPECT_FALSE(page_of("^XA^PW800^LL1200^GFA,1,1,1,:Z64:AAAA:0000^XZ"));
}

TEST(Zpl, TheCheckSumIsXmodem) {
    EXPECT_EQ(crc16_xmodem("123456789"), 0x31C3);  // the catalogue's check value
    EXPECT_EQ(crc16_xmodem(""), 0);
    // From a real label (data/courier-zpl/glscz.zpl), made by the courier's own software.
    EXPECT_EQ(crc16_xmodem("eJxjYBgFo2A4gv/YAc3kyAMAeTxbpQ=="), 0x53E8);
}

TEST(Zpl, IsOneLabelOfOneCopy) {
    const std::string zpl = encode_zpl(noise(800, 40, 4), "parcel=7 print=1");
    EXPECT_TRUE(zpl.starts_with("^XA^FX parcel=7 print=1^FS"));
    EXPECT_TRUE(zpl.ends_with("^FS^PQ1^XZ\n"));
    EXPECT_THAT(zpl, HasSubstr("^PW800^LL40^FO0,0^GFA,"));
}

TEST(Zpl, AHostileCommentStaysAComment) {
    const std::string zpl = encode_zpl(noise(8, 1, 5), "a^XZ~JR\\b\n\x02\xC3\xA9 _/-.=");
    EXPECT_TRUE(zpl.starts_with("^XA^FX aXZJRb _/-.=^FS")) << zpl;
    EXPECT_EQ(zpl.find("^XZ"), zpl.rfind("^XZ"));
    EXPECT_THAT(zpl, Not(HasSubstr("~")));
    EXPECT_EQ(zpl_comment(std::string(500, 'x')).size(), 120U);
}

}  // namespace
}  // namespace kemas::printer
