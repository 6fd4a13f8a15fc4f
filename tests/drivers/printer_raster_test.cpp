// A page in every language, read back by readers that share nothing with the encoders: our own
// strict ones, libcups for PWG raster, poppler for PDF.
#include <cups/raster.h>
#include <gmock/gmock.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

#include "drivers/printer/page_bands.hpp"
#include "drivers/printer/raster_codecs.hpp"
#include "drivers/sim/raster_reader.hpp"

namespace kemas::printer {
namespace {

using ::testing::HasSubstr;

// Ink in three bands with a stray dot at either end, as a label has, or noise all over.
Page sample(int width, int height, int dpi, bool noise) {
    Page page{width, height, dpi, {}};
    page.bits.resize(static_cast<std::size_t>(page.row_bytes() * height));
    std::mt19937 random(static_cast<unsigned>(width * 31 + height));
    const auto black = [&](int x, int y) {
        page.bits[static_cast<std::size_t>(y * page.row_bytes() + x / 8)] |=
            static_cast<std::uint8_t>(0x80U >> x % 8);
    };
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            if (noise ? random() % 3 == 0
                      : (y * 10 / height) % 4 == 1 && x > width / 5 && random() % 2 == 0)
                black(x, y);
    black(0, height / 2);
    black(width - 1, height - 1);
    return page;
}

const Page pages[] = {sample(800, 1200, 203, false), sample(812, 300, 203, true),
                      sample(1181, 400, 300, false), sample(9, 17, 203, true),
                      sample(396, 180, 600, true)};

// Readers that know only whole bytes give a wider page: the rest must be blank.
void expect_same(const Page& seen, const Page& drawn, const char* language) {
    ASSERT_EQ(seen.row_bytes(), drawn.row_bytes()) << language;
    ASSERT_EQ(seen.height, drawn.height) << language;
    EXPECT_EQ(seen.bits, drawn.bits) << language;
}

TEST(Raster, EveryLanguageGivesExactlyTheDrawnPage) {
    for (const Page& page : pages) {
        const auto tspl = sim::read_tspl(encode_tspl(page), page.dpi);
        ASSERT_TRUE(tspl) << tspl.error();
        EXPECT_EQ(tspl->width, page.width);
        expect_same(*tspl, page, "TSPL");
        const auto epl2 = sim::read_epl2(encode_epl2(page), page.dpi);
        ASSERT_TRUE(epl2) << epl2.error();
        expect_same(*epl2, page, "EPL2");
        const auto cpcl = sim::read_cpcl(encode_cpcl(page));
        ASSERT_TRUE(cpcl) << cpcl.error();
        EXPECT_EQ(cpcl->dpi, page.dpi);
        expect_same(*cpcl, page, "CPCL");
        const auto escpos = sim::read_escpos(encode_escpos(page), page.dpi);
        ASSERT_TRUE(escpos) << escpos.error();
        expect_same(*escpos, page, "ESC/POS");
    }
}

TEST(Raster, ABlankPageIsStillOnePage) {
    Page page{400, 240, 203, std::vector<std::uint8_t>(50 * 240)};
    const auto tspl = sim::read_tspl(encode_tspl(page));
    ASSERT_TRUE(tspl) << tspl.error();
    EXPECT_EQ(tspl->bits, page.bits);
    EXPECT_EQ(encode_tspl(page),
              "\r\nSIZE 50 mm,30 mm\r\nDIRECTION 0\r\nREFERENCE 0,0\r\nCLS\r\nPRINT 1,1\r\n");
    EXPECT_EQ(sim::read_escpos(encode_escpos(page))->height, 240);
}

TEST(Raster, BlankBandsAreNotSent) {
    const Page& page = pages[0];
    const auto whole = page.bits.size();
    for (const auto& job : {encode_tspl(page), encode_epl2(page), encode_cpcl(page)}) {
        EXPECT_LT(job.size(), whole / 3);
    }
    EXPECT_LT(encode_escpos(page).size(), whole / 3);
}

TEST(Raster, BlackIsTheBitThatEachLanguageSays) {
    Page page{8, 1, 203, {0x80}};
    EXPECT_THAT(encode_tspl(page), HasSubstr("BITMAP 0,0,1,1,0,\x7F\r\n"));
    EXPECT_THAT(encode_epl2(page), HasSubstr("GW0,0,1,1,\x7F\n"));
    EXPECT_THAT(encode_cpcl(page), HasSubstr("CG 1 1 0 0 \x80\r\n"));
    EXPECT_EQ(encode_escpos(page), std::string("\x1b@\x1dv0\0\1\0\1\0\x80", 11));
}

TEST(Raster, AReaderTakesNothingElse) {
    const auto job = encode_tspl(pages[3]);
    EXPECT_FALSE(sim::read_tspl(job + "x"));
    EXPECT_FALSE(sim::read_tspl("x" + job));
    EXPECT_FALSE(sim::read_tspl(job.substr(0, job.size() / 2)));
    EXPECT_FALSE(sim::read_epl2(job));
    EXPECT_FALSE(sim::read_cpcl("! 0 203 203 99999999 1\r\n"));
    EXPECT_FALSE(sim::read_escpos("\x1b@\x1dv0"));
    EXPECT_FALSE(sim::read_tspl(
        "\r\nSIZE 1 mm,1 mm\r\nDIRECTION 0\r\nREFERENCE 0,0\r\nCLS\r\nBITMAP 8,0,1,1,0,x\r\n"
        "PRINT 1,1\r\n"));
}

TEST(Raster, LibcupsReadsThePwgPage) {
    for (const Page& page : pages) {
        const std::string file = ::testing::TempDir() + "page.pwg";
        std::ofstream(file, std::ios::binary) << encode_pwg(page);
        FILE* in = std::fopen(file.c_str(), "rb");
        ASSERT_TRUE(in);
        cups_raster_t* raster = cupsRasterOpen(fileno(in), CUPS_RASTER_READ);
        ASSERT_TRUE(raster);
        cups_page_header2_t header;
        ASSERT_TRUE(cupsRasterReadHeader2(raster, &header));
        EXPECT_EQ(header.cupsWidth, static_cast<unsigned>(page.width));
        EXPECT_EQ(header.cupsHeight, static_cast<unsigned>(page.height));
        EXPECT_EQ(header.HWResolution[0], static_cast<unsigned>(page.dpi));
        EXPECT_EQ(header.cupsColorSpace, CUPS_CSPACE_K);
        EXPECT_EQ(header.cupsBitsPerPixel, 1U);
        std::vector<std::uint8_t> row(header.cupsBytesPerLine), bits;
        for (unsigned y = 0; y < header.cupsHeight; ++y) {
            ASSERT_EQ(cupsRasterReadPixels(raster, row.data(), header.cupsBytesPerLine),
                      header.cupsBytesPerLine);
            bits.insert(bits.end(), row.begin(), row.end());
        }
        EXPECT_EQ(bits, page.bits);
        EXPECT_FALSE(cupsRasterReadHeader2(raster, &header)) << "one page";
        cupsRasterClose(raster);
        std::fclose(in);
    }
}

std::string output_of(const std::string& command) {
    std::string out;
    FILE* pipe = popen(command.c_str(), "r");
    char block[4096];
    for (std::size_t n; pipe && (n = fread(block, 1, sizeof block, pipe)) > 0;)
        out.append(block, n);
    if (pipe) pclose(pipe);
    return out;
}

TEST(Raster, PopplerReadsThePdfPageAtItsSize) {
    ASSERT_TRUE(std::filesystem::exists("/usr/bin/pdftoppm")) << "apt install poppler-utils";
    const Page& page = pages[0];
    const std::string file = ::testing::TempDir() + "page.pdf";
    std::ofstream(file, std::ios::binary) << encode_pdf(page);
    EXPECT_THAT(output_of("pdfinfo " + file), HasSubstr("Page size:       283.464 x 425.197 pts"));
    // Drawn at the head's own density it is the page again, dot by dot (PBM: 1 is black).
    const auto pbm = output_of("pdftoppm -mono -r 203.2 " + file);
    const std::string head = "P4\n800 1200\n";
    ASSERT_TRUE(pbm.starts_with(head)) << pbm.substr(0, 20);
    EXPECT_TRUE(std::equal(
        page.bits.begin(), page.bits.end(), pbm.begin() + static_cast<std::ptrdiff_t>(head.size()),
        pbm.end(), [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }));
}

TEST(Raster, OutputsAreKnownByName) {
    EXPECT_EQ(output_named("tspl"), Output::tspl);
    EXPECT_EQ(output_named("image/pwg-raster"), Output::pwg);
    EXPECT_FALSE(output_named("postscript"));
    EXPECT_EQ(encode(Output::epl2, pages[3], "job"), encode_epl2(pages[3]));
    EXPECT_THAT(encode(Output::zpl, pages[3], "job"), HasSubstr("^FX job^FS"));
}

}  // namespace
}  // namespace kemas::printer
