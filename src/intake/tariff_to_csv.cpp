#include <map>

#include "core/rating/tariff_fields.hpp"
#include "intake/tariff_csv.hpp"

namespace kemas::intake {
namespace {

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

std::string quoted(const std::string& cell) {
    if (cell.find_first_of(",\"\r\n;\t") == std::string::npos) return cell;
    std::string out = "\"";
    for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

template <class Row>
Cells cells_of(const char* record, const Row& row) {
    Cells cells{{"record", record}};
    CellWriter writer(cells);
    rating::visit_fields(row, writer);
    if constexpr (requires { row.amount; }) {
        cells[rating::is_percent(row.kind) ? "basis_points" : "amount"] =
            std::to_string(row.amount);
    }
    return cells;
}

// Calls `take` with the cells of each row.
template <class Take>
void each_row(const rating::TariffRows& tariff, Take take) {
    take(Cells{{"record", "tariff"},
               {"currency", tariff.currency.code},
               {"exponent", std::to_string(tariff.currency.exponent)},
               {"country", tariff.country}});
    for (const auto& row : tariff.services) take(cells_of("service", row));
    for (const auto& row : tariff.zones) take(cells_of("zone", row));
    for (const auto& row : tariff.listed_areas) take(cells_of("area", row));
    for (const auto& row : tariff.surcharges) take(cells_of("surcharge", row));
    for (const auto& row : tariff.holidays) take(cells_of("holiday", row));
    for (const auto& row : tariff.rates) take(cells_of("rate", row));
}

}  // namespace

std::string tariff_to_csv(const rating::TariffRows& tariff) {
    std::vector<std::string_view> columns{"record", "courier", "service"};
    std::map<std::string_view, bool> seen{{"record", true}, {"courier", true}, {"service", true}};
    each_row(tariff, [&](const Cells& cells) {
        for (const auto& [column, cell] : cells) {
            if (seen.emplace(column, true).second) columns.push_back(column);
        }
    });
    std::string out;
    const auto end_line = [&] { out.back() = '\n'; };
    for (const auto column : columns) out += std::string(column) + ",";
    end_line();
    each_row(tariff, [&](const Cells& cells) {
        for (const auto column : columns) {
            if (const auto cell = cells.find(column); cell != cells.end())
                out += quoted(cell->second);
            out += ',';
        }
        end_line();
    });
    return out;
}

}  // namespace kemas::intake
