// Customer text can never become a printer command: whatever stands in a field of a shipped layout,
// each language sends its own few commands around the drawn page, or the label is refused with that
// field's name. KEMAS_LONG=1 tries every text in every field; else a seeded choice of them.
#include <gmock/gmock.h>

#include <cstdlib>
#include <random>
#include <regex>

#include "drivers/printer/raster_codecs.hpp"
#include "drivers/printer/zpl_codec.hpp"
#include "drivers/sim/raster_reader.hpp"
#include "samples.hpp"

namespace kemas::label {
namespace {

using printer::Output;

// Commands, prefixes and escapes of the languages; what a shell, a database or a page might take
// for its own; what a script does to letters.
const std::vector<std::string> hostile_texts{
    "^XZ",
    "~JR",
    "^XA^FO0,0^FDx^FS^XZ",
    "^FD",
    "^FS^XZ~JA",
    "~HS",
    "^CC!",
    "~CT%",
    "~DGR:X,1,",
    "_5EXZ",
    ":Z64:eJw=:0000",
    "\\",
    "\\\\&",
    "\"",
    "\"\r\nCLS",
    "\"\nPRINT 9",
    "SIZE 1 mm",
    "BITMAP 0,0,1,1,0,",
    "DELETE \"*\"",
    "\nDOWNLOAD \"A\"",
    "! 0 200",
    "\r\nFORM\r\nPRINT",
    "! U1 do \"x\" \"\"",
    "\nP99\n",
    "\n^ee\n",
    "GW0,0,1,1,",
    "'; --",
    "$(reboot)",
    "{sku}{",
    "<b>&amp;",
    "%s%n",
    "\x1b@",
    "\x1b!?",
    "\x1dv0",
    "\x10\x04\x01",
    "\x02L",
    "\x18",
    "\x7f",
    "\xc2\x85",
    std::string("A\0B", 3),
    "\xff\xfe",
    "\xc0\xaf",
    "\t",
    "\u202eZX^",
    "\u2066A\u2069",
    "שלום",
    "مرحبا^XZ",
    "A\u0301\u0302\u0303\u0304",
    "Z\u0489\u0489\u0489",
    "ไทย",
    "日本",
    "👩‍👩‍👧",
    "\u200b\u200d",
    "\u2028P1",
    "\ufeff^XZ",
};

bool all_of_them() {
    return std::getenv("KEMAS_LONG") != nullptr;
}

Layout layout_named(const std::string& name) {
    auto layout = load_layout(KEMAS_SOURCE_DIR "/config/labels/" + name + ".toml");
    if (!layout) ADD_FAILURE() << layout.error().what;
    return layout ? *layout : Layout{};
}

std::string shown(const std::string& text) {
    std::string out;
    for (const char c : text)
        out += c >= ' ' && c <= '~' ? std::string(1, c)
                                    : "<" + std::to_string(static_cast<std::uint8_t>(c)) + ">";
    return out;
}

// What stays of a ZPL job when its comment and its picture are taken out; empty when it is not of
// our one form.
std::string frame_of_zpl(const std::string& job) {
    static const std::regex form(
        "(\\^XA\\^FX )[A-Za-z0-9 "
        "=._/-]*(\\^FS\\^MUD\\^LH0,0\\^PON\\^PMN\\^LRN\\^FWN\\^PW[0-9]+\\^LL[0-9]+"
        "\\^FO0,0\\^GFA,[0-9]+,[0-9]+,[0-9]+,):Z64:[A-Za-z0-9+/"
        "=]+:[0-9A-F]{4}(\\^FS\\^PQ1\\^XZ\\n)");
    std::smatch parts;
    return std::regex_match(job, parts, form) ? parts[1].str() + parts[2].str() + parts[3].str()
                                              : std::string();
}

// The same ink at the same place, and no more paper than the page: EPL2 and ESC/POS do not say how
// long a page is (EPL2's ends with its last ink), ESC/POS knows whole bytes of width only.
std::string difference(const Page& seen, const Page& page) {
    if (seen.row_bytes() > page.row_bytes() || seen.height > page.height)
        return "a page of " + std::to_string(seen.width) + " x " + std::to_string(seen.height);
    for (int y = 0; y < page.height; ++y)
        for (int byte = 0; byte < page.row_bytes(); ++byte) {
            const auto at = [&](const Page& of) -> unsigned {
                if (y >= of.height || byte >= of.row_bytes()) return 0;
                return of.bits[static_cast<std::size_t>(y * of.row_bytes() + byte)];
            };
            if (at(seen) != at(page))
                return "dots of row " + std::to_string(y) + ", byte " + std::to_string(byte);
        }
    return {};
}

// What each language would send of the page, read back: the strict readers take our few commands in
// their order and call any byte beside them an error. Empty when all is as it must be.
std::string sent_besides(const Page& page, const std::string& text) {
    struct Language {
        const char* name;
        Output output;
        sim::ReadPage (*read)(std::string_view, int);
    };
    static const Language all[]{
        {"TSPL", Output::tspl, sim::read_tspl},
        {"EPL2", Output::epl2, sim::read_epl2},
        {"ESC/POS", Output::escpos, sim::read_escpos},
        {"CPCL", Output::cpcl, [](std::string_view job, int) { return sim::read_cpcl(job); }}};
    const std::string comment = "kemas parcel=1 rev=1 tracking=" + text;
    for (const auto& language : all) {
        const auto seen = language.read(printer::encode(language.output, page, comment), page.dpi);
        if (!seen) return std::string(language.name) + ": " + seen.error();
        if (const auto wrong = difference(*seen, page); !wrong.empty())
            return std::string(language.name) + ": " + wrong;
    }
    const auto zpl = printer::encode(Output::zpl, page, comment);
    const auto harmless = printer::encode(Output::zpl, page, "kemas parcel=1 rev=1 tracking=JX1");
    if (frame_of_zpl(zpl).empty() || frame_of_zpl(zpl) != frame_of_zpl(harmless))
        return "ZPL: " + shown(zpl.substr(0, 200));
    const auto seen = printer::page_of(zpl);
    if (!seen) return "ZPL: no picture";
    const auto wrong = difference(*seen, page);
    return wrong.empty() ? wrong : "ZPL: " + wrong;
}

struct Tally {
    int drawn = 0, refused = 0;
};

void try_text(const Layout& layout, LabelContent content, const std::string& field,
              const std::string& text, Tally& tally) {
    content.fields[field] = text;
    const auto drawn = draw(layout, content);
    const auto where = layout.name + " " + field + " = " + shown(text);
    if (!drawn) {
        ++tally.refused;
        EXPECT_EQ(drawn.error().field, field) << where << ": " << drawn.error().why;
        EXPECT_THAT(drawn.error().why, testing::HasSubstr(field)) << where;
        return;
    }
    ++tally.drawn;
    EXPECT_EQ(sent_besides(drawn->page, text), "") << where;
}

class HostileText : public testing::TestWithParam<Sample> {};

TEST_P(HostileText, IsDrawnOrRefusedByNameInEveryFieldAndNeverSent) {
    const Sample& sample = GetParam();
    const auto layout = layout_named(sample.layout);
    std::mt19937 dice(20261122);
    // Some thirty tries of a layout, however few fields it has.
    const auto among =
        std::max<std::size_t>(1, sample.content.fields.size() * hostile_texts.size() / 30);
    Tally tally;
    for (const auto& [field, harmless] : sample.content.fields) {
        if (harmless.empty()) continue;  // decides which boxes are drawn at all
        for (const auto& text : hostile_texts) {
            if (!all_of_them() && dice() % among != 0) continue;
            // Alone, and in the middle of what a field holds anyway.
            const bool alone = dice() % 2 == 0;
            try_text(layout, sample.content, field,
                     alone ? text : harmless.substr(0, 1) + text + harmless.substr(1, 2), tally);
        }
    }
    EXPECT_GT(tally.drawn, 0) << "all " << tally.refused << " were refused: nothing was tried";
    EXPECT_GT(tally.refused, 0) << "control characters must be refused";
}
INSTANTIATE_TEST_SUITE_P(Layouts, HostileText, testing::ValuesIn(shipped_samples()),
                         [](const auto& of) {
                             auto name = of.param.golden;
                             std::erase(name, '-');
                             return name;
                         });

TEST(HostileText, OfTheDomesticLabelIsDrawnInEachOfTheCustomersFields) {
    const auto layout = layout_named("domestic-100x150");
    Tally tally;
    const auto content = shipped_samples().front().content;
    for (const std::string field : {"recipient_name", "recipient_address", "note", "contents"})
        for (const std::string text : {"^XZ", "~JR^FD", "\\\"", "! 0 200"})
            try_text(layout, content, field, text, tally);
    for (const std::string field : {"recipient_address", "contents"})
        for (const std::string text : {"\"\nCLS", "\r\nFORM"})
            try_text(layout, content, field, text, tally);
    EXPECT_EQ(tally.drawn, 20);
}

// The checks can see: a customer's bytes in a job are found out, wherever they stand.
TEST(HostileText, ControlAByteOfItInAJobIsFoundOut) {
    LabelContent content;
    content.fields["tote"] = "T-17";
    const auto drawn = draw(layout_named("tote-100x50"), content);
    ASSERT_TRUE(drawn) << drawn.error().why;
    const Page& page = drawn->page;
    const auto inserted = [](std::string job, const char* before, const char* bytes) {
        const auto at = job.find(before);
        EXPECT_NE(at, std::string::npos) << before;
        return at == std::string::npos ? job : job.insert(at, bytes);
    };
    const auto zpl = printer::encode(Output::zpl, page, "x");
    EXPECT_NE(frame_of_zpl(zpl), "");
    EXPECT_EQ(frame_of_zpl(inserted(zpl, "^FO0,0", "^FDDewi^XZ^FS")), "");
    EXPECT_EQ(frame_of_zpl(inserted(zpl, "^PQ1", "~JR")), "");
    const auto tspl = printer::encode(Output::tspl, page, "");
    EXPECT_TRUE(sim::read_tspl(tspl, 203));
    EXPECT_FALSE(sim::read_tspl(inserted(tspl, "PRINT", "TEXT 1,1,\"1\",0,1,1,\"Dewi\"\r\n"), 203));
    EXPECT_FALSE(sim::read_epl2(inserted(printer::encode(Output::epl2, page, ""), "GW", "^ee\n")));
    EXPECT_FALSE(
        sim::read_cpcl(inserted(printer::encode(Output::cpcl, page, ""), "FORM", "! U1 do\r\n")));
    EXPECT_FALSE(
        sim::read_escpos(inserted(printer::encode(Output::escpos, page, ""), "\x1dv0", "\x1b@")));
    Page other = page;
    other.bits[100] ^= 1;
    EXPECT_NE(difference(other, page), "");
}

}  // namespace
}  // namespace kemas::label
