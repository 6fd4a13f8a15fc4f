// The cells of a row of a tariff that differ from an empty row, by column. Knows no file.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/rating/tariff_fields.hpp"

namespace kemas::intake {

using Cells = std::map<std::string_view, std::string>;

// The cells of a row that differ from an empty one.
class CellWriter {
 public:
    explicit CellWriter(Cells& cells) : cells_(cells) {}
    void id(std::string_view column, const std::string& value, bool) { text(column, value); }
    void text(std::string_view column, const std::string& value) {
        if (!value.empty()) cells_[column] = value;
    }
    void number(std::string_view column, std::int64_t value, std::int64_t least, std::int64_t) {
        if (value != 0 || least > 0) cells_[column] = std::to_string(value);
    }
    void small(std::string_view column, int value, int) { number(column, value, 0, 0); }
    void flag(std::string_view column, bool value) {
        if (value) cells_[column] = "yes";
    }
    void money(std::string_view column, Money value, std::int64_t least) {
        if (value != Money{} || least < 0) cells_[column] = std::to_string(value.value);
    }
    void length(std::string_view column, Millimetres value) { number(column, value.value, 0, 0); }
    void day(std::string_view column, rating::Day value) { text(column, rating::to_text(value)); }
    template <class Enum, class Words>
    void word(std::string_view column, Enum value, const Words& words) {
        if (value != Enum{}) cells_[column] = words[static_cast<std::size_t>(value)];
    }

 private:
    Cells& cells_;
};

template <class Row>
Cells row_cells(const char* record, const Row& row) {
    Cells cells{{"record", record}};
    CellWriter writer(cells);
    rating::visit_fields(row, writer);
    if constexpr (requires { row.amount; }) {
        cells[rating::is_percent(row.kind) ? "basis_points" : "amount"] =
            std::to_string(row.amount);
    }
    return cells;
}

}  // namespace kemas::intake
