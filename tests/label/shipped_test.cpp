// Every shipped layout: beside the picture that a person approved, read back by two judges, and as
// a job in every printer language. KEMAS_REWRITE_GOLDEN=1 takes the present pictures as approved.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "drivers/camera/decode_wire.hpp"
#include "drivers/camera/drawn_check.hpp"
#include "drivers/printer/raster_codecs.hpp"
#include "drivers/printer/zpl_codec.hpp"
#include "drivers/sim/raster_reader.hpp"
#include "label/picture_page.hpp"
#include "label/png.hpp"
#include "samples.hpp"

namespace kemas::label {
namespace {

Layout layout_named(const std::string& name) {
    auto layout = load_layout(KEMAS_SOURCE_DIR "/config/labels/" + name + ".toml");
    if (!layout) ADD_FAILURE() << layout.error().what;
    return layout ? *layout : Layout{};
}

std::string file_text(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::set<std::string> lines_of(const std::string& command) {
    std::set<std::string> out;
    FILE* pipe = popen(command.c_str(), "r");
    char block[1024];
    while (pipe && std::fgets(block, sizeof block, pipe)) {
        std::string line = block;
        if (!line.empty() && line.back() == '\n') line.pop_back();
        out.insert(line);
    }
    if (pipe) pclose(pipe);
    return out;
}

TEST(Shipped, EachLayoutLooksAsItWasApproved) {
    for (const Sample& sample : shipped_samples()) {
        const auto drawn = draw(layout_named(sample.layout), sample.content);
        ASSERT_TRUE(drawn) << sample.golden << ": " << drawn.error().why;
        const std::string golden = KEMAS_SOURCE_DIR "/tests/label/golden/" + sample.golden + ".png";
        const std::string png = to_png(drawn->page);
        if (std::getenv("KEMAS_REWRITE_GOLDEN")) std::ofstream(golden, std::ios::binary) << png;
        const std::string seen = ::testing::TempDir() + sample.golden + ".png";
        if (file_text(golden) != png) std::ofstream(seen, std::ios::binary) << png;
        EXPECT_TRUE(file_text(golden) == png)
            << "the label differs from " << golden << ": compare with " << seen
            << " and, if it is right, run again with KEMAS_REWRITE_GOLDEN=1";
    }
}

TEST(Shipped, EachLayoutOfTheFolderHasASample) {
    std::set<std::string> layouts, sampled;
    for (const auto& file : std::filesystem::directory_iterator(KEMAS_SOURCE_DIR "/config/labels"))
        if (file.path().extension() == ".toml") layouts.insert(file.path().stem());
    for (const Sample& sample : shipped_samples()) sampled.insert(sample.layout);
    EXPECT_EQ(layouts, sampled);
}

// ZXing reads every code; zbar, which knows no DataMatrix and hides FNC1, those it knows.
TEST(Shipped, JudgesReadEveryBarcode) {
    camera::DrawnCheck check(KEMAS_DECODE);
    ASSERT_TRUE(std::filesystem::exists("/usr/bin/zbarimg")) << "apt install zbar-tools";
    for (const Sample& sample : shipped_samples()) {
        const auto drawn = draw(layout_named(sample.layout), sample.content);
        ASSERT_TRUE(drawn) << drawn.error().why;
        ASSERT_FALSE(drawn->barcodes.empty()) << sample.golden;
        const auto misread = check.misread(*drawn);
        EXPECT_FALSE(misread) << sample.golden << ": " << misread->why;
        const std::string picture = ::testing::TempDir() + "shipped.png";
        std::ofstream(picture, std::ios::binary) << to_png(drawn->page);
        const auto zxing = lines_of(KEMAS_DECODE " < " + picture);
        const auto zbar = lines_of("zbarimg -q --nodbus " + picture);
        for (const BarcodeBox& box : drawn->barcodes) {
            const bool matrix = box.symbology.ends_with("datamatrix");
            const std::string kind = box.symbology == "qr" ? "QRCode" : "Code128";
            EXPECT_TRUE(
                zxing.contains((matrix ? "DataMatrix" : kind) + "\t" + camera::escaped(box.text)))
                << sample.golden << " " << box.text;
            if (matrix) continue;
            EXPECT_TRUE(
                zbar.contains((box.symbology == "qr" ? "QR-Code:" : "CODE-128:") + box.text))
                << sample.golden << " " << box.text;
        }
    }
}

// EPL2 and ESC/POS do not say how large the page is, only where its ink lies.
bool same_ink(const Page& a, const Page& b) {
    const auto black = [](const Page& page, int x, int y) {
        return x < page.width && y < page.height && page.black(x, y);
    };
    for (int y = 0; y < std::max(a.height, b.height); ++y)
        for (int x = 0; x < std::max(a.width, b.width); ++x)
            if (black(a, x, y) != black(b, x, y)) return false;
    return true;
}

// The same file serves finer heads: the same millimetres, and modules no smaller.
TEST(Shipped, EachLayoutIsDrawnAtEveryDensity) {
    camera::DrawnCheck check(KEMAS_DECODE);
    for (const int dpi : {300, 600})
        for (const Sample& sample : shipped_samples()) {
            const auto plain = layout_named(sample.layout);
            const auto fine =
                load_layout(KEMAS_SOURCE_DIR "/config/labels/" + sample.layout + ".toml", dpi);
            ASSERT_TRUE(fine) << fine.error().what;
            EXPECT_EQ(fine->width * plain.dots_per_mm, plain.width * fine->dots_per_mm);
            const auto drawn = draw(*fine, sample.content);
            ASSERT_TRUE(drawn) << dpi << " " << sample.golden << ": " << drawn.error().why;
            EXPECT_EQ(drawn->page.dpi, dpi);
            const auto misread = check.misread(*drawn);
            EXPECT_FALSE(misread) << dpi << " " << sample.golden << ": " << misread->why;
        }
}

// What customers write reaches the printer as dots only: in every language the job is the commands
// of one picture, and that picture is the drawn page.
TEST(Shipped, NoTextBecomesACommand) {
    const std::string hostile = "^XZ~JR\\^XA\"BITMAP 0,0\" ! U1 PRINT 1,1 GW0 {0} $(reboot) \\n";
    for (Sample sample : shipped_samples()) {
        for (auto& [name, value] : sample.content.fields)
            if (name == "recipient_name" || name == "recipient_address" || name == "note" ||
                name == "contents" || name == "name" || name == "reason" || name == "shop" ||
                name == "zone" || name == "role" || name == "station" || name == "size")
                value = hostile.substr(0, name == "zone" || name == "size" ? 3 : 22);
        const auto drawn = draw(layout_named(sample.layout), sample.content);
        ASSERT_TRUE(drawn) << sample.golden << ": " << drawn.error().why;
        const Page& page = drawn->page;
        const auto zpl = printer::page_of(printer::encode_zpl(page, hostile));
        const auto tspl = sim::read_tspl(printer::encode_tspl(page));
        const auto epl2 = sim::read_epl2(printer::encode_epl2(page));
        const auto cpcl = sim::read_cpcl(printer::encode_cpcl(page));
        const auto escpos = sim::read_escpos(printer::encode_escpos(page));
        ASSERT_TRUE(zpl && tspl && epl2 && cpcl && escpos) << sample.golden;
        for (const Page& seen : {*zpl, *tspl, *epl2, *cpcl, *escpos})
            EXPECT_TRUE(same_ink(seen, page)) << sample.golden;
    }
}

// A courier's label as PNG: drawn for this head it is passed on dot for dot.
TEST(PicturePage, KeepsEveryDotOfALabelDrawnForTheHead) {
    const auto drawn = draw(sample_layout(), sample_content());
    ASSERT_TRUE(drawn);
    const auto png = to_png(drawn->page);
    const auto same = picture_page(png, {203, 800, 1200});
    ASSERT_TRUE(same) << same.error();
    EXPECT_EQ(same->bits, drawn->page.bits);
    // A smaller label takes it as long as only blank margin has to go.
    const auto smaller = picture_page(png, {203, 760, 1170});
    ASSERT_TRUE(smaller) << smaller.error();
    EXPECT_EQ(ink_of(*smaller), ink_of(drawn->page));
    EXPECT_THAT(picture_page(png, {203, 600, 900}).error(), ::testing::HasSubstr("dots of ink"));
    EXPECT_THAT(picture_page(png, {300, 1200, 1800}).error(),
                ::testing::HasSubstr("drawn for 203 dpi, the printer has 300"));
    EXPECT_FALSE(picture_page("no picture", {203, 800, 1200}));
    EXPECT_FALSE(picture_page(png.substr(0, png.size() / 2), {203, 800, 1200}));
}

TEST(Image, IsLaidDotByDotAndNeverScaled) {
    const auto folder = std::filesystem::path(::testing::TempDir()) / "image_box";
    std::filesystem::create_directories(folder);
    Page logo{24, 16, 203, std::vector<std::uint8_t>(48, 0xA5)};
    std::ofstream(folder / "logo.png", std::ios::binary) << to_png(logo);
    const auto layout_of = [&](const std::string& size) {
        return parse_layout(
            "name=\"t\"\nwidth_mm=20\nheight_mm=20\n[[box]]\nkind=\"image\"\nx=1\n"
            "y=2\nfile=\"logo.png\"\n" +
                size,
            (folder / "t.toml").string());
    };
    const auto layout = layout_of("w=3\nh=2\n");
    ASSERT_TRUE(layout) << layout.error().what;
    const auto drawn = draw(*layout, {});
    ASSERT_TRUE(drawn) << drawn.error().why;
    for (int y = 0; y < 16; ++y)
        for (int x = 0; x < 24; ++x) ASSERT_EQ(drawn->page.black(8 + x, 16 + y), logo.black(x, y));
    EXPECT_EQ(ink_of(drawn->page), ink_of(logo));
    EXPECT_THAT(layout_of("w=2.9\nh=2\n").error().what,
                ::testing::HasSubstr("24 x 16 dots, its box 23 x 16: pictures are never scaled"));
    std::filesystem::remove(folder / "logo.png");
    EXPECT_THAT(layout_of("w=3\nh=2\n").error().what, ::testing::HasSubstr("t.toml:8: "));
}

}  // namespace
}  // namespace kemas::label
