#include "intake/area_tables.hpp"

#include <algorithm>
#include <map>

namespace kemas::intake {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string bare(std::string_view text) {
    const auto from = text.find_first_not_of(' ');
    if (from == text.npos) return {};
    std::string out(text.substr(from, text.find_last_not_of(' ') - from + 1));
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

bool has_letters(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        return (lower(c) >= 'a' && lower(c) <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    });
}

std::string trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(' ');
    return from == text.npos
               ? std::string()
               : std::string(text.substr(from, text.find_last_not_of(' ') - from + 1));
}

std::string fault_of(const std::string& name, const AreaMatch& match) {
    auto reason = "has '" + name + "': " + match.why;
    for (std::size_t i = 0; i < match.suggestions.size(); ++i) {
        const auto& near = match.suggestions[i];
        reason += (i == 0 ? "; nearest: " : ", ") + near.code + " " + near.name +
                  (near.parent.empty() ? "" : " (" + near.parent + ")");
    }
    return reason + ". Add it to the aliases with its code.";
}

void write(std::string& to, const std::vector<std::string>& cells, char separator) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) to += separator;
        const auto& cell = cells[i];
        if (cell.find_first_of(std::string("\"\r\n") + separator) == cell.npos) {
            to += cell;
            continue;
        }
        to += '"';
        for (const char c : cell) to += c == '"' ? std::string("\"\"") : std::string(1, c);
        to += '"';
    }
    to += '\n';
}

}  // namespace

Import<NamedArea> areas_from_csv(std::string_view bytes) {
    Table table(bytes, {"code", "name"}, {"parent"});
    Import<NamedArea> import;
    while (table.next()) {
        NamedArea area{table.id("code", true), table.text("name"), table.text("parent")};
        if (area.name.empty()) table.fault("name", "is empty");
        if (table.row_is_good()) import.rows.push_back(std::move(area));
    }
    import.errors = table.take_errors();
    return import;
}

Import<AreaAlias> aliases_from_csv(std::string_view bytes) {
    Table table(bytes, {"theirs", "code"}, {});
    Import<AreaAlias> import;
    std::map<std::string, int> seen;
    while (table.next()) {
        AreaAlias alias{table.text("theirs"), table.id("code", true)};
        if (alias.theirs.empty()) table.fault("theirs", "is empty");
        const auto [first, is_new] = seen.try_emplace(bare_area_name(alias.theirs), table.line());
        if (!is_new)
            table.fault("theirs", "'" + alias.theirs + "' is on line " +
                                      std::to_string(first->second) + " already");
        if (table.row_is_good()) import.rows.push_back(std::move(alias));
    }
    import.errors = table.take_errors();
    return import;
}

CodedSheet with_area_codes(std::string_view bytes, std::string_view column,
                           const AreaNames& names) {
    CsvReader reader(bytes);
    CodedSheet out;
    CsvRow row;
    std::size_t at = Column::kAbsent;
    int line = 1;
    bool head = true;
    while (reader.next(row)) {
        for (; line < row.line; ++line) out.csv += '\n';  // blank ones keep the count of lines
        if (head) {
            const auto found = std::ranges::find(row.cells, bare(column),
                                                 [](const auto& cell) { return bare(cell); });
            if (found == row.cells.end()) return {std::string(bytes), {}};
            at = static_cast<std::size_t>(found - row.cells.begin());
            head = false;
        } else if (at < row.cells.size() && has_letters(row.cells[at])) {
            auto& cell = row.cells[at];
            const auto comma = cell.find(',');
            auto match = names.match(cell, "");  // as one alias
            if (match.code.empty() && comma != cell.npos)
                match = names.match(trimmed(std::string_view(cell).substr(0, comma)),
                                    trimmed(std::string_view(cell).substr(comma + 1)));
            if (match.code.empty())
                out.errors.push_back({row.line, std::string(column), fault_of(cell, match)});
            else
                cell = match.code;
        }
        for (const auto& cell : row.cells) line += static_cast<int>(std::ranges::count(cell, '\n'));
        write(out.csv, row.cells, reader.separator());
        ++line;
    }
    if (!reader.errors().empty()) return {std::string(bytes), {}};  // its reader tells them
    return out;
}

}  // namespace kemas::intake
