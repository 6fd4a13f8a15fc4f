// A mark of ours on a label of ZPL that somebody else drew: where it is white, once, or not at all.
// KEMAS_LABELS_SEEN=folder keeps the marked labels of real couriers, for another renderer to judge.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "drivers/printer/zpl_codec.hpp"
#include "drivers/printer/zpl_mark.hpp"
#include "drivers/printer/zpl_room.hpp"

namespace kemas::printer {
namespace {

using ::testing::HasSubstr;

const std::filesystem::path courier_labels = "/work/shared/data/courier-zpl";
const ZplPaper a6{800, 1200, 203};

std::string job(const std::string& fields) {
    const auto made = channel_zpl("^XA" + fields + "^XZ", "kemas parcel=7 rev=1 tracking=JX1");
    EXPECT_TRUE(made) << made.error().what;
    return made.value_or("");
}

struct Spot {
    int x = -1, y = -1, height = 0, letters = 0;
};

Spot mark_of(const std::string& zpl) {
    static const std::regex form(
        "\\^FO([0-9]+),([0-9]+)\\^A0N,([0-9]+),[0-9]+\\^FD([^^]*)\\^FS\\^PQ1\\^XZ\\n$");
    std::smatch found;
    if (!std::regex_search(zpl, found, form)) return {};
    return {std::stoi(found[1]), std::stoi(found[2]), std::stoi(found[3]),
            static_cast<int>(found[4].length())};
}

// Whether the mark's letters (no wider than high) stay off these dots.
bool misses(const Spot& spot, int left, int top, int right, int bottom) {
    return spot.x >= right || spot.y >= bottom || spot.x + spot.letters * spot.height <= left ||
           spot.y + spot.height <= top;
}

int count(const std::string& text, const std::string& word) {
    int n = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++n;
    return n;
}

TEST(ZplMark, StandsInTheFirstWhiteRow) {
    const auto marked = marked_zpl(job("^FO50,300^A0N,30,30^FDx^FS"), "REPRINT 2", a6);
    ASSERT_TRUE(marked);
    EXPECT_THAT(*marked, HasSubstr("^FDREPRINT 2^FS^PQ1^XZ\n"));
    EXPECT_EQ(mark_of(*marked).y, 8);
}

TEST(ZplMark, KeepsOffABarcodeWhereverItLies) {
    // Bars along the top, along the foot, and on end at both sides; all of a label's width.
    const std::string bars =
        "^FO30,0^BY3^BCN,500^FDJX123456789012^FS^FO30,700^BCN,480^FDJX123456789012^FS";
    const auto marked = marked_zpl(job(bars), "REPRINT 1", a6);
    ASSERT_TRUE(marked);
    const auto spot = mark_of(*marked);
    EXPECT_GT(spot.y, 500 + 12 * 3) << "words below the bars";
    EXPECT_LT(spot.y + spot.height, 700);
    const auto standing = marked_zpl(job("^FO0,0^BY3^BCR,390^FDJX123456^FS"), "REPRINT 1", a6);
    ASSERT_TRUE(standing);
    EXPECT_TRUE(misses(mark_of(*standing), 0, 0, 390, (11 * 8 + 35 + 10) * 3));
}

TEST(ZplMark, KeepsOffTheQuietZone) {
    // 10 modules of 4 dots are white left of these bars and must stay so.
    const auto marked =
        marked_zpl(job("^FO240,0^BY4^BCN,1190^FD>;12^FS"), "REPRINT 1", {800, 1200, 203});
    ASSERT_TRUE(marked);
    EXPECT_TRUE(misses(mark_of(*marked), 200, 0, 800, 1200));
}

TEST(ZplMark, FramesAreWhiteInside) {
    const auto marked = marked_zpl(job("^FO0,0^GB800,1200,3^FS"), "REPRINT 1", a6);
    ASSERT_TRUE(marked);
    EXPECT_TRUE(misses(mark_of(*marked), 0, 0, 800, 3));
    EXPECT_FALSE(marked_zpl(job("^FO0,0^GB800,1200,800^FS"), "REPRINT 1", a6)) << "all black";
}

TEST(ZplMark, IsLeftOutWhereThereIsNoRoomOrNobodyCanTell) {
    const auto none = [](const std::string& fields) {
        return !marked_zpl(job(fields), "REPRINT 1", a6);
    };
    EXPECT_TRUE(none("^FO0,0^GFA,120000,120000,100,:Z64:eJw=:0000^FS")) << "a whole picture";
    EXPECT_TRUE(none("^FO0,0^BY10^BCN,1200^FDJX123456789012^FS"));
    EXPECT_TRUE(none("^FDnowhere^FS")) << "a field without a place";
    EXPECT_TRUE(none("^MUM^FO5,5^FDx^FS")) << "millimetres";
    EXPECT_TRUE(none("^FO5,5^BFN,10,3^FDx^FS")) << "MicroPDF417";
    EXPECT_TRUE(none("^FO5,5^BXN^FDx^FS")) << "a matrix without a module size";
    EXPECT_FALSE(none("^FO5,5^BXN,6^FDx^FS"));
    EXPECT_FALSE(marked_zpl(job("^FO9,9^FDx^FS"), "REPRINT 1", {60, 60, 203})) << "a tiny label";
    EXPECT_FALSE(marked_zpl(job("^FO9,9^FDx^FS"), "^~", a6)) << "nothing to write";
}

TEST(ZplMark, IsReplacedAndNeverStacked) {
    const auto label = job("^FO50,300^A0N,30,30^FDx^FS^FO50,400^BY3^BCN,100^FDJX1^FS");
    auto once = marked_zpl(label, "REPRINT 1  run 12  7/40", a6);
    ASSERT_TRUE(once);
    EXPECT_EQ(unmarked_zpl(*once), label);
    const auto again = channel_zpl(unmarked_zpl(*once), "kemas parcel=7 rev=3 tracking=JX1");
    ASSERT_TRUE(again);
    const auto twice = marked_zpl(*again, "REPRINT 2", a6);
    ASSERT_TRUE(twice);
    EXPECT_EQ(count(*twice, "REPRINT"), 1);
    EXPECT_EQ(mark_of(*twice).y, mark_of(*once).y);
    // Of a label that is not ours no field is taken away, whatever it looks like.
    const std::string theirs = "^XA^FO1,1^FDx^FS^MUD^LRN^LH0,0^FO8,2^A0N,20,20^FDREF 5^FS^PQ1^XZ\n";
    EXPECT_EQ(unmarked_zpl(theirs), theirs);
}

TEST(ZplMark, FinerHeadsGetLargerLetters) {
    const auto label = job("^FO50,300^A0N,30,30^FDx^FS");
    const auto fine = marked_zpl(label, "REPRINT 1", {1200, 1800, 300});
    ASSERT_TRUE(fine);
    EXPECT_EQ(mark_of(*fine).height, 30);
    EXPECT_EQ(mark_of(*marked_zpl(label, "REPRINT 1", a6)).height, 20);
}

TEST(ZplRoom, CoversWhatAFieldMayDraw) {
    const auto only = [](const std::string& fields) {
        const auto room = zpl_room("^XA" + fields + "^XZ", 203);
        EXPECT_TRUE(room && room->taken.size() == 1) << fields;
        return room && !room->taken.empty() ? room->taken.front() : ZplBlock{};
    };
    const auto at = only("^LH10,20^FO100,200^A0N,40,40^FDABCDE^FS");
    EXPECT_LE(at.left, 110);
    EXPECT_LE(at.top, 220);
    EXPECT_GE(at.right, 110 + 4 * 40);
    EXPECT_GE(at.bottom, 260);
    const auto turned = only("^FO100,200^A0R,40,40^FDABCDE^FS");
    EXPECT_GE(turned.bottom, 200 + 4 * 40);
    EXPECT_LT(turned.right, 100 + 2 * 40);
    const auto from_foot = only("^FT100,200^A0N,40,40^FDABCDE^FS");
    EXPECT_LE(from_foot.top, 160);
    EXPECT_GE(only("^FO10,10^FB300,5,0,L^A0N,30,30^FDlong^FS").bottom, 10 + 5 * 30);
    EXPECT_GE(only("^FO10,10^A0N,30,30^FB300,5,0,L^FDlong^FS").right, 310);
    const auto qr = only("^FO10,10^BQN,2,6^FDMA,https://example.test/1234567890^FS");
    EXPECT_TRUE(qr.barcode);
    EXPECT_GE(qr.right, 10 + 29 * 6);
    EXPECT_GE(only("^BY3,2,120^FO10,10^B3N^FDABC123^FS").bottom, 130);
}

TEST(ZplMark, RealCourierLabels) {
    if (!std::filesystem::exists(courier_labels))
        GTEST_SKIP() << courier_labels << " is not on this machine";
    const char* keep = std::getenv("KEMAS_LABELS_SEEN");
    int marked_ones = 0;
    for (const auto& file : std::filesystem::directory_iterator(courier_labels)) {
        if (file.path().extension() != ".zpl") continue;
        const auto name = file.path().stem().string();
        std::ostringstream text;
        text << std::ifstream(file.path(), std::ios::binary).rdbuf();
        const auto passed = channel_zpl(text.str(), "kemas parcel=1 rev=1 tracking=" + name);
        ASSERT_TRUE(passed) << name;
        const auto marked = marked_zpl(*passed, "REPRINT 1", {812, 1218, 203});
        std::printf("%s: %s\n", name.c_str(),
                    marked ? marked->substr(marked->size() - 60).c_str() : "no room");
        if (!marked) continue;
        ++marked_ones;
        EXPECT_EQ(zpl_barcodes(*marked), zpl_barcodes(*passed)) << name;
        if (!keep) continue;
        std::ofstream(std::filesystem::path(keep) / (name + "-plain"), std::ios::binary) << *passed;
        std::ofstream(std::filesystem::path(keep) / (name + "-marked"), std::ios::binary)
            << *marked;
    }
    EXPECT_GE(marked_ones, 5);
}

}  // namespace
}  // namespace kemas::printer
