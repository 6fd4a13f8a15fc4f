// Stock as counted, one row per location, SKU and lot. Knows no books.
//
// Required columns: location, sku, quantity (units there now, absolute).
// Optional: lot, expiry of the lot (2027-02-28; the same on all of its rows), pick_order (place of
// the location on the walk; the same on all of its rows). A (location, sku, lot) given twice is an
// error.
#pragma once

#include "core/input.hpp"
#include "intake/table.hpp"

namespace kemas::intake {

Import<StockRow> stock_from_csv(std::string_view bytes);

}  // namespace kemas::intake
