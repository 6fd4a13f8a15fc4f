// What a shop's catalogue says of its goods, as CSV, one row a shop and SKU. Knows no books.
//
// Required columns: channel, shop, sku (the warehouse's, as in skus.csv).
// Optional: weight_g (of one unit as it is sent, grams with up to 3 decimals), length_mm, width_mm,
// height_mm (of the same; all three or none). A row with neither says nothing and is an error; so
// is a shop's SKU given twice.
#pragma once

#include "core/input.hpp"
#include "intake/table.hpp"

namespace kemas::intake {

Import<ListingRow> listings_from_csv(std::string_view bytes);

}  // namespace kemas::intake
