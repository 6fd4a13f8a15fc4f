// One [[box]] of a layout file, read and checked. Knows its page's size and fields, draws nothing.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "label/layout.hpp"
#include "label/layout_reader.hpp"

namespace kemas::label {

struct PageRules {
    Layout layout;
    int written_dots_per_mm = 8;  // what the file's dots a module mean
    std::string font;
    std::set<std::string> fields;  // the layout's own, beside those of its kind
    std::filesystem::path folder;  // of the layout file: pictures are named from here

    bool knows(const std::string& field) const {
        return is_field_of(layout.kind, field) || fields.contains(field);
    }
};

/// Reads a box; `wrong` keeps the first fault, as "file:line: what, and what was expected".
Box read_box(const toml::table& table, const PageRules& page, const std::string& file,
             std::string& wrong);

}  // namespace kemas::label
