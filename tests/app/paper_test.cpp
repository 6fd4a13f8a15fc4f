// Which page a printer takes, and in which bytes.
#include "app/paper.hpp"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <fstream>
#include <sstream>

#include "../settings/folder.hpp"
#include "app/device_facts.hpp"
#include "app/printers.hpp"

namespace kemas::app {
namespace {

using settings::PrinterSettings;
using ::testing::HasSubstr;
using ::testing::StartsWith;

Page page_of(int width, int height, int dpi = 203) {
    Page page{width, height, dpi, {}};
    page.bits.resize(static_cast<std::size_t>(page.row_bytes() * height));
    return page;
}

PrinterSettings printer_with(const char* profile) {
    PrinterSettings printer;
    printer.name = "printer-1";
    printer.profile = KEMAS_SOURCE_DIR "/firmware-profiles/printer/" + std::string(profile);
    return printer;
}

// The profile of ZPL printers with one line of it changed.
struct ChangedProfile {
    ChangedProfile(const std::string& from, const std::string& to) {
        std::ostringstream text;
        text << std::ifstream(printer_with("zebra-zpl.toml").profile).rdbuf();
        std::string changed = text.str();
        changed.replace(changed.find(from), from.size(), to);
        path = folder.put("zpl.toml", changed);
    }
    PrinterSettings printer() const {
        PrinterSettings made;
        made.name = "printer-1";
        made.profile = path;
        return made;
    }
    testing::Folder folder;
    std::string path;
};

TEST(Paper, TheProfileSaysTheLanguageAndTheDensity) {
    const auto paper = paper_of(printer_with("tsc-tspl.toml"));
    ASSERT_TRUE(paper);
    EXPECT_EQ(paper->output, printer::Output::tspl);
    EXPECT_THAT(job_of(page_of(800, 1200), *paper, "job"), StartsWith("\r\nSIZE 100 mm,150 mm"));
    const auto wrong = misfit(page_of(2400, 3600, 600), *paper);
    ASSERT_TRUE(wrong);
    EXPECT_EQ(wrong->field, "dpi");
    EXPECT_THAT(wrong->why, HasSubstr("has 203 or 300 dpi, the layout is drawn for 600"));
    EXPECT_FALSE(misfit(page_of(800, 1200), *paper));
}

TEST(Paper, APageWiderThanTheHeadIsRefusedByItsWidth) {
    const ChangedProfile profile("tcp_port = 9100", "max_width_dots = 832");
    const auto paper = paper_of(profile.printer());
    ASSERT_TRUE(paper) << paper.error().what;
    const auto wrong = misfit(page_of(840, 1200), *paper);
    ASSERT_TRUE(wrong);
    EXPECT_EQ(wrong->field, "width_mm");
    EXPECT_THAT(wrong->why, HasSubstr("prints 832 dots across, the layout has 840"));
    EXPECT_FALSE(misfit(page_of(832, 1200), *paper));
}

TEST(PrinterPort, IsTheSitesElseTheProfiles) {
    const ChangedProfile profile("tcp_port = 9100", "tcp_port = 6101");
    auto printer = profile.printer();
    printer.host = "192.0.2.1";
    printer.port = 0;
    EXPECT_EQ(printer_port(printer), 6101);
    settings::Settings site;
    site.printers = {printer};
    EXPECT_EQ(device_facts(site).at(0).address, "192.0.2.1:6101");
    printer.port = 9101;
    EXPECT_EQ(printer_port(printer), 9101);
}

TEST(PrinterPort, APrinterWithoutOneIsRefused) {
    const ChangedProfile profile("tcp_port = 9100", "tcp_port = 0");
    auto printer = profile.printer();
    printer.host = "192.0.2.1";
    printer.port = 0;
    boost::asio::io_context loop;
    const auto made = make_printer(loop.get_executor(), printer);
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().what, StartsWith("printer printer-1 lacks port: "));
    printer.port = 9100;
    EXPECT_TRUE(make_printer(loop.get_executor(), printer));
}

TEST(Paper, EachLanguageGetsItsOwnBytes) {
    const auto job = [](const char* profile) {
        return job_of(page_of(400, 240), *paper_of(printer_with(profile)), "job");
    };
    EXPECT_THAT(job("zebra-zpl.toml"), StartsWith("^XA^FX job^FS"));
    EXPECT_THAT(job("epl2.toml"), StartsWith("\nN\nq400\n"));
    EXPECT_THAT(job("escpos.toml"), StartsWith("\x1b@\x1dv0"));
    EXPECT_THAT(job("cpcl.toml"), StartsWith("! 0 203 203 240 1\r\n"));
    PrinterSettings queue;
    queue.transport = PrinterSettings::Transport::ipp;
    const auto sent = [&](const char* format) {
        queue.format = format;
        return job_of(page_of(400, 240), *paper_of(queue), "job");
    };
    EXPECT_THAT(sent("application/octet-stream"), StartsWith("^XA"));
    EXPECT_THAT(sent("application/pdf"), StartsWith("%PDF-"));
    EXPECT_THAT(sent("image/pwg-raster"), StartsWith("RaS2PwgRaster"));
    EXPECT_THAT(sent("image/png"), StartsWith("\x89PNG"));
}

TEST(Paper, AnotherLabelSizeIsRefusedByTheKeyThatSaysIt) {
    PrinterSettings printer;
    printer.name = "printer-1";
    printer.dpi = 300;
    printer.width_tenths_mm = 1'000;
    printer.height_tenths_mm = 1'000;
    const auto paper = *paper_of(printer);
    EXPECT_EQ(misfit(page_of(800, 800), paper)->field, "dpi");
    EXPECT_EQ(misfit(page_of(600, 1200, 300), paper)->field, "width_mm");
    const auto wrong = misfit(page_of(1200, 1800, 300), paper);
    ASSERT_TRUE(wrong);
    EXPECT_EQ(wrong->field, "height_mm");
    EXPECT_THAT(wrong->why, HasSubstr("has labels of 100 mm (height_mm), the layout is 150 mm"));
    EXPECT_FALSE(misfit(page_of(1200, 1200, 300), paper));
    EXPECT_FALSE(misfit(page_of(1188, 1188, 300), paper)) << "a millimetre of margin";
}

TEST(Paper, AChannelsZplGoesOnlyToAPrinterThatSpeaksIt) {
    EXPECT_FALSE(zpl_misfit(*paper_of(printer_with("zebra-zpl.toml"))));
    const auto wrong = zpl_misfit(*paper_of(printer_with("tsc-tspl.toml")));
    ASSERT_TRUE(wrong);
    EXPECT_THAT(wrong->why, HasSubstr("speaks tspl, the channel's label is ZPL"));
}

}  // namespace
}  // namespace kemas::app
