#include "drivers/label_pages/pdf_file.hpp"

#include <cairo.h>
#include <poppler.h>

#include <cmath>

#include "drivers/label_pages/fonts_at_hand.hpp"

namespace kemas::label_pages {
namespace {

constexpr double kPointsAnInch = 72.0;

std::string words(GError* error) {
    std::string text = error ? error->message : "unknown";
    if (error) g_error_free(error);
    return text.substr(0, 200);
}

// Cairo's RGB24 rows to grey, by the eye's weights.
void take_grey(cairo_surface_t* surface, camera::GreyPicture& into) {
    cairo_surface_flush(surface);
    const auto* rows = cairo_image_surface_get_data(surface);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    for (int y = 0; y < into.height; ++y)
        for (int x = 0; x < into.width; ++x) {
            std::uint32_t dot;
            const auto at = static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x) * 4;
            std::copy_n(rows + at, sizeof dot, reinterpret_cast<unsigned char*>(&dot));
            const auto red = dot >> 16 & 0xFF, green = dot >> 8 & 0xFF, blue = dot & 0xFF;
            into.grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(into.width) +
                      static_cast<std::size_t>(x)] =
                static_cast<std::uint8_t>((red * 299 + green * 587 + blue * 114 + 500) / 1000);
        }
}

}  // namespace

struct PdfFile::Document {
    PopplerDocument* it = nullptr;
    ~Document() {
        if (it) g_object_unref(it);
    }
};

bool is_pdf(std::string_view bytes) {
    return bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos;
}

tl::expected<PdfFile, std::string> PdfFile::open(std::string_view bytes) {
    GError* error = nullptr;
    GBytes* shared = g_bytes_new_static(bytes.data(), bytes.size());
    PopplerDocument* document = poppler_document_new_from_bytes(shared, nullptr, &error);
    g_bytes_unref(shared);
    if (!document) return tl::unexpected("the PDF cannot be read: " + words(error));
    PdfFile file;
    file.document_ = std::make_shared<Document>();
    file.document_->it = document;
    return file;
}

int PdfFile::pages() const {
    return poppler_document_get_n_pages(document_->it);
}

tl::expected<camera::GreyPicture, std::string> PdfFile::draw(int number, int dpi) const {
    PopplerPage* page = poppler_document_get_page(document_->it, number);
    if (!page) return tl::unexpected(std::string("the page is damaged"));
    double width = 0, height = 0;
    poppler_page_get_size(page, &width, &height);
    const double scale = dpi / kPointsAnInch;
    const auto dots = [scale](double points) {
        const double all = std::ceil(points * scale - 0.01);
        return all >= 1 && all <= camera::kMostSide ? static_cast<std::uint32_t>(all) : 0U;
    };
    camera::GreyPicture picture;
    if (!camera::make_room(picture, dots(width), dots(height))) {
        g_object_unref(page);
        return tl::unexpected(std::string("the page is larger than any label, or has no size"));
    }
    const auto missing_before = fonts_missed();
    cairo_surface_t* surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.width, picture.height);
    cairo_t* cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    poppler_page_render_for_printing(page, cairo);
    const bool good = cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cairo);
    if (good) take_grey(surface, picture);
    cairo_surface_destroy(surface);
    g_object_unref(page);
    if (!good) return tl::unexpected(std::string("the page cannot be drawn"));
    if (fonts_missed() != missing_before)
        return tl::unexpected("the page uses a font that it does not bring along (" +
                              last_missed_font() + "): export it with its fonts embedded");
    return picture;
}

namespace {

// A page with a word in each of the fonts that PDFs leave out.
std::string rehearsal() {
    std::string fonts, words;
    int number = 0;
    for (const char* name : {"Helvetica",
                             "Helvetica-Bold",
                             "Helvetica-Oblique",
                             "Helvetica-BoldOblique",
                             "Times-Roman",
                             "Times-Bold",
                             "Times-Italic",
                             "Times-BoldItalic",
                             "Courier",
                             "Courier-Bold",
                             "Courier-Oblique",
                             "Courier-BoldOblique",
                             "Symbol",
                             "ZapfDingbats",
                             "Arial",
                             "Arial,Bold",
                             "Arial,Italic",
                             "ArialMT",
                             "Arial-BoldMT",
                             "TimesNewRoman",
                             "TimesNewRoman,Bold",
                             "CourierNew",
                             "CourierNew,Bold",
                             "Verdana",
                             "Tahoma",
                             "Calibri"}) {
        const auto id = "F" + std::to_string(++number);
        const bool type1 = number <= 14;
        fonts += "/" + id + "<</Type/Font/Subtype/" + (type1 ? "Type1" : "TrueType") +
                 "/BaseFont/" + name + ">>";
        words += "BT /" + id + " 8 Tf 10 " + std::to_string(number * 10) + " Td (Abc 123) Tj ET\n";
    }
    return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]"
           "/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 300]/Contents 4 0 R"
           "/Resources<</Font<<" +
           fonts + ">>>>>>endobj\n4 0 obj<</Length " + std::to_string(words.size()) + ">>stream\n" +
           words + "endstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
}

}  // namespace

void gather_fonts() {
    // Kept for the life of the process, and with it poppler's own tables.
    static const auto* bytes = new std::string(rehearsal());
    static const auto* kept = new auto(PdfFile::open(*bytes));
    record_fonts(true);
    if (*kept) (void)(*kept)->draw(0, 72);
    record_fonts(false);
}

}  // namespace kemas::label_pages
