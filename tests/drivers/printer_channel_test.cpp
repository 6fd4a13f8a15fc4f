// Labels that come from a channel as ZPL: what passes, what is left out, what is refused.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "drivers/printer/zpl_codec.hpp"

namespace kemas::printer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::filesystem::path courier_labels = "/work/shared/data/courier-zpl";

std::string file_text(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string passed(std::string_view zpl) {
    const auto out = channel_zpl(zpl, "job 1");
    return out ? *out : "refused: " + out.error().what;
}

int count(const std::string& text, const std::string& word) {
    int n = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++n;
    return n;
}

TEST(ChannelZpl, KeepsWhatDraws) {
    const std::string out = passed("^XA^FO10,20^A0N,30,30^FH^FDCaf_C3_A9^FS^FO1,1^GB5,5,5^FS^XZ");
    EXPECT_THAT(out, HasSubstr("^FO10,20^A0N,30,30^FH^FDCaf_C3_A9^FS^FO1,1^GB5,5,5^FS"));
    EXPECT_TRUE(out.starts_with("^XA^FX job 1^FS")) << out;
    EXPECT_TRUE(out.ends_with("^PQ1^XZ\n")) << out;
}

TEST(ChannelZpl, LeavesOutWhatChangesThePrinter) {
    const std::string out = passed(
        "~JR~JA^XA~SD30~TA000^MMC^MNW^MTD^MD30^PR12^LT5^LS3^JUS^KPsecret^NC1^SZ1^SXO,K,Y^HH^ID*:*.*"
        "^EG^JZY^PQ50,0,1,Y^ST1^CO Y,2^FO1,1^FDx~HS^FS~DYE:A,B,T,3,,ABC^XZ");
    for (const char* word :
         {"~",   "^MM", "^MN", "^MT", "^MD", "^PR", "^LT", "^LS",   "^JU", "^KP",
          "^NC", "^SZ", "^SX", "^HH", "^ID", "^EG", "^JZ", "^PQ50", "^ST", "^CO"})
        EXPECT_THAT(out, Not(HasSubstr(word)));
    EXPECT_THAT(out, HasSubstr("^FO1,1^FDx^FS"));
    EXPECT_THAT(passed("^xa~jr^fo1,1^fdx^fs^pq9^xz"), HasSubstr("^FO1,1^FDx^FS^FS^PQ1^XZ"));
}

TEST(ChannelZpl, RefusesASmallLabelThatDrawsALargeGraphicEndlessly) {
    const std::string graphic = "~DGR:G.GRF,64000,100," + std::string(128'000, '5');
    std::string often = graphic + "^XA";
    for (int i = 0; i < 10'000; ++i) often += "^XGR:G,1,1";
    EXPECT_THAT(passed(often + "^XZ"), HasSubstr("too often"));
    EXPECT_THAT(passed(graphic + "^XA^XGR:G,1,1^FS^XGR:G,1,1^FS^XZ"), HasSubstr("^GFA,64000"));
}

TEST(ChannelZpl, MergesSetUpFormatsIntoTheLabel) {
    const std::string out = passed("^XA^LRN^CI28^JUS^XZ\n^XA^FO1,1^FDx^FS^XZ ^XA^MCY^XZ");
    EXPECT_EQ(count(out, "^XA"), 1);
    EXPECT_EQ(count(out, "^XZ"), 1);
    EXPECT_THAT(out, HasSubstr("^LRN^CI28"));
}

TEST(ChannelZpl, PutsABroughtGraphicInPlace) {
    const std::string out =
        passed("~DGR:LOGO.GRF,00008,001,FF818181818181FF\n^XA^FO5,5^XGR:logo,1,1^FS^XZ");
    EXPECT_THAT(out, HasSubstr("^FO5,5^GFA,00008,00008,001,FF818181818181FF\n^FS"));
    EXPECT_THAT(passed("^XA^FO5,5^XGE:OTHER.GRF,1,1^FS^XZ"),
                HasSubstr("uses a graphic it does not bring along (E:OTHER.GRF)"));
}

TEST(ChannelZpl, RefusesWhatIsNotOneLabel) {
    EXPECT_THAT(passed(""), HasSubstr("refused: The channel's label prints nothing"));
    EXPECT_THAT(passed("hello"), HasSubstr("prints nothing"));
    EXPECT_THAT(passed("^XA^MMT^XZ"), HasSubstr("prints nothing"));
    EXPECT_THAT(passed("^XA^FDa^FS"), HasSubstr("ends in the middle"));
    EXPECT_THAT(passed("^XA^FDa^FS^XZ^XA^FDb^FS^XZ"), HasSubstr("more than one label"));
    EXPECT_THAT(passed("^XA^FDa^FS^XA^FDb^FS^XZ"), HasSubstr("second label inside"));
    EXPECT_THAT(passed("^XA^CC!!FDa!FS!XZ"), HasSubstr("changes the command prefixes"));
    EXPECT_THAT(passed("^XA^XFE:FORM.ZPL^FN1^FDa^FS^XZ"), HasSubstr("stored in a printer"));
    EXPECT_THAT(passed("^XA^DFR:FORM.ZPL^FDa^FS^XZ"), HasSubstr("stored in a printer"));
    EXPECT_THAT(passed("^XA^GFB,2,2,1,AB^FS^XZ"), HasSubstr("binary graphic"));
    EXPECT_THAT(passed("^XA^FD" + std::string(300'000, 'x') + "^FS^XZ"), HasSubstr("256 KiB"));
    EXPECT_THAT(passed(std::string("^XA^FDa\0^FS^XZ", 14)), HasSubstr("NUL"));
}

TEST(ChannelZpl, RealCourierLabelsPassAndKeepTheirFields) {
    if (!std::filesystem::exists(courier_labels))
        GTEST_SKIP() << courier_labels << " is not on this machine";
    for (const auto& file : std::filesystem::directory_iterator(courier_labels)) {
        if (file.path().extension() != ".zpl") continue;
        SCOPED_TRACE(file.path().filename());
        const std::string zpl = file_text(file.path());
        const std::string out = passed(zpl);
        EXPECT_THAT(out.substr(0, 40), Not(HasSubstr("refused"))) << out.substr(0, 200);
        EXPECT_EQ(count(out, "^FD") + count(out, "^FV"), count(zpl, "^FD") + count(zpl, "^FV"));
        EXPECT_EQ(count(out, "^XA"), 1);
        EXPECT_EQ(zpl_barcodes(out), zpl_barcodes(zpl));
    }
}

TEST(ZplBarcodes, AreReadAsAScannerWould) {
    EXPECT_THAT(zpl_barcodes("^XA^BY3^BCN,100,Y,N,N^FDJNE0123456789012^FS^XZ"),
                ElementsAre("JNE0123456789012"));
    EXPECT_THAT(zpl_barcodes("^XA^BCN,100^FD>;>842098028>89205590303190000000000^FS^XZ"),
                ElementsAre("42098028\x1D"
                            "9205590303190000000000"));
    EXPECT_THAT(zpl_barcodes("^XA^BCN^FD>:JP>512345678>6X^FS^XZ"), ElementsAre("JP12345678X"));
    EXPECT_THAT(zpl_barcodes("^XA^BCN^FH^FDA_2DB_5F1^FS^XZ"), ElementsAre("A-B_1"));
    EXPECT_THAT(zpl_barcodes("^XA^BCN^FH\\^FDA\\2DB_5F^FS^XZ"), ElementsAre("A-B_5F"));
    EXPECT_THAT(zpl_barcodes("^XA^FDA>0B^BCN^FS^XZ"), ElementsAre("A>B"));
    EXPECT_THAT(zpl_barcodes("^XA^BCN,1,N,N,N,D^FD(00)123456>8(10)AB^FS^XZ"),
                ElementsAre("00123456\x1D"
                            "10AB"));
    EXPECT_THAT(zpl_barcodes("^XA^BCN^FDX1^FS^BCN^FDX1^FS^BCN^FDX2^FS^XZ"),
                ElementsAre("X1", "X2"));
}

TEST(ZplBarcodes, TextIsNoBarcode) {
    EXPECT_THAT(zpl_barcodes("^XA^BCN,100^FS^FDtext^FS^B3N^FDX^FS^XZ"), IsEmpty());
    EXPECT_THAT(zpl_barcodes(""), IsEmpty());
}

TEST(ZplBarcodes, OfRealCourierLabels) {
    if (!std::filesystem::exists(courier_labels))
        GTEST_SKIP() << courier_labels << " is not on this machine";
    const auto of = [](const char* name) { return zpl_barcodes(file_text(courier_labels / name)); };
    EXPECT_THAT(of("fedex.zpl"), ElementsAre("9632080400200044387500271053820000"));
    EXPECT_THAT(of("ups.zpl"), ElementsAre("4210405000", "1Z680RA4DL08720000"));
    EXPECT_THAT(of("pocztex.zpl"), ElementsAre("PX6719400000"));
    EXPECT_THAT(of("usps.zpl"), ElementsAre("42098028\x1D"
                                            "9205590303190000000000"));
}

}  // namespace
}  // namespace kemas::printer
