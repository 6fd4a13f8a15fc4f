// Customer text can never become a printer command: whatever stands in a field, what is sent is our
// own few commands around a picture, or nothing at all.
#include <gtest/gtest.h>

#include <random>
#include <regex>
#include <string>
#include <vector>

#include "drivers/printer/raster_codecs.hpp"
#include "drivers/sim/raster_reader.hpp"
#include "label/draw.hpp"

namespace kemas::app {
namespace {

const std::vector<std::string> commands{"^XZ",
                                        "~JR",
                                        "^XA^FO0,0^FDx^FS^XZ",
                                        "\\",
                                        "\\\\&",
                                        "^FS^XZ~JA",
                                        "~HS",
                                        "^CC!",
                                        "~CT%",
                                        "{}",
                                        "\x1b@",
                                        "\x1b!?",
                                        "\x1dv0",
                                        "\x10\x04\x01",
                                        "\r\nCLS",
                                        "\nPRINT 9",
                                        "\r\nFORM\r\nPRINT",
                                        "! 0 200",
                                        "\nP99\n",
                                        "^ee\n",
                                        "GW0,0,1,1,",
                                        "! U1 do",
                                        "\x02L",
                                        "\x18",
                                        "^FX",
                                        "~DGR:X,1,",
                                        "SIZE 1 mm",
                                        "\nDELETE \"*\"",
                                        "ü",
                                        "ไทย",
                                        "日本",
                                        "\xe2\x80\xae",
                                        "Rp^",
                                        "\t"};

std::string hostile(std::mt19937& dice) {
    static const std::vector<std::string> plain{"Dewi", " ", "Jl. Melati 5", "17530",
                                                "-",    "A", "0812"};
    std::string text;
    const auto parts = 1 + dice() % 4;
    for (unsigned i = 0; i < parts; ++i) {
        const auto& from = dice() % 3 ? commands : plain;
        text += from[dice() % from.size()];
    }
    return text;
}

// What stays of a ZPL job when its picture is taken out; empty when it is not of our one form.
std::string frame_of_zpl(const std::string& job) {
    static const std::regex form(
        "(\\^XA\\^FX [A-Za-z0-9 "
        "=._/-]*\\^FS\\^MUD\\^LH0,0\\^PON\\^PMN\\^LRN\\^FWN\\^PW[0-9]+\\^LL[0-9]+"
        "\\^FO0,0\\^GFA,[0-9]+,[0-9]+,[0-9]+,):Z64:[A-Za-z0-9+/"
        "=]+:[0-9A-F]{4}(\\^FS\\^PQ1\\^XZ\\n)");
    std::smatch parts;
    return std::regex_match(job, parts, form) ? parts[1].str() + parts[2].str() : std::string();
}

struct Language {
    printer::Output output;
    sim::ReadPage (*read)(std::string_view, int);
};
sim::ReadPage read_cpcl(std::string_view job, int) {
    return sim::read_cpcl(job);
}

// All of the page's dots that the language carries, and nothing beside them: the strict reader
// takes our few commands in their order and calls a stray byte an error.
void is_only_the_picture(const Page& page, const std::string& text) {
    const Language all[]{{printer::Output::tspl, sim::read_tspl},
                         {printer::Output::epl2, sim::read_epl2},
                         {printer::Output::escpos, sim::read_escpos},
                         {printer::Output::cpcl, read_cpcl}};
    for (const auto& language : all) {
        const auto job = printer::encode(language.output, page, "kemas tracking=" + text);
        const auto read = language.read(job, page.dpi);
        ASSERT_TRUE(read) << static_cast<int>(language.output) << ": " << read.error();
    }
    const auto zpl = printer::encode(printer::Output::zpl, page, "kemas tracking=" + text);
    const auto frame = frame_of_zpl(zpl);
    ASSERT_NE(frame, "") << zpl.substr(0, 200);
    for (const char command : {'~', '\\', '\x1b'})
        EXPECT_EQ(zpl.find(command), std::string::npos) << "from " << text;
    // XA FX FS MU LH PO PM LR FW PW LL FO GF FS PQ XZ
    EXPECT_EQ(std::count(frame.begin(), frame.end(), '^'), 16);
}

class Hostile : public testing::TestWithParam<const char*> {};

TEST_P(Hostile, TextInEveryFieldIsDrawnOrRefusedAndNeverSentAsText) {
    const auto layout =
        label::load_layout(std::string(KEMAS_SOURCE_DIR "/config/labels/") + GetParam() + ".toml");
    ASSERT_TRUE(layout) << layout.error().what;
    std::mt19937 dice(20261122);
    int drawn_pages = 0, refused = 0;
    for (int round = 0; round < 30; ++round) {
        label::LabelContent content;
        for (const auto field : label::fields_of(layout->kind))
            content.fields[std::string(field)] = "7";
        content.fields["tracking_number"] = "JX" + std::to_string(1000 + round);
        content.fields["sscc"] = "395012345678901231";
        for (int i = 0; i < 2; ++i) {
            const auto fields = label::fields_of(layout->kind);
            content.fields[std::string(fields[dice() % fields.size()])] = hostile(dice);
        }
        const auto drawn = label::draw(*layout, content);
        if (!drawn) {
            ++refused;
            EXPECT_FALSE(drawn.error().field.empty());
            continue;
        }
        ++drawn_pages;
        is_only_the_picture(drawn->page, hostile(dice));
    }
    EXPECT_GT(drawn_pages, 0) << "all " << refused << " were refused: nothing was tried";
}
INSTANTIATE_TEST_SUITE_P(Layouts, Hostile,
                         testing::Values("return-100x150", "packing-slip-100x150", "item-40x30",
                                         "tote-100x50", "badge-86x54"));

// The check can see: a job with a customer's bytes in it is found out.
TEST(HostileControl, ACustomersByteInTheJobIsFoundOut) {
    const auto layout = label::load_layout(KEMAS_SOURCE_DIR "/config/labels/tote-100x50.toml");
    ASSERT_TRUE(layout);
    label::LabelContent content;
    content.fields["tote"] = "T-17";
    const auto drawn = label::draw(*layout, content);
    ASSERT_TRUE(drawn) << drawn.error().why;
    auto zpl = printer::encode(printer::Output::zpl, drawn->page, "");
    EXPECT_NE(frame_of_zpl(zpl), "");
    zpl.insert(zpl.find("^FO0,0"), "^FDDewi^XZ^FS");
    EXPECT_EQ(frame_of_zpl(zpl), "");
    auto tspl = printer::encode(printer::Output::tspl, drawn->page, "");
    EXPECT_TRUE(sim::read_tspl(tspl, 203));
    tspl.insert(tspl.find("PRINT"), "TEXT 1,1,\"1\",0,1,1,\"Dewi\"\r\n");
    EXPECT_FALSE(sim::read_tspl(tspl, 203));
}

}  // namespace
}  // namespace kemas::app
