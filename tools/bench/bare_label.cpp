#include "bare_label.hpp"

#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "label/barcode.hpp"

namespace kemas::bench {
namespace {

using namespace label;

std::uint8_t mirrored(std::uint8_t byte) {
    std::uint8_t out = 0;
    for (int bit = 0; bit < 8; ++bit)
        if (byte & (1 << bit)) out = static_cast<std::uint8_t>(out | 0x80 >> bit);
    return out;
}

void rectangle(cairo_t* pen, int x, int y, int width, int height) {
    cairo_rectangle(pen, x, y, width, height);
    cairo_fill(pen);
}

void put_bars(cairo_t* pen, const Box& box, const std::string& text) {
    const auto& rules = rules_of(box.symbology);
    const auto symbol = encode(box.symbology, text);
    if (!symbol) throw std::runtime_error(symbol.error());
    const int across = symbol->columns + 2 * rules.quiet_x;
    const int down = rules.linear ? 1 : symbol->rows + 2 * rules.quiet_y;
    int dots = std::min(box.max_dots, box.area.width / across);
    if (!rules.linear) dots = std::min(dots, box.area.height / down);
    const int height = rules.linear ? box.area.height : down * dots;
    const int left = box.area.x + (box.area.width - across * dots) / 2 + rules.quiet_x * dots;
    const int top = box.area.y + (box.area.height - height) / 2 + rules.quiet_y * dots;
    for (int row = 0; row < symbol->rows; ++row)
        for (int column = 0; column < symbol->columns; ++column)
            if (symbol->at(row, column))
                cairo_rectangle(pen, left + column * dots, top + row * dots, dots,
                                rules.linear ? height : dots);
    cairo_fill(pen);
}

void put_text(cairo_t* pen, const Layout& page, const Box& box, const std::string& text) {
    const TextStyle& style = box.style;
    PangoLayout* layout = pango_cairo_create_layout(pen);
    PangoContext* context = pango_layout_get_context(layout);
    pango_cairo_context_set_resolution(context, page.dots_per_mm * 25.4);
    pango_context_set_language(context, pango_language_from_string("id"));
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_NONE);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_FULL);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_ON);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
    pango_layout_set_line_spacing(layout, 0.92F);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, style.max_lines > 1 ? box.area.width * PANGO_SCALE : -1);
    pango_layout_set_alignment(layout, style.align == Align::left     ? PANGO_ALIGN_LEFT
                                       : style.align == Align::center ? PANGO_ALIGN_CENTER
                                                                      : PANGO_ALIGN_RIGHT);
    PangoRectangle ink, logical;
    for (double size = style.size_pt;; size -= 0.5) {
        if (size < style.shrink_to_pt) throw std::runtime_error("\"" + text + "\" does not fit");
        PangoFontDescription* font = pango_font_description_new();
        pango_font_description_set_family(font, (style.font + ",Noto Sans,DejaVu Sans").c_str());
        pango_font_description_set_weight(font,
                                          style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_size(font, static_cast<int>(std::lround(size * PANGO_SCALE)));
        pango_layout_set_font_description(layout, font);
        pango_font_description_free(font);
        pango_layout_get_pixel_extents(layout, &ink, &logical);
        if (pango_layout_get_line_count(layout) <= style.max_lines &&
            std::max(ink.width, logical.width) <= box.area.width &&
            std::max(ink.height, logical.height) <= box.area.height)
            break;
    }
    const int spare = box.area.height - logical.height;
    const int below = box.area.height - ink.y - ink.height;
    int top = style.valign == Valign::top ? 0 : style.valign == Valign::bottom ? spare : spare / 2;
    top = std::clamp(top, std::min(-ink.y, below), std::max(-ink.y, below));
    const int room = box.area.width - logical.width, beside = box.area.width - ink.x - ink.width;
    int left = style.max_lines > 1           ? 0
               : style.align == Align::left  ? -logical.x
               : style.align == Align::right ? room - logical.x
                                             : room / 2 - logical.x;
    left = std::clamp(left, std::min(-ink.x, beside), std::max(-ink.x, beside));
    cairo_set_operator(pen, style.white ? CAIRO_OPERATOR_DEST_OUT : CAIRO_OPERATOR_OVER);
    cairo_move_to(pen, box.area.x + left, box.area.y + top);
    pango_cairo_show_layout(pen, layout);
    cairo_set_operator(pen, CAIRO_OPERATOR_OVER);
    g_object_unref(layout);
}

void put(cairo_t* pen, const Layout& layout, const Box& box, const LabelContent& content) {
    const Area& a = box.area;
    if (box.kind == Box::Kind::line) {
        if (a.width >= a.height) return rectangle(pen, a.x, a.y, a.width, box.thickness);
        return rectangle(pen, a.x, a.y, box.thickness, a.height);
    }
    if (box.kind == Box::Kind::rectangle) {
        if (box.filled) return rectangle(pen, a.x, a.y, a.width, a.height);
        const int t = box.thickness;
        rectangle(pen, a.x, a.y, a.width, t);
        rectangle(pen, a.x, a.y + a.height - t, a.width, t);
        rectangle(pen, a.x, a.y, t, a.height);
        return rectangle(pen, a.x + a.width - t, a.y, t, a.height);
    }
    const auto text = box.text.filled(content);
    if (!text) throw std::runtime_error(text.error().why);
    if (text->empty()) return;
    if (box.kind == Box::Kind::barcode) return put_bars(pen, box, *text);
    put_text(pen, layout, box, *text);
}

}  // namespace

Page draw_barely(const Layout& layout, const LabelContent& content) {
    cairo_surface_t* surface =
        cairo_image_surface_create(CAIRO_FORMAT_A1, layout.width, layout.height);
    cairo_t* pen = cairo_create(surface);
    cairo_set_antialias(pen, CAIRO_ANTIALIAS_NONE);
    for (const Box& box : layout.boxes)
        if ((box.when.empty() || !content.at(box.when).empty()) &&
            (box.unless.empty() || content.at(box.unless).empty()))
            put(pen, layout, box, content);
    cairo_destroy(pen);
    cairo_surface_flush(surface);
    Page page{layout.width, layout.height, layout.dpi, {}};
    const unsigned char* data = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < page.height; ++y)
        for (int i = 0; i < page.row_bytes(); ++i)
            page.bits.push_back(mirrored(data[y * stride + i]));
    cairo_surface_destroy(surface);
    return page;
}

std::string pack_barely(const Page& page) {
    static constexpr char digits[] = "0123456789ABCDEF";
    const auto total = std::to_string(page.bits.size());
    std::string out =
        "^XA^FO0,0^GFA," + total + "," + total + "," + std::to_string(page.row_bytes()) + ",";
    for (const auto byte : page.bits) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out + "^FS^XZ\n";
}

}  // namespace kemas::bench
