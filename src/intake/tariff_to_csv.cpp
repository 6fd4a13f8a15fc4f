#include "intake/tariff_cells.hpp"
#include "intake/tariff_csv.hpp"

namespace kemas::intake {
namespace {

std::string quoted(const std::string& cell) {
    if (cell.find_first_of(",\"\r\n;\t") == std::string::npos) return cell;
    std::string out = "\"";
    for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

// Calls `take` with the cells of each row.
template <class Take>
void each_row(const rating::TariffRows& tariff, Take take) {
    take(Cells{{"record", "tariff"},
               {"currency", tariff.currency.code},
               {"exponent", std::to_string(tariff.currency.exponent)},
               {"country", tariff.country}});
    for (const auto& row : tariff.services) take(row_cells("service", row));
    for (const auto& row : tariff.zones) take(row_cells("zone", row));
    for (const auto& row : tariff.listed_areas) take(row_cells("area", row));
    for (const auto& row : tariff.surcharges) take(row_cells("surcharge", row));
    for (const auto& row : tariff.holidays) take(row_cells("holiday", row));
    for (const auto& row : tariff.rates) take(row_cells("rate", row));
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
