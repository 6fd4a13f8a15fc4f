#include "drivers/label_pages/zpl_sketch.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "drivers/label_pages/zpl_graphic.hpp"
#include "drivers/printer/zpl_tokens.hpp"

namespace kemas::label_pages {
namespace {

constexpr std::size_t kMostGraphics = 200;

// "R:LOGO.GRF" and "LOGO" are the same graphic.
std::string name_of(std::string_view text) {
    if (const auto colon = text.find(':'); colon != std::string_view::npos)
        text.remove_prefix(colon + 1);
    return std::string(text.substr(0, text.find('.')));
}

class Sketch {
 public:
    Sketch(int width, int height, int dpi) : page_{width, height, dpi, {}} {
        page_.bits.resize(static_cast<std::size_t>(page_.row_bytes()) *
                          static_cast<std::size_t>(height));
    }

    void draw(std::string_view zpl) {
        for (const auto& token : printer::zpl_tokens(zpl)) {
            if (token.code == "^FO" || token.code == "^FT") {
                x_ = printer::zpl_dots(token.data, 0, 0), y_ = printer::zpl_dots(token.data, 1, 0);
                from_foot_ = token.code == "^FT";
            } else if (token.code == "~DG") {
                if (auto graphic = take(token))
                    stored_[name_of(printer::zpl_value(token.data, 0))] = std::move(*graphic);
            } else if (token.code == "^GF") {
                if (const auto graphic = take(token)) lay(*graphic);
            } else if (token.code == "^XG") {
                const auto known = stored_.find(name_of(printer::zpl_value(token.data, 0)));
                if (known != stored_.end()) lay(known->second);
            } else if (token.code == "^GB") {
                frame(printer::zpl_dots(token.data, 0, 1), printer::zpl_dots(token.data, 1, 1),
                      std::max(1, printer::zpl_dots(token.data, 2, 1)));
            }
        }
    }
    Page done() { return std::move(page_); }

 private:
    std::optional<Page> take(const printer::ZplToken& token) {
        if (graphics_ >= kMostGraphics) return std::nullopt;
        ++graphics_;
        return graphic_of(token.code, token.data);
    }

    void blacken(int left, int top, int right, int bottom) {
        right = std::min(right, page_.width), bottom = std::min(bottom, page_.height);
        for (int y = std::max(top, 0); y < bottom; ++y)
            for (int x = std::max(left, 0); x < right; ++x)
                page_.bits[static_cast<std::size_t>(y) *
                               static_cast<std::size_t>(page_.row_bytes()) +
                           static_cast<std::size_t>(x / 8)] |=
                    static_cast<std::uint8_t>(0x80 >> (x % 8));
    }

    void lay(const Page& graphic) {
        const int top = from_foot_ ? y_ - graphic.height : y_;
        const int rows = std::min(graphic.height, page_.height - top);
        const int columns = std::min(graphic.width, page_.width - x_);
        for (int y = std::max(0, -top); y < rows; ++y)
            for (int x = 0; x < columns; ++x)
                if (graphic.black(x, y)) blacken(x_ + x, top + y, x_ + x + 1, top + y + 1);
    }

    void frame(int width, int height, int thick) {
        width = std::max(width, thick), height = std::max(height, thick);
        const int top = from_foot_ ? y_ - height : y_;
        blacken(x_, top, x_ + width, top + thick);
        blacken(x_, top + height - thick, x_ + width, top + height);
        blacken(x_, top, x_ + thick, top + height);
        blacken(x_ + width - thick, top, x_ + width, top + height);
    }

    Page page_;
    std::map<std::string, Page> stored_;
    std::size_t graphics_ = 0;
    int x_ = 0, y_ = 0;
    bool from_foot_ = false;
};

}  // namespace

Page zpl_sketch(std::string_view zpl, int width, int height, int dpi) {
    Sketch sketch(width, height, dpi);
    sketch.draw(zpl);
    return sketch.done();
}

}  // namespace kemas::label_pages
