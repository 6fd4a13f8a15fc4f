#include "app/zpl_words.hpp"

#include <algorithm>
#include <string>

#include "drivers/printer/zpl_tokens.hpp"
#include "label/dots.hpp"
#include "label/text_painter.hpp"

namespace kemas::app {
namespace {

constexpr std::size_t most_fields = 200;
constexpr std::size_t longest_field = 300;

struct Field {
    int x = 0, y = 0, height = 30;
    bool from_foot = false, barcode = false;
};

void write(Page& page, label::TextPainter& painter, const Field& field, std::string text) {
    text = printer::without_line_ends(text).substr(0, longest_field);
    // What is no UTF-8 cannot be drawn: its plain letters can.
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) > '~') c = '?';
    const int height = std::clamp(field.height, 20, 90);
    const int top = std::max(0, field.from_foot ? field.y - height : field.y);
    if (text.empty() || field.x >= page.width || top + height > page.height) return;
    label::TextStyle style;
    style.font = "Noto Sans";
    style.size_pt = height * 60 / page.dpi;
    style.shrink_to_pt = 5;
    style.size_pt = std::max(style.size_pt, style.shrink_to_pt);
    const int room = page.width - field.x;
    if (const auto ink = painter.set(field.barcode ? "|| " + text + " ||" : text, style, room,
                                     height + height / 3))
        if (top + ink->height <= page.height && field.x + ink->width <= page.width)
            label::lay(page, *ink, field.x, top, false);
}

}  // namespace

void write_zpl_words(Page& page, std::string_view zpl) {
    label::TextPainter painter(std::max(1, (page.dpi * 10 + 127) / 254));
    Field field;
    std::size_t fields = 0;
    int usual_height = field.height;
    for (const auto& token : printer::zpl_tokens(zpl)) {
        if (token.code == "^FO" || token.code == "^FT") {
            field.x = printer::zpl_dots(token.data, 0, 0);
            field.y = printer::zpl_dots(token.data, 1, 0);
            field.from_foot = token.code == "^FT";
        } else if (token.code == "^CF") {
            usual_height = field.height = printer::zpl_dots(token.data, 1, usual_height);
        } else if (token.code.starts_with("^A")) {
            field.height = printer::zpl_dots(token.data, 1, usual_height);
        } else if (token.code.starts_with("^B") && token.code != "^BY") {
            field.barcode = true;
        } else if (token.code == "^FD" && ++fields <= most_fields) {
            write(page, painter, field, std::string(token.data));
        } else if (token.code == "^FS") {
            field.barcode = false;
            field.height = usual_height;
        }
    }
}

}  // namespace kemas::app
