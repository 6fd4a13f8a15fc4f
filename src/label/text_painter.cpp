#include "label/text_painter.hpp"

#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "label/glyphs.hpp"

#ifdef __SANITIZE_ADDRESS__
// fontconfig keeps its configuration until the process ends and counts on nobody minding.
extern "C" __attribute__((weak)) const char* __lsan_default_suppressions() {
    return "leak:libfontconfig\n";
}
#endif

namespace kemas::label {
namespace {

template <class T>
struct Unref {
    void operator()(T* object) const { g_object_unref(object); }
};
template <class T>
using Shared = std::unique_ptr<T, Unref<T>>;

// Noto leaves generous room between lines; on paper this much is enough for every script it has.
constexpr float line_spacing = 0.92F;
constexpr double step_pt = 0.5;

struct Extent {
    int lines = 0, width = 0, height = 0;  // dots
};

// Emoji and the like carry no address: without a font for them they may be left out.
std::string without_pictures(const std::string& text) {
    std::string out;
    for (const char* at = text.c_str(); *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        const bool picture = g_unichar_type(c) == G_UNICODE_OTHER_SYMBOL ||
                             (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F000 && c <= 0x1FFFF) ||
                             c == 0x20E3 || (c >= 0xE0020 && c <= 0xE007F);
        if (!picture) out.append(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
    }
    return out;
}

}  // namespace

struct TextPainter::Fonts {
    Shared<PangoFontMap> map{pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)};
    Shared<PangoContext> context{pango_font_map_create_context(map.get())};
    Shared<PangoLayout> layout;
    Glyphs glyphs;

    explicit Fonts(int dots_per_mm) {
        cairo_font_options_t* options = cairo_font_options_create();
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_NONE);
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_FULL);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_ON);
        pango_cairo_context_set_font_options(context.get(), options);
        cairo_font_options_destroy(options);
        pango_cairo_context_set_resolution(context.get(), dots_per_mm * 25.4);
        pango_context_set_language(context.get(), pango_language_from_string("id"));
        layout.reset(pango_layout_new(context.get()));
    }

    void load(const std::string& text, const TextStyle& style, int width) {
        PangoLayout* page = layout.get();
        pango_layout_set_text(page, text.data(), static_cast<int>(text.size()));  // never markup
        pango_layout_set_line_spacing(page, line_spacing);
        pango_layout_set_wrap(page, PANGO_WRAP_WORD_CHAR);
        pango_layout_set_width(page, style.max_lines > 1 ? width * PANGO_SCALE : -1);
        pango_layout_set_alignment(page, style.align == Align::left     ? PANGO_ALIGN_LEFT
                                         : style.align == Align::center ? PANGO_ALIGN_CENTER
                                                                        : PANGO_ALIGN_RIGHT);
    }

    Extent measure(const TextStyle& style, double size_pt) {
        PangoFontDescription* font = pango_font_description_new();
        pango_font_description_set_family(font, (style.font + ",Noto Sans,DejaVu Sans").c_str());
        pango_font_description_set_weight(font,
                                          style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_size(font, static_cast<int>(std::lround(size_pt * PANGO_SCALE)));
        pango_layout_set_font_description(layout.get(), font);
        pango_font_description_free(font);
        PangoRectangle ink, logical;
        pango_layout_get_pixel_extents(layout.get(), &ink, &logical);
        return {pango_layout_get_line_count(layout.get()), std::max(ink.width, logical.width),
                std::max(ink.height, logical.height)};
    }

    int unknown() const { return pango_layout_get_unknown_glyphs_count(layout.get()); }

    // The largest size of the style at which the loaded text fits, or 0.
    double fitting_size(const TextStyle& style, int width, int height) {
        const auto fits = [&](double size_pt) {
            const Extent extent = measure(style, size_pt);
            return extent.lines <= style.max_lines && extent.width <= width &&
                   extent.height <= height;
        };
        if (fits(style.size_pt)) return style.size_pt;
        if (style.fit == Fit::fail || !fits(style.shrink_to_pt)) return 0;
        int good = 0;
        int bad = static_cast<int>(std::ceil((style.size_pt - style.shrink_to_pt) / step_pt));
        while (bad - good > 1) {
            const int middle = (good + bad) / 2;
            (fits(style.shrink_to_pt + middle * step_pt) ? good : bad) = middle;
        }
        const double size = style.shrink_to_pt + good * step_pt;
        return fits(size) ? size : 0;  // and leaves the layout at that size
    }

    // Leaves out lines from the end until the rest and the line that counts them fit.
    double shorten(std::string text, const TextStyle& style, int width, int height) {
        for (int left_out = 0;;) {
            const auto cut = text.find_last_of('\n');
            if (cut == std::string::npos) return 0;
            text.resize(cut);
            ++left_out;
            std::string more = style.more;
            if (const auto hole = more.find("{n}"); hole != std::string::npos)
                more.replace(hole, 3, std::to_string(left_out));
            load(text + "\n" + more, style, width);
            if (const double size = fitting_size(style, width, height); size > 0) return size;
        }
    }

    std::string misfit(const TextStyle& style, int width, int height) {
        const Extent extent =
            measure(style, style.fit == Fit::fail ? style.size_pt : style.shrink_to_pt);
        std::array<char, 200> words;
        if (extent.lines > style.max_lines || extent.height > height)
            std::snprintf(
                words.data(), words.size(),
                "is too long: it needs %d lines (%d dots high), the box holds %d (%d dots)",
                extent.lines, extent.height, style.max_lines, height);
        else
            std::snprintf(words.data(), words.size(),
                          "is too long: it needs %d dots of width, the box has %d", extent.width,
                          width);
        return std::string(words.data()) + ": shorten it, then print.";
    }

    Ink rasterised(const TextStyle& style, int width, int height) {
        PangoRectangle ink, logical;
        pango_layout_get_pixel_extents(layout.get(), &ink, &logical);
        // Accents may rise above the first line's logical box: keep all ink inside.
        const int spare = height - logical.height;
        int top = style.valign == Valign::top      ? 0
                  : style.valign == Valign::bottom ? spare
                                                   : spare / 2;
        top = std::clamp(top, std::min(-ink.y, height - ink.y - ink.height),
                         std::max(-ink.y, height - ink.y - ink.height));
        int left = 0;
        if (style.max_lines == 1) {
            const int room = width - logical.width;
            left = style.align == Align::left ? 0 : style.align == Align::right ? room : room / 2;
            left -= logical.x;
        }
        left = std::clamp(left, std::min(-ink.x, width - ink.x - ink.width),
                          std::max(-ink.x, width - ink.x - ink.width));

        Ink out{width, height, {}};
        out.bits.resize(static_cast<std::size_t>((width + 7) / 8) *
                        static_cast<std::size_t>(height));
        draw_letters(layout.get(), left, top, glyphs, out);
        return out;
    }
};

TextPainter::TextPainter(int dots_per_mm) : fonts_(std::make_unique<Fonts>(dots_per_mm)) {}
TextPainter::~TextPainter() = default;

tl::expected<Ink, std::string> TextPainter::set(const std::string& text, const TextStyle& style,
                                                int width, int height) {
    std::string words = text;
    fonts_->load(words, style, width);
    double size = fonts_->fitting_size(style, width, height);
    if (fonts_->unknown() > 0) {
        words = without_pictures(text);
        fonts_->load(words, style, width);
        size = fonts_->fitting_size(style, width, height);
        if (fonts_->unknown() > 0)
            return tl::unexpected<std::string>(
                "holds a letter that no installed font can draw: install the font package of its "
                "script (fonts-noto-cjk, fonts-noto-extra) or write it in another, then print.");
    }
    if (size == 0 && style.fit == Fit::shorten) {
        size = fonts_->shorten(words, style, width, height);
        if (size == 0) fonts_->load(words, style, width);
    }
    if (size == 0) return tl::unexpected(fonts_->misfit(style, width, height));
    return fonts_->rasterised(style, width, height);
}

}  // namespace kemas::label
