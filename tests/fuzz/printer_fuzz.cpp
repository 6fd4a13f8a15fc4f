// What printers answer, and what channels send to be printed: nothing unasked comes through, and a
// label stays the label it was.
#include <algorithm>
#include <string>

#include "drivers/printer/ipp_status.hpp"
#include "drivers/printer/printer_language.hpp"
#include "drivers/printer/raster_codecs.hpp"
#include "drivers/printer/zpl_codec.hpp"
#include "drivers/printer/zpl_mark.hpp"
#include "drivers/printer/zpl_status.hpp"
#include "drivers/printer/zpl_tokens.hpp"
#include "drivers/sim/raster_reader.hpp"
#include "tests/fuzz/input.hpp"

using namespace kemas;
using fuzz::Feed, fuzz::must;
using namespace kemas::printer;

namespace {

void check(const Result<PrinterSays>& says) {
    if (!says) return must(!says.error().what.empty(), "a strange answer is named");
    must(!says->state.empty(), "a printer's state has a name");
    if (says->obstacle)
        must(!says->obstacle->state.empty() && !says->obstacle->why.empty(),
             "an obstacle says what to do");
}

void answer(Feed& in) {
    const auto language = static_cast<Language>(1 + in.byte() % 5);
    const auto moment = in.byte() & 1 ? Moment::after_job : Moment::before_job;
    const auto heard = in.rest();
    if (is_whole_answer(language, moment, heard)) check(understand(language, moment, heard));
}

void host_status(Feed& in) {
    const auto heard = in.rest();
    const auto status = parse_host_status(heard);
    if (status) why_not_ready(*status);
    if (status) must(is_whole_host_status(heard), "only a whole answer is understood");
}

void ipp(Feed& in) {
    IppPrinterFacts facts;
    IppJobFacts job;
    facts.state = in.byte() % 8;
    job.state = in.byte() % 12;
    facts.accepts_jobs = in.byte() & 1;
    while (!in.empty()) facts.reasons.emplace_back(in.take(in.byte() % 40));
    job.reasons = facts.reasons;
    check(understand_ipp(facts));
    end_of(job);
}

std::size_t times(const std::string& zpl, std::string_view code) {
    const auto tokens = zpl_tokens(zpl);
    return static_cast<std::size_t>(
        std::count_if(tokens.begin(), tokens.end(), [&](const auto& t) { return t.code == code; }));
}

void channel(Feed& in) {
    const int dpi = in.byte() & 1 ? 203 : 300;
    const auto zpl = in.rest();
    std::string joined;
    for (const auto& token : zpl_tokens(zpl)) joined += token.whole;
    const auto first = zpl.find_first_of("^~");
    must(joined == (first == zpl.npos ? "" : zpl.substr(first)), "no byte of a label is lost");
    const auto label = channel_zpl(zpl, "kemas parcel=1");
    if (!label) return must(!label.error().what.empty(), "a refused label says why");
    must(times(*label, "^XA") == 1 && times(*label, "^XZ") == 1 && times(*label, "^PQ") == 1,
         "one label, one copy");
    for (const auto& token : zpl_tokens(*label)) {
        must(token.code[0] == '^', "no command that does not draw comes through");
        for (const auto* never : {"^JU", "^KP", "^ID", "^DF", "^CC", "^CD", "^CT", "^XF", "^SX"})
            must(token.code != never, "no command that changes the printer comes through");
    }
    must(label->size() <= largest_channel_zpl * 5, "a label does not grow without bounds");
    must(zpl_barcodes(*label).size() <= label->size(), "barcodes are read");
    const auto marked = marked_zpl(*label, "COPY 2", {800, 1200, dpi});
    if (!marked) return;
    must(zpl_barcodes(*marked) == zpl_barcodes(*label), "a mark is no barcode");
    must(unmarked_zpl(*marked) == unmarked_zpl(*label) || unmarked_zpl(*marked) == *label,
         "a mark can be taken out again");
}

// EPL2 and ESC/POS do not say how large a page is: only its ink is compared.
void same_ink(const sim::ReadPage& seen, const Page& drawn, const char* language) {
    must(seen.has_value(), language);
    const auto black = [](const Page& page, int x, int y) {
        return x < page.width && y < page.height && page.black(x, y);
    };
    for (int y = 0; y < std::max(seen->height, drawn.height); ++y)
        for (int x = 0; x < std::max(seen->width, drawn.width); ++x)
            must(black(*seen, x, y) == black(drawn, x, y), language);
}

void rasters(const Page& page) {
    same_ink(sim::read_tspl(encode_tspl(page)), page, "TSPL draws the page");
    same_ink(sim::read_epl2(encode_epl2(page)), page, "EPL2 draws the page");
    same_ink(sim::read_cpcl(encode_cpcl(page)), page, "CPCL draws the page");
    same_ink(sim::read_escpos(encode_escpos(page)), page, "ESC/POS draws the page");
    must(encode_pwg(page).size() <= 1800 + 2 * page.bits.size() + page.bits.size() / 8 +
                                        2 * static_cast<std::size_t>(page.height),
         "PWG raster does not grow without bounds");
}

void page(Feed& in) {
    Page page;
    page.width = 1 + in.word() % 900;
    page.height = 1 + in.byte();
    const auto row = static_cast<std::size_t>(page.row_bytes());
    page.bits.resize(row * static_cast<std::size_t>(page.height));
    const auto pattern = in.rest();
    for (std::size_t i = 0; i < page.bits.size() && !pattern.empty(); ++i)
        page.bits[i] = static_cast<std::uint8_t>(pattern[i % pattern.size()]);
    const int spare = page.row_bytes() * 8 - page.width;  // beyond the right edge nothing is drawn
    for (std::size_t end = row; end <= page.bits.size(); end += row)
        page.bits[end - 1] = static_cast<std::uint8_t>(page.bits[end - 1] & 0xFF << spare);
    const auto back = page_of(encode_zpl(page, "job=1"));
    must(
        back && back->width == page.width && back->height == page.height && back->bits == page.bits,
        "a page is printed as it was drawn");
    rasters(page);
}

void foreign_raster(Feed& in) {
    const auto kind = in.byte() % 4;
    const auto job = in.rest();
    const auto page = kind == 0   ? sim::read_tspl(job)
                      : kind == 1 ? sim::read_epl2(job)
                      : kind == 2 ? sim::read_cpcl(job)
                                  : sim::read_escpos(job);
    if (!page) return must(!page.error().empty(), "a strange job is named");
    must(page->bits.size() ==
             static_cast<std::size_t>(page->row_bytes()) * static_cast<std::size_t>(page->height),
         "a page has all its rows");
}

void foreign_page(Feed& in) {
    const auto page = page_of(in.rest());
    if (!page) return;
    must(page->width > 0 && page->height > 0, "a page has a size");
    must(page->bits.size() ==
             static_cast<std::size_t>(page->row_bytes()) * static_cast<std::size_t>(page->height),
         "a page has all its rows");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed in(data, size);
    switch (in.byte() % 7) {
        case 0:
            return answer(in), 0;
        case 1:
            return host_status(in), 0;
        case 2:
            return channel(in), 0;
        case 3:
            return page(in), 0;
        case 4:
            return foreign_page(in), 0;
        case 6:
            return foreign_raster(in), 0;
        default:
            return ipp(in), 0;
    }
}
