#include "label/stamp.hpp"

#include <algorithm>
#include <cstdio>
#include <limits>

namespace kemas::label {
namespace {

// Modules of a symbol with its quiet zone.
int across(const Symbol& symbol, const SymbologyRules& rules) {
    return symbol.columns + 2 * rules.quiet_x;
}
int down(const Symbol& symbol, const SymbologyRules& rules) {
    return rules.linear ? 0 : symbol.rows * rules.row_height + 2 * rules.quiet_y;
}

// The largest whole number of dots a module at which the symbol fits its box.
int dots_that_fit(const Symbol& symbol, const SymbologyRules& rules, const Box& box) {
    const int high = down(symbol, rules);
    return std::min({box.max_dots, box.area.width / across(symbol, rules),
                     high > 0 ? box.area.height / high : std::numeric_limits<int>::max()});
}

// PDF417 may be wide or high: the columns that allow the largest modules.
tl::expected<Symbol, std::string> best_symbol(const Box& box, const std::string& text) {
    if (box.symbology != Symbology::pdf417) return encode(box.symbology, text);
    const auto& rules = rules_of(box.symbology);
    auto best = encode(box.symbology, text);
    for (int columns = 1; columns <= 30 && best; ++columns) {
        auto symbol = encode(box.symbology, text, columns);
        if (symbol && dots_that_fit(*symbol, rules, box) > dots_that_fit(*best, rules, box))
            best = std::move(symbol);
    }
    return best;
}

std::string misfit(const Layout& layout, const Box& box, const Symbol& symbol,
                   const std::string& text) {
    const auto& rules = rules_of(box.symbology);
    const auto mm = [&](int dots) { return static_cast<double>(dots) / layout.dots_per_mm; };
    char words[200];
    if (rules.linear)
        std::snprintf(words, sizeof words,
                      " as a barcode needs %.1f mm at %d dots a module, its box is %.1f mm wide",
                      mm(across(symbol, rules) * box.min_dots), box.min_dots, mm(box.area.width));
    else
        std::snprintf(
            words, sizeof words,
            " as a %s needs %.1f x %.1f mm at %d dots a module, its box is %.1f x %.1f mm",
            std::string(rules.name).c_str(), mm(across(symbol, rules) * box.min_dots),
            mm(down(symbol, rules) * box.min_dots), box.min_dots, mm(box.area.width),
            mm(box.area.height));
    return "\"" + text + "\"" + words + ": use a wider box in the layout.";
}

void draw_rows(Page& page, const Symbol& symbol, const SymbologyRules& rules, const Area& zone,
               int dots) {
    const int left = zone.x + rules.quiet_x * dots;
    const int row_height = rules.linear ? zone.height : rules.row_height * dots;
    for (int row = 0; row < symbol.rows; ++row) {
        const int top = zone.y + rules.quiet_y * dots + row * row_height;
        for (int column = 0; column < symbol.columns;) {
            int end = column;
            while (end < symbol.columns && symbol.at(row, end)) ++end;
            if (end > column) fill(page, {left + column * dots, top, (end - column) * dots, 1});
            column = end + 1;
        }
        repeat_first_row(page, {left, top, symbol.columns * dots, row_height});
    }
    if (rules.bearer > 0) {
        const int thick = rules.bearer * dots;
        fill(page, {zone.x, zone.y, zone.width, thick});
        fill(page, {zone.x, zone.y + zone.height - thick, zone.width, thick});
    }
}

}  // namespace

tl::expected<BarcodeBox, std::string> stamp(const Layout& layout, const Box& box,
                                            const std::string& text, Page& page) {
    const auto& rules = rules_of(box.symbology);
    const auto symbol = best_symbol(box, text);
    if (!symbol)
        return tl::unexpected("\"" + text + "\" " + symbol.error() + ": correct it, then print.");
    const int dots = dots_that_fit(*symbol, rules, box);
    if (dots < box.min_dots) return tl::unexpected(misfit(layout, box, *symbol, text));
    const int width = across(*symbol, rules) * dots;
    const int height = rules.linear ? box.area.height : down(*symbol, rules) * dots;
    const Area zone{box.area.x + (box.area.width - width) / 2,
                    box.area.y + (box.area.height - height) / 2, width, height};
    if (!blank(page, zone))
        return tl::unexpected(
            "has something else drawn over the barcode or its quiet zone: move the boxes of the "
            "layout \"" +
            layout.name + "\" apart.");
    draw_rows(page, *symbol, rules, zone, dots);
    return BarcodeBox{
        std::string(rules.name), symbol->reads_as, zone.x, zone.y, zone.width, zone.height, {}};
}

}  // namespace kemas::label
