// Labels come as files: every page is split off, drawn as the printer would, and read.
#include "drivers/printer/zpl_codec.hpp"
#include "label/png.hpp"
#include "label_papers.hpp"
#include "page_reader_fixture.hpp"
#include "pictures.hpp"

namespace kemas::label_pages {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int kCode128 = 20, kQr = 58;

Paper label(const std::string& number) {
    return {105,
            148,
            {{kCode128, number, 15, 20, 70, 20}, {kQr, "order-" + number, 15, 60, 30, 0}},
            "Kepada: Budi"};
}

int black_dots(const Page& page) {
    int dots = 0;
    for (int y = 0; y < page.height; ++y)
        for (int x = 0; x < page.width; ++x) dots += page.black(x, y);
    return dots;
}

TEST_F(PageReaderTest, ReadsEveryBarcodeOfAnA6PageAndCropsItsWhiteMargin) {
    const auto heard = read(on_label(pdf_of({label("JP1234567890")})));
    EXPECT_EQ(heard.fault(), "");
    ASSERT_THAT(heard.pages, SizeIs(1));
    EXPECT_THAT(heard.codes(0), ElementsAre("Code128 JP1234567890", "QRCode order-JP1234567890"));
    const auto& page = heard.pages[0];
    EXPECT_EQ(page.kind, PageKind::pdf);
    EXPECT_EQ(page.fit, Fit::cropped);
    EXPECT_EQ(page.page.width, 800);
    EXPECT_EQ(page.page.height, 1200);
    EXPECT_GT(black_dots(page.page), 10'000);
}

TEST_F(PageReaderTest, NeverScalesWhatFits) {
    // 70 mm of bars are 559 dots at 203 dpi, cropped or not.
    const auto heard =
        read(on_label(pdf_of({{105, 148, {{kCode128, "1234567890", 15, 20, 70, 20}}, ""}})));
    ASSERT_THAT(heard.pages, SizeIs(1));
    const auto& page = heard.pages[0].page;
    int left = page.width, right = 0;
    for (int y = 0; y < page.height; ++y)
        for (int x = 0; x < page.width; ++x)
            if (page.black(x, y)) left = std::min(left, x), right = std::max(right, x + 1);
    EXPECT_NEAR(right - left, 559, 1);
}

TEST_F(PageReaderTest, SplitsABulkFile) {
    std::vector<Paper> papers;
    for (int i = 0; i < 12; ++i)
        papers.push_back(
            {105, 148, {{kCode128, "SPX" + std::to_string(1'000'000 + i), 15, 20, 70, 20}}, ""});
    auto request = on_label(pdf_of(papers));
    request.bits = false;
    const auto heard = read(std::move(request));
    ASSERT_THAT(heard.pages, SizeIs(12));
    for (std::size_t i = 0; i < 12; ++i) {
        EXPECT_THAT(heard.codes(i), ElementsAre("Code128 SPX" + std::to_string(1'000'000 + i)));
        EXPECT_EQ(heard.pages[i].place.page, static_cast<int>(i));
        EXPECT_THAT(heard.pages[i].page.bits, IsEmpty());
    }
}

TEST_F(PageReaderTest, DrawsOnePageOfManyAgain) {
    auto request = on_label(pdf_of({label("AAA1"), label("BBB2"), label("CCC3")}));
    request.all = false;
    request.place = {0, 1};
    const auto heard = read(std::move(request));
    ASSERT_THAT(heard.pages, SizeIs(1));
    EXPECT_THAT(heard.codes(0), ElementsAre("Code128 BBB2", "QRCode order-BBB2"));
}

TEST_F(PageReaderTest, TellsTheDotsAModuleOfABarcodeThatOneDotOfGrowthKills) {
    // 22 symbols and more in 42 mm: about 1.3 dots a module.
    const auto heard =
        read(on_label(pdf_of({{100, 150, {{kCode128, "SPXID02742637123B", 10, 20, 42, 20}}, ""}})));
    ASSERT_THAT(heard.pages, SizeIs(1));
    ASSERT_THAT(heard.pages[0].codes, SizeIs(1));
    const auto& code = heard.pages[0].codes[0];
    EXPECT_EQ(code.text, "SPXID02742637123B");
    EXPECT_FALSE(code.survives);
    EXPECT_GT(code.module_tenths, 10);
    EXPECT_LT(code.module_tenths, 20);
}

TEST_F(PageReaderTest, MeasuresTheModuleOfAGoodBarcode) {
    const auto heard =
        read(on_label(pdf_of({{100, 150, {{kCode128, "1234567890", 10, 20, 70, 20}}, ""}})));
    ASSERT_THAT(heard.pages, SizeIs(1));
    ASSERT_THAT(heard.pages[0].codes, SizeIs(1));
    // 10 digits in set C: 8 symbols and the stop are 90 modules; 559 dots.
    EXPECT_NEAR(heard.pages[0].codes[0].module_tenths, 62, 1);
    EXPECT_TRUE(heard.pages[0].codes[0].survives);
}

TEST_F(PageReaderTest, RefusesAPageWhosePrintIsLargerThanTheLabelUnlessScalingIsAllowed) {
    const Paper a4{210,
                   297,
                   {{kCode128, "JX0011223344", 15, 20, 100, 20}, {kQr, "foot", 150, 240, 30, 0}},
                   ""};
    auto request = on_label(pdf_of({a4}));
    const auto heard = read(request);
    ASSERT_THAT(heard.pages, SizeIs(1));
    EXPECT_THAT(heard.pages[0].fault, HasSubstr("does not fit the label of 100 x 150 mm"));
    EXPECT_THAT(heard.codes(0),
                ::testing::Contains("Code128 JX0011223344"));  // still says whose it is
    request.may_scale = true;
    const auto scaled = read(std::move(request));
    ASSERT_THAT(scaled.pages, SizeIs(1));
    EXPECT_EQ(scaled.pages[0].fault, "");
    EXPECT_EQ(scaled.pages[0].fit, Fit::scaled);
    EXPECT_LT(scaled.pages[0].scale_percent, 70);
    EXPECT_THAT(scaled.codes(0), ::testing::Contains("Code128 JX0011223344"));
}

TEST_F(PageReaderTest, TurnsALyingPage) {
    const auto heard =
        read(on_label(pdf_of({{150, 100, {{kCode128, "TURN12345", 10, 20, 120, 20}}, ""}})));
    ASSERT_THAT(heard.pages, SizeIs(1));
    EXPECT_EQ(heard.pages[0].fit, Fit::turned);
    EXPECT_THAT(heard.codes(0), ElementsAre("Code128 TURN12345"));
}

TEST_F(PageReaderTest, ReadsAnArchiveOfPdfPngAndZpl) {
    camera::Canvas canvas(800, 600);
    camera::draw(canvas, kCode128, "PNG0001", 60, 60, 3);
    const auto heard = read(on_label(zip_of(
        {{"a/", ""},
         {"a/one.pdf", pdf_of({label("PDF0001"), label("PDF0002")})},
         {"two.png", camera::png_of(canvas)},
         {"three.zpl", "^XA^FO50,50^BCN,100^FDZPL0001^FS^XZ\n^XA^FO50,50^BCN,100^FDZPL0002^FS^XZ"},
         {"readme.txt", "not a label"}})));
    EXPECT_EQ(heard.fault(), "");
    ASSERT_THAT(heard.pages, SizeIs(6));
    EXPECT_EQ(heard.codes(0)[0], "Code128 PDF0001");
    EXPECT_EQ(heard.codes(1)[0], "Code128 PDF0002");
    EXPECT_EQ(heard.codes(2)[0], "Code128 PNG0001");
    EXPECT_EQ(heard.codes(3)[0], "Code128 ZPL0001");
    EXPECT_EQ(heard.codes(4)[0], "Code128 ZPL0002");
    EXPECT_THAT(heard.codes(5)[0], HasSubstr("readme.txt is no PDF, PNG, JPEG, ZPL or ZIP"));
    EXPECT_EQ(heard.pages[4].place, (PagePlace{3, 1}));
    EXPECT_EQ(heard.pages[4].zpl, "^XA^FO50,50^BCN,100^FDZPL0002^FS^XZ");
}

TEST_F(PageReaderTest, ReadsZplThatIsAPicture) {
    const auto drawn = read(on_label(pdf_of({label("GF00012345")})));
    ASSERT_THAT(drawn.pages, SizeIs(1));
    const auto heard = read(on_label(printer::encode_zpl(drawn.pages[0].page, "x")));
    ASSERT_THAT(heard.pages, SizeIs(1));
    EXPECT_EQ(heard.pages[0].kind, PageKind::zpl);
    EXPECT_THAT(heard.codes(0), ElementsAre("Code128 GF00012345", "QRCode order-GF00012345"));
}

TEST_F(PageReaderTest, ReadsTheOtherBarcodeFieldsOfZpl) {
    const auto heard =
        read(on_label("^XA^FO10,10^BQN,2,6^FDQA,order "
                      "77^FS^FO10,300^B3N,N,80^FH^FDCODE_2D39^FS^FO10,500^FDwords^FS^XZ"));
    ASSERT_THAT(heard.pages, SizeIs(1));
    EXPECT_THAT(heard.codes(0), ElementsAre("QRCode order 77", "Code39 CODE-39"));
}

TEST_F(PageReaderTest, GivesALabelTheGraphicItRecalls) {
    const auto heard =
        read(on_label("~DGR:LOGO.GRF,2,1,FFFF^XA^FO1,1^XGR:LOGO.GRF,1,1^FS^XZ"
                      "^XA^FO1,1^FDplain^FS^XZ^XA^FO1,1^XGR:LOGO.GRF,1,1^FS^XZ"));
    ASSERT_THAT(heard.pages, SizeIs(3));
    EXPECT_EQ(heard.pages[1].zpl, "^XA^FO1,1^FDplain^FS^XZ");
    EXPECT_EQ(heard.pages[2].zpl, "~DGR:LOGO.GRF,2,1,FFFF^XA^FO1,1^XGR:LOGO.GRF,1,1^FS^XZ");
}

TEST_F(PageReaderTest, DrawsAStandardFontThatThePdfDoesNotBringAlong) {
    const auto heard = read(on_label(pdf_with_foreign_font("Helvetica", "Kepada Budi")));
    ASSERT_THAT(heard.pages, SizeIs(1));
    EXPECT_EQ(heard.pages[0].fault, "");
    EXPECT_GT(black_dots(heard.pages[0].page), 500);
}

TEST_F(PageReaderTest, DrawsFinerForAFinerPrinter) {
    auto request =
        on_label(pdf_of({{100, 150, {{kCode128, "SPXID02742637123B", 10, 20, 60, 20}}, ""}}));
    request.dpi = 300;
    request.width = 1181;
    request.height = 1772;
    const auto heard = read(std::move(request));
    ASSERT_THAT(heard.pages, SizeIs(1));
    EXPECT_EQ(heard.pages[0].page.dpi, 300);
    EXPECT_THAT(heard.codes(0), ElementsAre("Code128 SPXID02742637123B"));
}

TEST_F(PageReaderTest, TakesAPngDotForDotButNoneOfAnotherPrinter) {
    const auto drawn = read(on_label(pdf_of({label("PNG00012345")})));
    ASSERT_THAT(drawn.pages, SizeIs(1));
    auto page = drawn.pages[0].page;
    const auto same = read(on_label(label::to_png(page)));
    ASSERT_THAT(same.pages, SizeIs(1));
    EXPECT_EQ(same.pages[0].page.bits, page.bits);
    page.dpi = 300;
    const auto other = read(on_label(label::to_png(page)));
    ASSERT_THAT(other.pages, SizeIs(1));
    EXPECT_THAT(other.pages[0].fault, HasSubstr("drawn for 300 dpi, the printer has 203"));
    EXPECT_THAT(other.codes(0), ::testing::Contains("Code128 PNG00012345"));
}

TEST_F(PageReaderTest, SketchesZplForEyesOnly) {
    const std::string zpl =
        "~DGR:LOGO.GRF,4,2,FFFFFFFF^XA^FO100,200^XGR:LOGO.GRF,1,1^FS^FO10,10^GB50,30,2^FS"
        "^FT300,400^GFA,4,4,2,FFFFFFFF^FS^FO1,1^FDwords^FS^XZ";
    auto request = on_label(zpl);
    EXPECT_THAT(read(request).pages[0].page.bits, IsEmpty());  // to be printed it is its own text
    request.decode = false;
    const auto heard = read(std::move(request));
    ASSERT_THAT(heard.pages, SizeIs(1));
    const auto& page = heard.pages[0].page;
    ASSERT_EQ(page.width, 800);
    EXPECT_TRUE(page.black(115, 201));
    EXPECT_TRUE(page.black(10, 39) && page.black(59, 10) && !page.black(30, 25));
    EXPECT_TRUE(page.black(300, 399) && !page.black(300, 400));
    EXPECT_EQ(black_dots(page), 32 + 2 * (2 * 50 + 2 * 26) + 32);
}

}  // namespace
}  // namespace kemas::label_pages
