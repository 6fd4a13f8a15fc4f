#include "label/layout.hpp"

#include <cmath>
#include <fstream>
#include <sstream>

#include "core/bare_letter.hpp"
#include "label/layout_box.hpp"

namespace kemas::label {
namespace {

const Keys page_keys{"name", "kind", "width_mm", "height_mm", "dpi", "font", "fields", "box"};

// Print heads are built in whole dots a millimetre. 0 for a density that no head has.
int dots_per_mm_of(int dpi) {
    return dpi == 203 ? 8 : dpi == 300 ? 12 : dpi == 600 ? 24 : 0;
}

void read_page(const Reader& in, const toml::table& table, int dpi, PageRules& page) {
    in.refuse_unknown({&page_keys});
    for (const char* key : {"name", "width_mm", "height_mm"}) in.must_have(key);
    Layout& layout = page.layout;
    layout.name = in.text("name");
    layout.kind = in.choice<LayoutKind>("kind", LayoutKind::courier, std::span(layout_kinds));
    layout.dpi = in.whole("dpi", 203, 203, 600);
    page.written_dots_per_mm = dots_per_mm_of(layout.dpi);
    if (dpi > 0) layout.dpi = dpi;
    layout.dots_per_mm = dots_per_mm_of(layout.dpi);
    if (page.written_dots_per_mm == 0 || layout.dots_per_mm == 0) {
        in.note("dpi", "dpi must be 203, 300 or 600");
        return;
    }
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

Result<Layout> parse_layout(std::string_view toml, const std::string& file_name, int dpi) {
    if (const auto letter = find_bare_letter(toml))
        return fail(Remedy::stop, letter->in(file_name));
    toml::table table;
    try {
        table = toml::parse(toml, file_name);
    } catch (const toml::parse_error& error) {
        return fail(Remedy::stop, file_name + ":" + std::to_string(error.source().begin.line) +
                                      ": " + std::string(error.description()));
    }
    std::string wrong;
    PageRules page;
    page.folder = std::filesystem::path(file_name).parent_path();
    const Reader in(table, file_name, wrong);
    read_page(in, table, dpi, page);
    const toml::node* boxes = table.get("box");
    if (!boxes || !boxes->is_array_of_tables())
        in.note("box", "a layout needs at least one [[box]]");
    if (wrong.empty())
        for (const auto& node : *boxes->as_array())
            page.layout.boxes.push_back(read_box(*node.as_table(), page, file_name, wrong));
    if (!wrong.empty()) return fail(Remedy::stop, wrong);
    return std::move(page.layout);
}

Result<Layout> load_layout(const std::string& path, int dpi) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file)
        return fail(Remedy::stop, path +
                                      ":1: the label layout cannot be read: check the path and "
                                      "its permissions");
    return parse_layout(text.str(), path, dpi);
}

}  // namespace kemas::label
