#include "label/mark_page.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "label/text_painter.hpp"

namespace kemas::label {
namespace {

struct Strip {
    int x = 0, y = 0;
};

bool white(const Page& page, int left, int top, int right, int bottom) {
    left = std::max(left, 0), top = std::max(top, 0);
    right = std::min(right, page.width), bottom = std::min(bottom, page.height);
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x)
            if (page.black(x, y)) return false;
    return true;
}

// Where `width` x `height` dots with a margin around them are white; x -1 = nowhere.
Strip free_strip(const Page& page, int width, int height, int margin) {
    const auto fits = [&](int x, int y) {
        return x >= 0 && y >= 0 && x + width <= page.width && y + height <= page.height &&
               white(page, x - margin, y - margin, x + width + margin, y + height + margin);
    };
    const int step = std::max(1, margin / 2);
    const int edge = margin / 2, right = page.width - width - edge;
    for (const int y : {edge, page.height - height - edge})
        for (const int x : {edge, right, (page.width - width) / 2})
            if (fits(x, y)) return {x, y};
    for (int y = page.height - height - edge; y >= edge; y -= step)
        for (int x = edge; x <= right; x += step * 4)
            if (fits(x, y)) return {x, y};
    return {-1, -1};
}

}  // namespace

bool mark_page(Page& page, const std::string& text) {
    const int dots_per_mm = std::max(1, (page.dpi * 10 + 127) / 254);
    const int height = 3 * dots_per_mm, margin = 2 * dots_per_mm;
    // Fonts take longer than a line of text: kept for the thread.
    thread_local std::map<int, std::unique_ptr<TextPainter>> painters;
    auto& kept = painters[dots_per_mm];
    if (!kept) kept = std::make_unique<TextPainter>(dots_per_mm);
    TextPainter& painter = *kept;
    TextStyle style;
    style.font = "Noto Sans";
    style.size_pt = style.shrink_to_pt = 6;
    style.bold = true;
    const int most = std::min(page.width, 40 * dots_per_mm);
    const auto ink = painter.set(text, style, most, height);
    if (!ink) return false;
    // The text begins at the left of its box: only so much room is needed.
    int used = 0;
    const auto row_bytes = static_cast<std::size_t>((ink->width + 7) / 8);
    const auto inked = [&](int x, int y) {
        return (ink->bits[static_cast<std::size_t>(y) * row_bytes +
                          static_cast<std::size_t>(x / 8)] >>
                (7 - x % 8)) &
               1;
    };
    for (int y = 0; y < ink->height; ++y)
        for (int x = 0; x < ink->width; ++x)
            if (inked(x, y)) used = std::max(used, x + 1);
    const auto at = free_strip(page, used, ink->height, margin);
    if (used == 0 || at.x < 0) return false;
    for (int y = 0; y < ink->height; ++y)
        for (int x = 0; x < used; ++x)
            if (inked(x, y))
                page.bits[static_cast<std::size_t>(at.y + y) *
                              static_cast<std::size_t>(page.row_bytes()) +
                          static_cast<std::size_t>((at.x + x) / 8)] |=
                    static_cast<std::uint8_t>(0x80 >> ((at.x + x) % 8));
    return true;
}

}  // namespace kemas::label
