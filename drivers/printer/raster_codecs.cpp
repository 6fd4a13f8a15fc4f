#include "drivers/printer/raster_codecs.hpp"

#include "drivers/printer/page_bands.hpp"
#include "drivers/printer/zpl_codec.hpp"

namespace kemas::printer {
namespace {

std::string number(int n) {
    return std::to_string(n);
}

// "99.5": exact for any head, which has whole dots a millimetre.
std::string millimetres(int dots, int per_mm) {
    const int thousandths = dots % per_mm * 1000 / per_mm;
    std::string rest = number(1000 + thousandths).substr(1);
    while (!rest.empty() && rest.back() == '0') rest.pop_back();
    return number(dots / per_mm) + (rest.empty() ? "" : "." + rest);
}

// GS v 0 counts rows in two bytes, but small printers take fewer at a time.
constexpr int escpos_most_rows = 255;

}  // namespace

int dots_per_mm(int dpi) {
    return dpi <= 203 ? 8 : dpi <= 305 ? 12 : 24;
}

std::string encode_tspl(const Page& page) {
    const int per_mm = dots_per_mm(page.dpi);
    std::string out = "\r\nSIZE " + millimetres(page.width, per_mm) + " mm," +
                      millimetres(page.height, per_mm) + " mm\r\n";
    out += "DIRECTION 0\r\nREFERENCE 0,0\r\nCLS\r\n";
    for (const Band& band : bands_of(page)) {
        out += "BITMAP " + number(band.first_byte * 8) + "," + number(band.top) + "," +
               number(band.bytes) + "," + number(band.height) + ",0,";
        out += rows_of(page, band, true) + "\r\n";
    }
    return out + "PRINT 1,1\r\n";
}

std::string encode_epl2(const Page& page) {
    std::string out = "\nN\nq" + number(page.row_bytes() * 8) + "\nR0,0\n";
    for (const Band& band : bands_of(page)) {
        out += "GW" + number(band.first_byte * 8) + "," + number(band.top) + "," +
               number(band.bytes) + "," + number(band.height) + ",";
        out += rows_of(page, band, true) + "\n";
    }
    return out + "P1\n";
}

std::string encode_cpcl(const Page& page) {
    const std::string dpi = number(page.dpi);
    std::string out = "! 0 " + dpi + " " + dpi + " " + number(page.height) + " 1\r\n";
    out += "PAGE-WIDTH " + number(page.row_bytes() * 8) + "\r\n";
    for (const Band& band : bands_of(page)) {
        out += "CG " + number(band.bytes) + " " + number(band.height) + " " +
               number(band.first_byte * 8) + " " + number(band.top) + " ";
        out += rows_of(page, band, false) + "\r\n";
    }
    return out + "FORM\r\nPRINT\r\n";
}

std::string encode_escpos(const Page& page) {
    std::string out = "\x1b@";
    const auto rows = [&](int top, int height, int bytes) {
        for (const int end = top + height; top < end; top += escpos_most_rows) {
            const int count = std::min(escpos_most_rows, end - top);
            for (const int value :
                 {0x1D, 'v' + 0, '0' + 0, 0, bytes & 0xFF, bytes >> 8, count & 0xFF, count >> 8})
                out += static_cast<char>(value);
            out += rows_of(page, {top, count, 0, bytes}, false);
        }
    };
    // A blank row costs one byte, and keeps everything below it in its place.
    int done = 0;
    for (const Band& band : bands_of(page)) {
        rows(done, band.top - done, 1);
        rows(band.top, band.height, band.first_byte + band.bytes);
        done = band.top + band.height;
    }
    rows(done, page.height - done, 1);
    return out;
}

std::optional<Output> output_named(std::string_view name) {
    if (name == "zpl" || name == "application/vnd.zebra-zpl") return Output::zpl;
    if (name == "tspl") return Output::tspl;
    if (name == "epl2") return Output::epl2;
    if (name == "escpos") return Output::escpos;
    if (name == "cpcl") return Output::cpcl;
    if (name == "application/pdf") return Output::pdf;
    if (name == "image/pwg-raster") return Output::pwg;
    return std::nullopt;
}

std::string encode(Output output, const Page& page, std::string_view job_comment) {
    switch (output) {
        case Output::zpl:
            break;
        case Output::tspl:
            return encode_tspl(page);
        case Output::epl2:
            return encode_epl2(page);
        case Output::escpos:
            return encode_escpos(page);
        case Output::cpcl:
            return encode_cpcl(page);
        case Output::pdf:
            return encode_pdf(page);
        case Output::pwg:
            return encode_pwg(page);
    }
    return encode_zpl(page, job_comment);
}

}  // namespace kemas::printer
