// A label layout as its TOML file describes it, in dots. Knows no parcel and draws nothing.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/fault.hpp"
#include "label/barcode.hpp"
#include "label/content.hpp"
#include "label/dots.hpp"
#include "label/ink.hpp"
#include "label/page_template.hpp"

namespace kemas::label {

enum class Align { left, center, right };
enum class Valign { top, middle, bottom };

// What happens to a text larger than its box. It is never cut through.
enum class Fit {
    fail,     // refuse, naming the field
    shrink,   // down to shrink_to_pt, then refuse
    shorten,  // down to shrink_to_pt, then leave out whole lines from the end and say how many
};

struct TextStyle {
    std::string font;
    double size_pt = 10;
    double shrink_to_pt = 10;
    bool bold = false;
    bool white = false;  // white on black, to lie on a filled rectangle
    Align align = Align::left;
    Valign valign = Valign::top;
    int max_lines = 1;
    Fit fit = Fit::fail;
    std::string more;  // for shorten: the line that says how many are left out, "{n}" is the number

    friend bool operator==(const TextStyle&, const TextStyle&) = default;
};

struct Box {
    enum class Kind { text, barcode, image, line, rectangle };
    Kind kind = Kind::text;
    int source_line = 0;  // of the layout file
    Area area;
    PageTemplate text;  // text and barcode
    TextStyle style;    // text
    Symbology symbology = Symbology::code128;
    int min_dots = 3;  // barcode: dots per module
    int max_dots = 4;
    std::shared_ptr<const Ink> picture;  // image
    int thickness = 2;                   // line, rectangle frame: dots
    bool filled = false;                 // rectangle
    bool required = false;               // an empty text is a refusal
    std::string when;                    // draw only when this field is not empty
    std::string unless;                  // draw only when this field is empty
};

struct Layout {
    std::string name;
    LayoutKind kind = LayoutKind::courier;
    int dpi = 203;
    int dots_per_mm = 8;
    int width = 0, height = 0;  // dots
    std::vector<Box> boxes;
};

/// Reads a layout file. Unknown keys, fields and filters, wrong types and boxes that leave the page
/// are faults of the form "file:line: what, and what was expected". With `dpi` it is made for that
/// density instead of the file's own: the same millimetres, modules of at least the same size.
Result<Layout> load_layout(const std::string& path, int dpi = 0);
Result<Layout> parse_layout(std::string_view toml, const std::string& file_name, int dpi = 0);

}  // namespace kemas::label
