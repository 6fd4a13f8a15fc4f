#include "label/test_page.hpp"

#include <algorithm>

#include "label/barcode.hpp"
#include "label/draw.hpp"
#include "label/layout.hpp"

namespace kemas::label {
namespace {

constexpr int wedge_steps = 8;

class Designer {
 public:
    explicit Designer(const TestPage& plan) : plan_(plan), mm_(plan.dots_per_mm) {
        layout_.name = "test page";
        layout_.dpi = plan.dpi;
        layout_.dots_per_mm = plan.dots_per_mm;
        layout_.width = plan.width;
        layout_.height = plan.height;
    }

    void box(Area area, int thickness) {
        Box box;
        box.kind = Box::Kind::rectangle;
        box.area = area;
        box.thickness = thickness;
        layout_.boxes.push_back(box);
    }
    void bar(Area area) {
        box(area, 1);
        layout_.boxes.back().filled = true;
    }
    void text(Area area, const std::string& words, double size_pt, int lines = 1) {
        Box box;
        box.kind = Box::Kind::text;
        box.area = area;
        std::string escaped;  // braces are holes in a template
        for (const char c : words)
            escaped += c == '{' || c == '}' ? std::string(2, c) : std::string(1, c);
        box.text = *PageTemplate::parse(escaped);
        box.style.font = "Noto Sans";
        box.style.size_pt = size_pt;
        box.style.shrink_to_pt = 5;
        box.style.max_lines = lines;
        box.style.fit = Fit::shrink;
        layout_.boxes.push_back(box);
    }
    // Ticks of 1 mm, longer ones each 5 and 10 mm, along the top and the left edge.
    void rulers(int from) {
        const auto length = [this](int n) {
            return (n % 10 == 0 ? 4 : n % 5 == 0 ? 3 : 2) * mm_ / 2;
        };
        for (int n = 1; from + n * mm_ < plan_.width - from; ++n)
            bar({from + n * mm_, from, 1, length(n)});
        for (int n = 1; from + n * mm_ < plan_.height - from; ++n)
            bar({from, from + n * mm_, length(n), 1});
    }
    // Lines of 1 to 4 dots with gaps as wide: thin ones vanish when it is too light, gaps close up
    // when it is too dark.
    void lines(int x, int y, int height) {
        for (int dots = 1; dots <= 4; ++dots, x += 2 * mm_)
            for (int n = 0; n < 6; ++n, x += 2 * dots) bar({x, y, dots, height});
    }
    // The barcodes that fit, narrowest first; the place below them, or an error.
    tl::expected<int, std::string> barcodes(int x, int y, int bottom) {
        for (int dots = 2; dots <= 4; ++dots) {
            const std::string code = plan_.code + std::to_string(dots);
            const auto modules = code128(code);
            if (!modules) return tl::unexpected("the barcode " + modules.error());
            const int width =
                (static_cast<int>(modules->size()) + 2 * code128_quiet_modules) * dots;
            const int height = 10 * mm_;
            if (x + width > plan_.width - 2 * mm_ || y + height + 4 * mm_ > bottom) {
                if (dots > 2) return y;
                return tl::unexpected<std::string>("the page is too small for a barcode");
            }
            Box box;
            box.kind = Box::Kind::barcode;
            box.area = {x, y, width, height};
            box.text = *PageTemplate::parse(code);
            box.min_dots = box.max_dots = dots;
            layout_.boxes.push_back(box);
            y += height;
            text({x + 10 * dots, y, plan_.width - x - 10 * dots - 3 * mm_, 4 * mm_},
                 code + "   " + std::to_string(dots) + " dots", 8);
            y += 5 * mm_;
        }
        return y;
    }
    const Layout& layout() const { return layout_; }

 private:
    const TestPage& plan_;
    int mm_;
    Layout layout_;
};

// Step n of 8 has n of 8 dots black, spread evenly: steps that look alike tell of a wrong darkness.
void wedge(Page& page, Area area) {
    constexpr int order[8] = {0, 4, 2, 6, 1, 5, 3, 7};
    const int step = area.width / wedge_steps;
    for (int y = area.y; y < area.y + area.height; ++y)
        for (int x = area.x; x < area.x + step * wedge_steps; ++x) {
            const int black_of_8 = (x - area.x) / step + 1;
            if (order[(x + 3 * y) & 7] >= black_of_8) continue;
            page.bits[static_cast<std::size_t>(y * page.row_bytes() + x / 8)] |=
                static_cast<std::uint8_t>(0x80U >> (x % 8));
        }
}

}  // namespace

tl::expected<DrawnLabel, std::string> draw_test_page(const TestPage& plan) {
    const int mm = plan.dots_per_mm;
    if (plan.width < 50 * mm || plan.height < 60 * mm)
        return tl::unexpected<std::string>("the label is smaller than 50 x 60 mm");
    Designer page(plan);
    const int left = 5 * mm, wide = plan.width - left - 3 * mm;
    page.box({0, 0, plan.width, plan.height}, std::max(2, mm / 4));
    page.box({mm, mm, plan.width - 2 * mm, plan.height - 2 * mm}, 1);
    page.rulers(mm);
    page.text({left, 4 * mm, wide, 7 * mm}, "Kemas test page: " + plan.printer, 16);
    page.text({left, 11 * mm, wide, 4 * mm},
              plan.printed_at + "   code " + plan.code + "   " + std::to_string(plan.dpi) + " dpi",
              8);
    page.text({left, 15 * mm, wide, 4 * mm}, "1  Both frames whole? Else: gap, width.", 8);
    page.text({left, 19 * mm, wide, 4 * mm}, "2  Eight steps, thin lines? Else: darkness.", 8);
    const Area steps{left, 24 * mm, wide, 8 * mm};
    page.lines(left, 34 * mm, 6 * mm);
    page.text({left, 41 * mm, wide, 4 * mm}, "3  Scan each barcode.", 8);
    const auto below = page.barcodes(left, 46 * mm, plan.height - 2 * mm);
    if (!below) return tl::unexpected(below.error());
    auto drawn = draw(page.layout(), {});
    if (!drawn) return tl::unexpected(drawn.error().field + " " + drawn.error().why);
    wedge(drawn->page, steps);
    return std::move(*drawn);
}

}  // namespace kemas::label
