#include "drivers/sim/label_paper.hpp"

#include <cairo-pdf.h>
#include <cairo.h>
#include <zint.h>

#include <memory>

namespace kemas::sim {
namespace {

constexpr double kWidth_mm = 100, kHeight_mm = 150, kModule_mm = 0.375;
constexpr double kPoints_per_mm = 72 / 25.4, kDots_per_mm = 8;

cairo_status_t append(void* into, const unsigned char* bytes, unsigned int size) {
    static_cast<std::string*>(into)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

// In millimetres.
void draw(cairo_surface_t* surface, double units_per_mm, const std::string& number) {
    const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> page(cairo_create(surface),
                                                                  cairo_destroy);
    cairo_scale(page.get(), units_per_mm, units_per_mm);
    cairo_set_source_rgb(page.get(), 1, 1, 1);
    cairo_paint(page.get());
    cairo_set_source_rgb(page.get(), 0, 0, 0);
    cairo_set_antialias(page.get(), CAIRO_ANTIALIAS_NONE);
    cairo_rectangle(page.get(), 8, 8, 60, 3);
    std::unique_ptr<zint_symbol, decltype(&ZBarcode_Delete)> code(ZBarcode_Create(),
                                                                  ZBarcode_Delete);
    code->symbology = BARCODE_CODE128;
    const auto* text = reinterpret_cast<const unsigned char*>(number.c_str());
    if (ZBarcode_Encode(code.get(), text, static_cast<int>(number.size())) < ZINT_ERROR)
        for (int module = 0; module < code->width; ++module)
            if (code->encoded_data[0][module / 8] >> (module % 8) & 1)
                cairo_rectangle(page.get(), 10 + module * kModule_mm, 20, kModule_mm, 25);
    cairo_fill(page.get());
}

}  // namespace

std::string label_paper(const std::string& format, const std::string& number) {
    std::string bytes;
    if (format == "pdf") {
        auto* surface = cairo_pdf_surface_create_for_stream(
            append, &bytes, kWidth_mm * kPoints_per_mm, kHeight_mm * kPoints_per_mm);
        draw(surface, kPoints_per_mm, number);
        cairo_surface_finish(surface);
        cairo_surface_destroy(surface);
        return bytes;
    }
    auto* surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(kWidth_mm * kDots_per_mm),
                                   static_cast<int>(kHeight_mm * kDots_per_mm));
    draw(surface, kDots_per_mm, number);
    cairo_surface_write_to_png_stream(surface, append, &bytes);
    cairo_surface_destroy(surface);
    return bytes;
}

}  // namespace kemas::sim
