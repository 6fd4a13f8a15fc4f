#include <algorithm>
#include <optional>

#include "core/rating/judge.hpp"
#include "core/rating/place.hpp"
#include "intake/table.hpp"
#include "intake/tariff_sheet_parts.hpp"
#include "intake/utf8.hpp"

namespace kemas::intake {
namespace {

void read_chart(std::string_view chart, const SheetService& of, SheetImport& out) {
    Table table(chart, {"zone"}, {"area", "country", "postal"});
    while (table.next()) {
        rating::ZoneRow row;
        row.courier = of.service.courier;
        row.service = of.service.code;
        row.zone = table.id("zone", true);
        row.area_prefix = any_as_empty(table.id("area", false));
        row.country = table.id("country", false);
        row.postal = table.id("postal", false);
        std::optional<rating::PlaceFault> fault;
        rating::make_place(row.area_prefix, row.country, row.postal, "", fault);
        if (fault)
            table.fault(fault->column == "area_prefix" ? "area" : std::string_view(fault->column),
                        fault->reason);
        out.part.zones.push_back(std::move(row));
    }
    out.errors = table.take_errors();
}

class GridReader {
 public:
    GridReader(std::string_view grid, const SheetService& of, SheetImport& out)
        : csv_(grid), of_(of), out_(out), notes_{out.grid_errors} {}

    void run() {
        CsvRow row;
        if (!csv_.next(row)) {
            if (csv_.errors().empty())
                notes_.at(0, "", "the file is empty; it needs a header line");
        } else if (header(row)) {
            while (csv_.next(row)) line(row);
        }
        out_.grid_errors.insert(out_.grid_errors.begin(), csv_.errors().begin(),
                                csv_.errors().end());
    }

 private:
    bool header(const CsvRow& row) {
        for (const auto& cell : row.cells) names_.emplace_back(trimmed(cell));
        const auto place = [&](std::string_view name) {
            return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), name) -
                                            names_.begin());
        };
        up_to_ = place("up_to");
        price_ = place("price");
        if (up_to_ == names_.size()) notes_.at(row.line, "up_to", "is missing from the header");
        for (std::size_t i = 0; i < names_.size(); ++i) {
            const auto& zones = out_.part.zones;
            if (i == up_to_ || i == price_) continue;
            const bool known = std::any_of(zones.begin(), zones.end(), [&](const auto& zone) {
                return zone.zone == names_[i];
            });
            if (!known) notes_.at(row.line, storable(names_[i]), "is no zone of the chart");
        }
        return out_.grid_errors.empty();
    }

    void line(const CsvRow& row) {
        if (row.cells.size() != names_.size()) {
            return notes_.at(row.line, "",
                             "has " + std::to_string(row.cells.size()) +
                                 " cells, but the header has " + std::to_string(names_.size()));
        }
        std::string why;
        const auto up_to = sheet_decimal(trimmed(row.cells[up_to_]), 3, 3, rating::kMostGrams, why);
        if (!up_to || *up_to == 0)
            return notes_.at(row.line, "up_to", up_to ? "is 0" : std::move(why));
        const auto word = price_ < names_.size() ? trimmed(row.cells[price_]) : "total";
        if (word != "total" && word != "per_unit" && !word.empty())
            return notes_.at(row.line, "price", "must be total or per_unit");
        for (std::size_t i = 0; i < names_.size(); ++i) {
            const auto text = trimmed(row.cells[i]);
            if (i == up_to_ || i == price_ || text.empty()) continue;
            const auto amount =
                sheet_decimal(text, kPriceDecimals, of_.currency.exponent, rating::kMostPrice, why);
            if (!amount) {
                notes_.at(row.line, names_[i], why);
                continue;
            }
            auto rate = rate_of(of_);
            rate.zone = names_[i];
            rate.up_to_g = *up_to;
            rate.first_price = {*amount};
            rate.first_g = *up_to;
            if (word == "per_unit") {
                rate.first_g = rate.per_step_g = 1000;
                rate.per_step = {*amount};
            }
            out_.part.rates.push_back(rate);
        }
    }

    CsvReader csv_;
    const SheetService& of_;
    SheetImport& out_;
    Notes notes_;
    std::vector<std::string> names_;
    std::size_t up_to_ = 0, price_ = 0;
};

}  // namespace

SheetImport zone_grid_from_csv(std::string_view chart, std::string_view grid,
                               const SheetService& of) {
    auto out = empty_import(of, std::string(chart) + '\n' + std::string(grid));
    read_chart(chart, of, out);
    GridReader(grid, of, out).run();
    return out;
}

}  // namespace kemas::intake
