#include "label/layout.hpp"

#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

#include "core/bare_letter.hpp"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace kemas::label {
namespace {

using Keys = std::set<std::string_view>;

const Keys page_keys{"name", "width_mm", "height_mm", "dpi", "font", "fields", "box"};
const Keys place_keys{"kind", "x", "y", "w", "h", "when", "unless"};
const Keys text_keys{"text",  "font",   "size_pt",   "shrink_to_pt", "bold", "white",
                     "align", "valign", "max_lines", "fit",          "more", "required"};
const Keys barcode_keys{"text", "symbology", "min_dots", "max_dots", "required"};
const Keys line_keys{"thickness_mm"};
const Keys rectangle_keys{"thickness_mm", "filled"};

// Reads keys of one table and keeps the first thing that was wrong, with its place.
class Reader {
 public:
    Reader(const toml::table& table, const std::string& file, std::string& wrong)
        : table_(table), file_(file), wrong_(wrong) {}

    void note(const toml::source_region& at, const std::string& what) const {
        if (wrong_.empty()) wrong_ = file_ + ":" + std::to_string(at.begin.line) + ": " + what;
    }
    void note(std::string_view key, const std::string& what) const {
        const toml::node* node = table_.get(key);
        note(node ? node->source() : table_.source(), what);
    }
    template <class T>
    T take(std::string_view key, T otherwise, const char* expected) const {
        const toml::node* node = table_.get(key);
        if (!node) return otherwise;
        const auto value = node->value<T>();
        if (!value) note(key, std::string(key) + " must be " + expected);
        return value.value_or(otherwise);
    }
    std::string text(std::string_view key, std::string otherwise = {}) const {
        return take<std::string>(key, std::move(otherwise), "a text in quotes");
    }
    bool flag(std::string_view key) const { return take<bool>(key, false, "true or false"); }
    double number(std::string_view key, double otherwise, double least, double most) const {
        const double value = take<double>(key, otherwise, "a number");
        if (!(value >= least && value <= most)) {
            std::ostringstream what;
            what << key << " is " << value << ", expected " << least << " to " << most;
            note(key, what.str());
            return otherwise;
        }
        return value;
    }
    int whole(std::string_view key, int otherwise, int least, int most) const {
        const auto value = take<std::int64_t>(key, otherwise, "a whole number");
        if (value < least || value > most)
            note(key, std::string(key) + " is " + std::to_string(value) + ", expected " +
                          std::to_string(least) + " to " + std::to_string(most));
        return static_cast<int>(value);
    }
    template <class E>
    E choice(std::string_view key, E otherwise,
             std::initializer_list<std::pair<std::string_view, E>> words) const {
        if (!table_.contains(key)) return otherwise;
        const std::string word = text(key);
        std::string known;
        for (const auto& [name, value] : words) {
            if (name == word) return value;
            known += (known.empty() ? "" : ", ") + std::string(name);
        }
        note(key, std::string(key) + " is \"" + word + "\", expected one of: " + known);
        return otherwise;
    }
    void must_have(std::string_view key) const {
        if (!table_.contains(key)) note(table_.source(), std::string(key) + " is missing here");
    }
    void refuse_unknown(std::initializer_list<const Keys*> known) const {
        for (const auto& [key, node] : table_) {
            bool found = false;
            for (const Keys* keys : known) found = found || keys->contains(key.str());
            if (!found) note(key.source(), "unknown key \"" + std::string(key.str()) + "\"");
        }
    }

 private:
    const toml::table& table_;
    const std::string& file_;
    std::string& wrong_;
};

struct PageRules {
    Layout layout;
    std::string font;
    std::set<std::string> fields;  // the layout's own, beside those of every courier label

    bool knows(const std::string& field) const {
        return is_courier_field(field) || fields.contains(field);
    }
};

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

Box read_box(const toml::table& table, const PageRules& page, const std::string& file,
             std::string& wrong) {
    const Reader in(table, file, wrong);
    Box box;
    box.source_line = static_cast<int>(table.source().begin.line);
    in.must_have("kind");
    box.kind = in.choice("kind", Box::Kind::text,
                         {{"text", Box::Kind::text},
                          {"barcode", Box::Kind::barcode},
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
            in.choice("symbology", 0, {{"code128", 0}});
            box.required = true;  // a barcode of nothing is never wanted: `when` leaves it out
            box.min_dots = in.whole("min_dots", 3, 2, 20);
            box.max_dots = in.whole("max_dots", std::max(4, box.min_dots), box.min_dots, 20);
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

void read_page(const Reader& in, const toml::table& table, PageRules& page) {
    in.refuse_unknown({&page_keys});
    for (const char* key : {"name", "width_mm", "height_mm"}) in.must_have(key);
    Layout& layout = page.layout;
    layout.name = in.text("name");
    layout.dpi = in.whole("dpi", 203, 203, 600);
    // Print heads are built in whole dots a millimetre: 203 dpi is 8, 300 is 12, 600 is 24.
    layout.dots_per_mm = layout.dpi == 203 ? 8 : layout.dpi == 300 ? 12 : 24;
    if (layout.dpi != 203 && layout.dpi != 300 && layout.dpi != 600)
        in.note("dpi", "dpi must be 203, 300 or 600");
    layout.width =
        static_cast<int>(std::lround(in.number("width_mm", 10, 10, 220) * layout.dots_per_mm));
    layout.height =
        static_cast<int>(std::lround(in.number("height_mm", 10, 10, 400) * layout.dots_per_mm));
    page.font = in.text("font", "Noto Sans");
    if (const toml::node* own = table.get("fields")) {
        const toml::array* names = own->as_array();
        if (!names) in.note("fields", "fields must be a list of texts");
        if (names)
            for (const auto& name : *names) {
                if (!name.is_string()) in.note(name.source(), "a field name must be a text");
                page.fields.insert(name.value_or(std::string()));
            }
    }
}

}  // namespace

Result<Layout> parse_layout(std::string_view toml, const std::string& file_name) {
    if (const auto letter = find_bare_letter(toml))
        return fail(Remedy::stop, letter->in(file_name));
    const toml::parse_result parsed = toml::parse(toml, file_name);
    if (!parsed)
        return fail(Remedy::stop, file_name + ":" +
                                      std::to_string(parsed.error().source().begin.line) + ": " +
                                      std::string(parsed.error().description()));
    const toml::table& table = parsed.table();
    std::string wrong;
    PageRules page;
    const Reader in(table, file_name, wrong);
    read_page(in, table, page);
    const toml::node* boxes = table.get("box");
    if (!boxes || !boxes->is_array_of_tables())
        in.note("box", "a layout needs at least one [[box]]");
    if (wrong.empty())
        for (const auto& node : *boxes->as_array())
            page.layout.boxes.push_back(read_box(*node.as_table(), page, file_name, wrong));
    if (!wrong.empty()) return fail(Remedy::stop, wrong);
    return std::move(page.layout);
}

Result<Layout> load_layout(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file)
        return fail(Remedy::stop, path +
                                      ":1: the label layout cannot be read: check the path and "
                                      "its permissions");
    return parse_layout(text.str(), path);
}

}  // namespace kemas::label
