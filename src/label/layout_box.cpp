#include "label/layout_box.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>

#include "label/read_picture.hpp"

namespace kemas::label {
namespace {

const Keys place_keys{"kind", "x", "y", "w", "h", "when", "unless"};
const Keys text_keys{"text",  "font",   "size_pt",   "shrink_to_pt", "bold", "white",
                     "align", "valign", "max_lines", "fit",          "more", "required"};
const Keys barcode_keys{"text", "symbology", "min_dots", "max_dots", "required"};
const Keys image_keys{"file"};
const Keys line_keys{"thickness_mm"};
const Keys rectangle_keys{"thickness_mm", "filled"};

void check_field(const Reader& in, std::string_view key, const std::string& field,
                 const PageRules& page) {
    if (!field.empty() && !page.knows(field))
        in.note(key, "unknown field \"" + field + "\": name it in fields = [...] if it is yours");
}

Area read_area(const Reader& in, const Layout& page) {
    const auto dots = [&](std::string_view key, double least) {
        in.must_have(key);
        return static_cast<int>(std::lround(in.number(key, 0, least, 1000) * page.dots_per_mm));
    };
    const Area area{dots("x", 0), dots("y", 0), dots("w", 0), dots("h", 0)};
    if (area.x + area.width > page.width || area.y + area.height > page.height)
        in.note("x",
                "the box leaves the page: x + w and y + h must stay inside width_mm and "
                "height_mm");
    return area;
}

void read_template(const Reader& in, const PageRules& page, Box& box) {
    in.must_have("text");
    const auto parsed = PageTemplate::parse(in.text("text"));
    if (!parsed) {
        in.note("text", parsed.error());
        return;
    }
    box.text = *parsed;
    box.required = in.flag("required");
    for (const std::string& field : box.text.fields()) check_field(in, "text", field, page);
}

TextStyle read_style(const Reader& in, const PageRules& page) {
    TextStyle style;
    style.font = in.text("font", page.font);
    style.size_pt = in.number("size_pt", 10, 4, 200);
    style.shrink_to_pt = in.number("shrink_to_pt", style.size_pt, 4, style.size_pt);
    style.bold = in.flag("bold");
    style.white = in.flag("white");
    style.align =
        in.choice("align", Align::left,
                  {{"left", Align::left}, {"center", Align::center}, {"right", Align::right}});
    style.valign =
        in.choice("valign", Valign::top,
                  {{"top", Valign::top}, {"middle", Valign::middle}, {"bottom", Valign::bottom}});
    style.max_lines = in.whole("max_lines", 1, 1, 100);
    const Fit usual = style.shrink_to_pt < style.size_pt ? Fit::shrink : Fit::fail;
    style.fit = in.choice(
        "fit", usual, {{"fail", Fit::fail}, {"shrink", Fit::shrink}, {"shorten", Fit::shorten}});
    style.more = in.text("more", "+ {n}");
    return style;
}

// The least that scanners read, at the density where a dot is 1/8 mm; finer heads need more dots.
constexpr int least_linear = 2, least_matrix = 3, usual_dots = 3;

void read_symbology(const Reader& in, const PageRules& page, Box& box) {
    box.symbology = in.choice("symbology", Symbology::code128,
                              {{"code128", Symbology::code128},
                               {"gs1-128", Symbology::gs1_128},
                               {"itf14", Symbology::itf14},
                               {"qr", Symbology::qr},
                               {"datamatrix", Symbology::datamatrix},
                               {"gs1-datamatrix", Symbology::gs1_datamatrix},
                               {"pdf417", Symbology::pdf417},
                               {"code128-fnc3", Symbology::code128_fnc3}});
    const int written = page.written_dots_per_mm, drawn = page.layout.dots_per_mm;
    const int smallest = rules_of(box.symbology).linear ? least_linear : least_matrix;
    const int least = (smallest * written + 7) / 8;
    const int usual = std::max(least, usual_dots * written / 8);
    box.required = true;  // a barcode of nothing is never wanted: `when` leaves it out
    const int min_dots = in.whole("min_dots", usual, least, 60);
    const int max_dots = in.whole("max_dots", std::max(usual + 1, min_dots), min_dots, 60);
    box.min_dots = (min_dots * drawn + written - 1) / written;
    box.max_dots = std::max(box.min_dots, max_dots * drawn / written);
}

void read_image(const Reader& in, const PageRules& page, Box& box) {
    in.must_have("file");
    const auto path = page.folder / in.text("file");
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (!file) return in.note("file", path.string() + " cannot be read: check the path");
    auto ink = picture_ink(bytes.str());
    if (!ink) return in.note("file", path.string() + " " + ink.error());
    if (ink->width > box.area.width || ink->height > box.area.height)
        in.note("file", path.string() + " has " + std::to_string(ink->width) + " x " +
                            std::to_string(ink->height) + " dots, its box " +
                            std::to_string(box.area.width) + " x " +
                            std::to_string(box.area.height) +
                            ": pictures are never scaled, make it smaller");
    box.picture = std::make_shared<const Ink>(std::move(*ink));
}

}  // namespace

Box read_box(const toml::table& table, const PageRules& page, const std::string& file,
             std::string& wrong) {
    const Reader in(table, file, wrong);
    Box box;
    box.source_line = static_cast<int>(table.source().begin.line);
    in.must_have("kind");
    box.kind = in.choice("kind", Box::Kind::text,
                         {{"text", Box::Kind::text},
                          {"barcode", Box::Kind::barcode},
                          {"image", Box::Kind::image},
                          {"line", Box::Kind::line},
                          {"rectangle", Box::Kind::rectangle}});
    box.area = read_area(in, page.layout);
    box.when = in.text("when");
    box.unless = in.text("unless");
    check_field(in, "when", box.when, page);
    check_field(in, "unless", box.unless, page);
    const auto thickness = [&] {
        const double mm = in.number("thickness_mm", 0.25, 0.1, 50);
        return std::max(1, static_cast<int>(std::lround(mm * page.layout.dots_per_mm)));
    };
    switch (box.kind) {
        case Box::Kind::text:
            in.refuse_unknown({&place_keys, &text_keys});
            read_template(in, page, box);
            box.style = read_style(in, page);
            break;
        case Box::Kind::barcode:
            in.refuse_unknown({&place_keys, &barcode_keys});
            read_template(in, page, box);
            read_symbology(in, page, box);
            break;
        case Box::Kind::image:
            in.refuse_unknown({&place_keys, &image_keys});
            read_image(in, page, box);
            break;
        case Box::Kind::line:
            in.refuse_unknown({&place_keys, &line_keys});
            box.thickness = thickness();
            break;
        case Box::Kind::rectangle:
            in.refuse_unknown({&place_keys, &rectangle_keys});
            box.filled = in.flag("filled");
            box.thickness = thickness();
            break;
    }
    return box;
}

}  // namespace kemas::label
