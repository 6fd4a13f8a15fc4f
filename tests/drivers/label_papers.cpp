#include "label_papers.hpp"

#include <cairo-pdf.h>
#include <zint.h>
#include <zlib.h>

#include <cstdint>

// Debian's fontconfig loses a few hundred bytes when cairo sets its first text.
extern "C" const char* __lsan_default_suppressions();  // NOLINT: the name is LSan's
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libfontconfig.so";
}

namespace kemas::label_pages {
namespace {

constexpr double kPoint = 72 / 25.4;  // points a millimetre

cairo_status_t take(void* into, const unsigned char* bytes, unsigned size) {
    static_cast<std::string*>(into)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

void draw(cairo_t* cairo, const PaperCode& code) {
    zint_symbol* symbol = ZBarcode_Create();
    symbol->symbology = code.symbology;
    symbol->show_hrt = 0;
    ZBarcode_Encode(symbol, reinterpret_cast<const unsigned char*>(code.text.data()),
                    static_cast<int>(code.text.size()));
    const double module = code.width_mm / symbol->width;
    const double height = symbol->rows > 1 ? module : code.height_mm;
    for (int row = 0; row < symbol->rows; ++row)
        for (int i = 0; i < symbol->width; ++i) {
            const auto on = [&](int x) {
                return x < symbol->width && (symbol->encoded_data[row][x / 8] >> (x % 8) & 1);
            };
            if (!on(i)) continue;
            int end = i;
            while (on(end)) ++end;
            cairo_rectangle(cairo, (code.x_mm + i * module) * kPoint,
                            (code.y_mm + row * module) * kPoint, (end - i) * module * kPoint,
                            height * kPoint);
            i = end;
        }
    cairo_fill(cairo);
    ZBarcode_Delete(symbol);
}

void put(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

std::string deflated(const std::string& bytes) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

}  // namespace

std::string pdf_of(const std::vector<Paper>& papers) {
    std::string out;
    cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(take, &out, 1, 1);
    cairo_t* cairo = cairo_create(surface);
    for (const auto& paper : papers) {
        cairo_pdf_surface_set_size(surface, paper.width_mm * kPoint, paper.height_mm * kPoint);
        for (const auto& code : paper.codes) draw(cairo, code);
        if (!paper.words.empty()) {
            cairo_set_font_size(cairo, 12);
            cairo_move_to(cairo, 10 * kPoint, (paper.height_mm - 10) * kPoint);
            cairo_show_text(cairo, paper.words.c_str());
        }
        cairo_show_page(cairo);
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return out;
}

std::string pdf_with_foreign_font(const std::string& font, const std::string& words) {
    const std::string text = "BT /F1 24 Tf 40 200 Td (" + words + ") Tj ET";
    return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
           "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
           "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 283 425]/Contents 4 0 R"
           "/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
           "4 0 obj<</Length " +
           std::to_string(text.size()) + ">>stream\n" + text +
           "\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/" + font +
           ">>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
}

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files) {
    std::string out, directory;
    for (const auto& [name, bytes] : files) {
        const auto packed = deflated(bytes);
        const auto crc = static_cast<std::uint32_t>(crc32(
            0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
        std::string common;
        put(common, 20, 2), put(common, 0, 2), put(common, 8, 2), put(common, 0, 4);
        put(common, crc, 4), put(common, static_cast<std::uint32_t>(packed.size()), 4);
        put(common, static_cast<std::uint32_t>(bytes.size()), 4);
        put(common, static_cast<std::uint32_t>(name.size()), 2), put(common, 0, 2);
        std::string entry = "PK\1\2";
        put(entry, 20, 2);
        entry += common;
        put(entry, 0, 2), put(entry, 0, 2), put(entry, 0, 2), put(entry, 0, 4);
        put(entry, static_cast<std::uint32_t>(out.size()), 4);
        directory += entry + name;
        out += "PK\3\4" + common + name + packed;
    }
    std::string end = "PK\5\6";
    put(end, 0, 4);
    put(end, static_cast<std::uint32_t>(files.size()), 2);
    put(end, static_cast<std::uint32_t>(files.size()), 2);
    put(end, static_cast<std::uint32_t>(directory.size()), 4);
    put(end, static_cast<std::uint32_t>(out.size()), 4);
    put(end, 0, 2);
    return out + directory + end;
}

}  // namespace kemas::label_pages
