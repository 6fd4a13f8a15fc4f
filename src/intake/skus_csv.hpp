// SKUs as CSV, one row each. Knows no books.
//
// Required columns: sku, name.
// Optional: barcodes (separated by spaces or |; a case pack as CODE=UNITS, "8991234567890
// 18991234567897=12"), weight_g and spread_g (one standard deviation; grams, up to 3 decimals),
// length_mm, width_mm, height_mm; fragile, upright (stands on its height), flat (lies on its largest
// face), dangerous (yes or no); goods, its class, such as "food"; lot, expiry, serial
// (yes: must be known of every unit picked). A SKU or a barcode given twice is an error.
#pragma once

#include "core/input.hpp"
#include "intake/table.hpp"

namespace kemas::intake {

Import<SkuRow> skus_from_csv(std::string_view bytes);

}  // namespace kemas::intake
