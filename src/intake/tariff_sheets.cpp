#include "intake/tariff_sheets.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "core/rating/judge.hpp"
#include "core/rating/rate_book.hpp"
#include "intake/decimal.hpp"
#include "intake/seal.hpp"
#include "intake/table.hpp"
#include "intake/utf8.hpp"

namespace kemas::intake {
namespace {

using rating::PlaceKey;
using rating::RateRow;

constexpr int kPriceDecimals = 4;  // Magento writes 12.5000

struct Notes {  // faults of one file
    RowFaults& faults;
    void at(int line, std::string column, std::string reason) {
        faults.push_back({line, std::move(column), std::move(reason)});
    }
};

std::int64_t power_of_ten(int exponent) {
    std::int64_t value = 1;
    while (exponent-- > 0) value *= 10;
    return value;
}

// `places` decimals are read, `kept` of them may be other than 0.
std::optional<std::int64_t> decimal(std::string_view text, int places, int kept, std::int64_t most,
                                    std::string& why) {
    const auto number = parse_decimal(text, places);
    if (!number) {
        why = storable(number.error());
        return {};
    }
    const auto rest = power_of_ten(places - kept);
    if (*number < 0 || *number % rest != 0 || *number / rest > most) {
        why = "is '" + storable(text) + "'; must be 0 or more with at most " +
              std::to_string(kept) + " decimals";
        return {};
    }
    return *number / rest;
}

SheetImport empty_import(const SheetService& of, std::string_view bytes) {
    SheetImport out;
    out.part.version = sha256_hex(bytes);
    out.part.currency = of.currency;
    out.part.country = of.country;
    out.part.services = {of.service};
    return out;
}

RateRow rate_of(const SheetService& of) {
    RateRow row;
    row.courier = of.service.courier;
    row.service = of.service.code;
    return row;
}

struct Band {
    std::int64_t from = 0;  // ticks
    Money price;
    int line = 0;
};

std::string any_as_empty(std::string cell) {
    return cell == "*" ? std::string() : cell;
}

}  // namespace

SheetImport magento_rates_from_csv(std::string_view bytes, const SheetService& of) {
    auto out = empty_import(of, bytes);
    Table table(bytes, {"country", "weight (and above)", "shipping price"},
                {"region/state", "zip/postal code"});
    std::map<PlaceKey, std::vector<Band>> places;
    while (table.next()) {
        auto postal = any_as_empty(table.id("zip/postal code", false));
        const auto region = any_as_empty(table.id("region/state", false));
        auto country = table.id("country", false);
        if (country.empty()) country = "*";
        std::optional<rating::PlaceFault> fault;
        const auto place =
            rating::make_place(postal.empty() ? region : "", country, postal, "", fault);
        if (fault) {
            table.fault(fault->column == "postal"    ? "zip/postal code"
                        : fault->column == "country" ? "country"
                                                     : "region/state",
                        fault->reason);
        }
        std::string why;
        const auto weight =
            decimal(table.text("weight (and above)"), kPriceDecimals, 3, rating::kMostGrams, why);
        if (!weight) table.fault("weight (and above)", why);
        const auto price = decimal(table.text("shipping price"), kPriceDecimals,
                                   of.currency.exponent, rating::kMostPrice, why);
        if (!price) table.fault("shipping price", why);
        if (table.row_is_good()) places[place].push_back({*weight, {*price}, table.line()});
    }
    out.errors = table.take_errors();
    Notes notes{out.errors};
    for (auto& [place, bands] : places) {
        std::stable_sort(bands.begin(), bands.end(),
                         [](const Band& a, const Band& b) { return a.from < b.from; });
        if (bands[0].from > 0) {
            notes.at(bands[0].line, "weight (and above)",
                     "is the least for its place, so lighter parcels have no price; give a row "
                     "with 0");
        }
        for (std::size_t i = 0; i < bands.size(); ++i) {
            auto row = rate_of(of);
            const auto cells = rating::cells_of(place);
            row.area_prefix = cells.area;
            row.country = cells.country;
            row.postal = cells.postal;
            row.first_price = bands[i].price;
            if (i + 1 < bands.size()) {
                row.up_to_g = bands[i + 1].from - 1;  // billed weights are whole ticks
                row.first_g = std::max<std::int64_t>(row.up_to_g, 1);
                if (bands[i + 1].from == bands[i].from)
                    notes.at(
                        bands[i + 1].line, "weight (and above)",
                        "is on line " + std::to_string(bands[i].line) + " already for this place");
            }
            out.part.rates.push_back(row);
        }
    }
    return out;
}

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
        const auto up_to = decimal(trimmed(row.cells[up_to_]), 3, 3, rating::kMostGrams, why);
        if (!up_to || *up_to == 0)
            return notes_.at(row.line, "up_to", up_to ? "is 0" : std::move(why));
        const auto word = price_ < names_.size() ? trimmed(row.cells[price_]) : "total";
        if (word != "total" && word != "per_unit" && !word.empty())
            return notes_.at(row.line, "price", "must be total or per_unit");
        for (std::size_t i = 0; i < names_.size(); ++i) {
            const auto text = trimmed(row.cells[i]);
            if (i == up_to_ || i == price_ || text.empty()) continue;
            const auto amount =
                decimal(text, kPriceDecimals, of_.currency.exponent, rating::kMostPrice, why);
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

template <class Rows>
Rows without(const Rows& rows, const std::string& courier, const std::string& service) {
    Rows left;
    for (const auto& row : rows) {
        if (row.courier != courier || row.service != service) left.push_back(row);
    }
    return left;
}

}  // namespace

SheetImport zone_grid_from_csv(std::string_view chart, std::string_view grid,
                               const SheetService& of) {
    auto out = empty_import(of, std::string(chart) + '\n' + std::string(grid));
    read_chart(chart, of, out);
    GridReader(grid, of, out).run();
    return out;
}

rating::TariffRows with_service(const rating::TariffRows& whole, const rating::TariffRows& part) {
    auto out = whole;
    if (whole.services.empty()) {
        out.currency = part.currency;
        out.country = part.country;
    }
    for (const auto& service : part.services) {
        std::erase_if(out.services, [&](const auto& old) {
            return old.courier == service.courier && old.code == service.code;
        });
        out.rates = without(out.rates, service.courier, service.code);
        out.zones = without(out.zones, service.courier, service.code);
    }
    out.services.insert(out.services.end(), part.services.begin(), part.services.end());
    out.zones.insert(out.zones.end(), part.zones.begin(), part.zones.end());
    for (const auto& rate : part.rates) out.rates.push_back(rate);
    return out;
}

}  // namespace kemas::intake
