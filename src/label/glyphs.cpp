#include "label/glyphs.hpp"

#include <cmath>
#include <memory>

namespace kemas::label {
namespace {

constexpr std::size_t most_glyphs = 16'384;

std::uint8_t mirrored(std::uint8_t byte) {
    byte = static_cast<std::uint8_t>((byte & 0xF0) >> 4 | (byte & 0x0F) << 4);
    byte = static_cast<std::uint8_t>((byte & 0xCC) >> 2 | (byte & 0x33) << 2);
    return static_cast<std::uint8_t>((byte & 0xAA) >> 1 | (byte & 0x55) << 1);
}

Glyph rasterised(PangoFont* font, PangoGlyph id) {
    cairo_scaled_font_t* scaled = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
    cairo_glyph_t glyph{id, 0, 0};
    cairo_text_extents_t extents;
    cairo_scaled_font_glyph_extents(scaled, &glyph, 1, &extents);
    Glyph out;
    // One dot more on each side, should the extents be rounded.
    out.left = static_cast<int>(std::floor(extents.x_bearing)) - 1;
    out.top = static_cast<int>(std::floor(extents.y_bearing)) - 1;
    if (!(extents.width > 0) || !(extents.height > 0)) return out;
    out.ink.width = static_cast<int>(std::ceil(extents.x_bearing + extents.width)) + 1 - out.left;
    out.ink.height = static_cast<int>(std::ceil(extents.y_bearing + extents.height)) + 1 - out.top;
    cairo_surface_t* surface =
        cairo_image_surface_create(CAIRO_FORMAT_A1, out.ink.width, out.ink.height);
    cairo_t* pen = cairo_create(surface);
    cairo_set_antialias(pen, CAIRO_ANTIALIAS_NONE);
    cairo_set_scaled_font(pen, scaled);
    glyph.x = -out.left;
    glyph.y = -out.top;
    cairo_show_glyphs(pen, &glyph, 1);
    cairo_destroy(pen);
    cairo_surface_flush(surface);
    const auto row_bytes = static_cast<std::size_t>((out.ink.width + 7) / 8);
    const auto height = static_cast<std::size_t>(out.ink.height);
    out.ink.bits.resize(row_bytes * height);
    const unsigned char* data = cairo_image_surface_get_data(surface);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    for (std::size_t y = 0; y < height; ++y)
        for (std::size_t i = 0; i < row_bytes; ++i)
            out.ink.bits[y * row_bytes + i] = mirrored(data[y * stride + i]);
    cairo_surface_destroy(surface);
    return out;
}

// Dots outside are blank margin of the glyph.
void lay(const Glyph& glyph, int x, int y, Ink& out) {
    const int left = x + glyph.left, top = y + glyph.top;
    const int glyph_row = (glyph.ink.width + 7) / 8, out_row = (out.width + 7) / 8;
    const int first_byte = left >= 0 ? left / 8 : -((7 - left) / 8);
    const int shift = left - first_byte * 8;
    for (int row = 0; row < glyph.ink.height; ++row) {
        if (top + row < 0 || top + row >= out.height) continue;
        std::uint8_t* to = &out.bits[static_cast<std::size_t>((top + row) * out_row)];
        const std::uint8_t* from = &glyph.ink.bits[static_cast<std::size_t>(row * glyph_row)];
        for (int i = 0; i < glyph_row; ++i) {
            const unsigned spread = static_cast<unsigned>(from[i]) << (8 - shift);
            const int at = first_byte + i;
            if (at >= 0 && at < out_row) to[at] = static_cast<std::uint8_t>(to[at] | spread >> 8);
            if (at + 1 >= 0 && at + 1 < out_row)
                to[at + 1] = static_cast<std::uint8_t>(to[at + 1] | (spread & 0xFF));
        }
    }
}

int dots(int pango_units) {
    return static_cast<int>(std::lround(pango_units / static_cast<double>(PANGO_SCALE)));
}

}  // namespace

const Glyph& Glyphs::of(PangoFont* font, PangoGlyph glyph) {
    const Key key{font, glyph};
    if (const auto found = known_.find(key); found != known_.end()) return found->second;
    if (known_.size() >= most_glyphs) forget();
    g_object_ref(font);
    return known_.emplace(key, rasterised(font, glyph)).first->second;
}

void Glyphs::forget() {
    for (const auto& [key, glyph] : known_) g_object_unref(key.font);
    known_.clear();
}

void draw_letters(PangoLayout* layout, int left, int top, Glyphs& glyphs, Ink& out) {
    const std::unique_ptr<PangoLayoutIter, decltype(&pango_layout_iter_free)> iter(
        pango_layout_get_iter(layout), pango_layout_iter_free);
    do {
        const PangoLayoutRun* run = pango_layout_iter_get_run_readonly(iter.get());
        if (!run) continue;  // the end of a line
        PangoRectangle logical;
        pango_layout_iter_get_run_extents(iter.get(), nullptr, &logical);
        const int base = pango_layout_iter_get_baseline(iter.get());
        int x = logical.x;
        for (int i = 0; i < run->glyphs->num_glyphs; ++i) {
            const PangoGlyphInfo& info = run->glyphs->glyphs[i];
            if (info.glyph != PANGO_GLYPH_EMPTY && !(info.glyph & PANGO_GLYPH_UNKNOWN_FLAG)) {
                const Glyph& glyph = glyphs.of(run->item->analysis.font, info.glyph);
                if (!glyph.ink.bits.empty())
                    lay(glyph, left + dots(x + info.geometry.x_offset),
                        top + dots(base + info.geometry.y_offset), out);
            }
            x += info.geometry.width;
        }
    } while (pango_layout_iter_next_run(iter.get()));
}

}  // namespace kemas::label
