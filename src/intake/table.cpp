#include "intake/table.hpp"

#include <algorithm>

#include "intake/decimal.hpp"
#include "intake/draft_check.hpp"
#include "intake/instant_text.hpp"
#include "intake/utf8.hpp"

namespace kemas::intake {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool holds(const std::vector<std::string_view>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Table::Table(std::string_view bytes, const std::vector<std::string_view>& required,
             const std::vector<std::string_view>& optional)
    : csv_(bytes) {
    if (!csv_.next(row_)) {
        if (csv_.errors().empty())
            errors_.push_back({0, "", "the file is empty; it needs a header line"});
        return;
    }
    const CsvRow& header = row_;
    width_ = header.cells.size();
    const std::size_t before = errors_.size();
    for (std::size_t i = 0; i < header.cells.size(); ++i) {
        const std::string name = lower(trimmed(header.cells[i]));
        if (!holds(required, name) && !holds(optional, name)) {
            fault_at(header.line, storable(name.empty() ? "column " + std::to_string(i + 1) : name),
                     "is not a known column; check its spelling");
        } else if (!columns_.emplace(name, i).second) {
            fault_at(header.line, name, "is given twice");
        }
    }
    for (const auto name : required) {
        if (!columns_.contains(name)) fault_at(header.line, name, "is missing from the header");
    }
    usable_ = errors_.size() == before;
}

bool Table::next() {
    if (!usable_) return false;
    while (csv_.next(row_)) {
        const bool blank = std::all_of(row_.cells.begin(), row_.cells.end(),
                                       [](const auto& text) { return trimmed(text).empty(); });
        if (blank) continue;  // a spreadsheet's empty rows: ";;;;"
        if (row_.cells.size() != width_) {
            fault_at(row_.line, "",
                     "has " + std::to_string(row_.cells.size()) + " cells, but the header has " +
                         std::to_string(width_));
            continue;
        }
        errors_before_row_ = errors_.size();
        return true;
    }
    return false;
}

Column Table::at(std::string_view column) const {
    const auto place = columns_.find(column);
    return {column, place == columns_.end() ? Column::kAbsent : place->second};
}

std::string_view Table::cell(Column column) const {
    const auto place = column.place == Column::kUnknown ? at(column.name).place : column.place;
    return place == Column::kAbsent ? std::string_view{} : trimmed(row_.cells[place]);
}

std::string Table::text(Column column) {
    const auto value = cell(column);
    if (auto why = text_fault(value, TextKind::lines); !why.empty()) {
        fault(column, std::move(why));
        return {};
    }
    return std::string(value);
}

std::string Table::id(Column column, bool required) {
    const auto value = cell(column);
    if (value.empty()) {
        if (required) fault(column, "is empty");
    } else if (is_spreadsheet_damage(value)) {
        fault(column, "is '" + std::string(value) +
                          "': a spreadsheet has rewritten the number and lost digits; format the "
                          "column as text and export again");
    } else if (auto why = text_fault(value, TextKind::single_line); !why.empty()) {
        fault(column, std::move(why));
    } else if (value.size() > kLongestId) {
        fault(column, "is longer than " + std::to_string(kLongestId) + " bytes");
    } else {
        return std::string(value);
    }
    return {};
}

std::int64_t Table::integer(Column column, std::int64_t least, std::int64_t most,
                            std::int64_t if_empty) {
    return cell(column).empty() ? if_empty : required_integer(column, least, most);
}

std::int64_t Table::required_integer(Column column, std::int64_t least, std::int64_t most) {
    const auto value = cell(column);
    if (value.empty()) {
        fault(column, "is empty");
        return least;
    }
    const auto number = parse_integer(value);
    if (!number) {
        fault(column, storable(number.error()));
        return least;
    }
    if (*number < least || *number > most) {
        fault(column, "is " + std::to_string(*number) + "; must be " + std::to_string(least) +
                          " to " + std::to_string(most));
        return least;
    }
    return *number;
}

std::int64_t Table::thousandths(Column column, std::int64_t most) {
    const auto value = cell(column);
    if (value.empty()) return 0;
    const auto number = parse_decimal(value, 3);
    if (!number) {
        fault(column, storable(number.error()));
        return 0;
    }
    if (*number < 0 || *number > most) {
        fault(column,
              "is '" + std::string(value) + "'; must be 0 to " + std::to_string(most / 1000));
        return 0;
    }
    return *number;
}

bool Table::flag(Column column) {
    const std::string value = lower(cell(column));
    if (value == "1" || value == "yes" || value == "true" || value == "ya") return true;
    if (!value.empty() && value != "0" && value != "no" && value != "false" && value != "tidak") {
        fault(column, "is '" + storable(value) + "'; must be yes or no");
    }
    return false;
}

Instant Table::instant(Column column) {
    const auto value = cell(column);
    if (value.empty()) return {};
    const auto at = parse_instant(value);
    if (at) return *at;
    fault(column, storable(at.error()));
    return {};
}

std::size_t Table::word(Column column, std::span<const std::string_view> words) {
    const std::string value = lower(cell(column));
    if (value.empty()) return 0;
    const auto place = std::find(words.begin(), words.end(), value);
    if (place != words.end()) return static_cast<std::size_t>(place - words.begin());
    std::string reason = "is '" + storable(value) + "'; must be one of";
    for (const auto known : words) reason += ' ' + std::string(known);
    fault(column, std::move(reason));
    return 0;
}

void Table::fault(Column column, std::string reason) {
    fault_at(row_.line, column.name, std::move(reason));
}

void Table::fault_at(int at_line, std::string_view column, std::string reason) {
    std::string name(column);
    for (auto* text : {&name, &reason})  // a quoted cell may hold line ends; a fault is one line
        std::ranges::replace_if(
            *text, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }, '?');
    errors_.push_back({at_line, std::move(name), std::move(reason)});
}

RowFaults Table::take_errors() {
    errors_.insert(errors_.begin(), csv_.errors().begin(), csv_.errors().end());
    csv_.errors().clear();
    std::stable_sort(errors_.begin(), errors_.end(),
                     [](const RowFault& a, const RowFault& b) { return a.line < b.line; });
    return std::move(errors_);
}

}  // namespace kemas::intake
