// Rate tables as other systems have them, into rows of a tariff: Magento's table rates, and a zone
// chart with its weight grid. Each gives one service's rates; tariff_to_csv() writes them as the
// flat file, which is the one way in. Knows no ledger.
#pragma once

#include "core/rating/tariff.hpp"
#include "intake/csv.hpp"

namespace kemas::intake {

struct SheetImport {
    rating::TariffRows part;  // one service, its zones and rates
    RowFaults errors;         // of the first file, or of the only one
    RowFaults grid_errors;    // of the weight grid
};

// What a sheet does not say: whose rates they are, in which currency, from which country.
struct SheetService {
    rating::ServiceRow service;
    rating::Currency currency;
    std::string country = "ID";
};

// Columns Country, Region/State, Zip/Postal Code, Weight (and above), Shipping Price, as Magento 2
// exports them: countries in three letters (its Tablerate/Collection.php selects iso3_code), in two
// or three when it imports (LocationDirectory.php), * or empty = any. A place's rows are its bands:
// each holds from its weight up to below the next one. Weights are kilograms (pounds with the
// service's unit), prices have at most four decimals. Where both region and postal code stand, the
// postal code counts; 90* is a prefix here, though Magento itself compares codes whole. The other
// conditions, Order Subtotal (and above) and # of Items (and above), are taken where all rows count
// from 0, and refused else: a tariff goes by weight. (couriers-labels.md, 1.4)
SheetImport magento_rates_from_csv(std::string_view bytes, const SheetService& of);

// The chart has columns zone, and area, country or postal. The grid has a column up_to (kilograms,
// or pounds), may have price (total, or per_unit: for each begun kilogram or pound), and a column
// for each zone; an empty cell is no rate.
SheetImport zone_grid_from_csv(std::string_view chart, std::string_view grid,
                               const SheetService& of);

// `whole` with the service of `part` in place of what it had under that courier and code; other
// services, surcharges, lists and holidays stay.
rating::TariffRows with_service(const rating::TariffRows& whole, const rating::TariffRows& part);

}  // namespace kemas::intake
