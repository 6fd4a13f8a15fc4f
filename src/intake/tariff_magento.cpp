#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "core/rating/judge.hpp"
#include "core/rating/place.hpp"
#include "intake/country_codes.hpp"
#include "intake/table.hpp"
#include "intake/tariff_sheet_parts.hpp"

namespace kemas::intake {
namespace {

using rating::PlaceKey;

constexpr const char *kWeight = "weight (and above)", *kSubtotal = "order subtotal (and above)",
                     *kItems = "# of items (and above)", *kPrice = "shipping price",
                     *kPostal = "zip/postal code", *kRegion = "region/state";

struct Band {
    std::int64_t from = 0;  // ticks
    Money price;
    int line = 0;
};
using Bands = std::map<PlaceKey, std::vector<Band>>;

class MagentoReader {
 public:
    MagentoReader(std::string_view bytes, const SheetService& of)
        : of_(of),
          table_(bytes, {"country", kPrice}, {kRegion, kPostal, kWeight, kSubtotal, kItems}),
          out_(empty_import(of, bytes)) {}

    SheetImport read() {
        Bands places;
        find_condition();
        while (table_.next()) {
            const auto where = place();
            const auto from = step();
            const auto amount = price();
            if (table_.row_is_good() && condition_ != nullptr)
                places[where].push_back({from, amount, table_.line()});
        }
        out_.errors = table_.take_errors();
        for (auto& [where, bands] : places) keep(where, bands);
        return std::move(out_);
    }

 private:
    // The column that says from where on a row counts.
    void find_condition() {
        for (const auto* column : {kWeight, kSubtotal, kItems}) {
            if (!table_.has(column)) continue;
            if (condition_ != nullptr)
                table_.fault_at(1, column, "stands beside another condition; give one of them");
            else
                condition_ = column;
        }
        if (condition_ == nullptr && table_.has(kPrice))
            table_.fault_at(1, kWeight, "is missing from the header");
    }

    PlaceKey place() {
        auto country = table_.id("country", false);
        if (country.empty()) country = "*";
        if (country.size() == 3) {
            const auto two = country_of_three_letters(country);
            if (two.empty())
                table_.fault("country", "is no ISO 3166 code of two or three capital letters");
            country = two.empty() ? "*" : std::string(two);
        }
        const auto postal = any_as_empty(table_.id(kPostal, false));
        const auto region = any_as_empty(table_.id(kRegion, false));
        std::optional<rating::PlaceFault> fault;
        auto found = rating::make_place(postal.empty() ? region : "", country, postal, "", fault);
        if (fault && table_.row_is_good())
            table_.fault(fault->column == "postal"    ? kPostal
                         : fault->column == "country" ? "country"
                                                      : kRegion,
                         fault->reason);
        return found;
    }

    // A parcel's price cannot follow what was paid or how many pieces there are; what counts from 0
    // on counts always.
    std::int64_t step() {
        if (condition_ == nullptr) return 0;
        std::string why;
        const auto from =
            sheet_decimal(table_.text(condition_), kPriceDecimals, 3, rating::kMostGrams, why);
        if (!from) table_.fault(condition_, why);
        if (from.value_or(0) > 0 && condition_ != kWeight)
            table_.fault(condition_,
                         "is no weight, and a courier's tariff goes by weight; only rows from 0 "
                         "can be taken: export the table of Weight vs. Destination");
        return from.value_or(0);
    }

    Money price() {
        std::string why;
        const auto price = sheet_decimal(table_.text(kPrice), kPriceDecimals, of_.currency.exponent,
                                         rating::kMostPrice, why);
        if (!price) table_.fault(kPrice, why);
        return {price.value_or(0)};
    }

    // Each row holds from its weight up to below the next one's.
    void keep(const PlaceKey& where, std::vector<Band>& bands) {
        Notes notes{out_.errors};
        std::ranges::stable_sort(bands, {}, &Band::from);
        if (bands[0].from > 0) {
            notes.at(bands[0].line, kWeight,
                     "is the least for its place, so lighter parcels have no price; give a row "
                     "with 0");
        }
        const auto cells = rating::cells_of(where);
        for (std::size_t i = 0; i < bands.size(); ++i) {
            auto row = rate_of(of_);
            row.area_prefix = cells.area;
            row.country = cells.country;
            row.postal = cells.postal;
            row.first_price = bands[i].price;
            if (i + 1 < bands.size()) {
                row.up_to_g = bands[i + 1].from - 1;  // billed weights are whole ticks
                row.first_g = std::max<std::int64_t>(row.up_to_g, 1);
                if (bands[i + 1].from == bands[i].from)
                    notes.at(
                        bands[i + 1].line, condition_,
                        "is on line " + std::to_string(bands[i].line) + " already for this place");
            }
            out_.part.rates.push_back(row);
        }
    }

    const SheetService& of_;
    Table table_;
    SheetImport out_;
    const char* condition_ = nullptr;
};

}  // namespace

SheetImport magento_rates_from_csv(std::string_view bytes, const SheetService& of) {
    return MagentoReader(bytes, of).read();
}

}  // namespace kemas::intake
