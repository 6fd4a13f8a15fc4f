// A courier's invoice as CSV. Knows no parcel.
//
// Required columns: tracking_number, amount (in the tariff's currency, whole minor units).
// Optional: billed_g (the weight they billed, grams with up to 3 decimals). A number given twice is
// a fault: the courier bills it twice. So is an invoice of more than 50,000 lines.
#pragma once

#include "core/rating/rerate.hpp"
#include "intake/table.hpp"

namespace kemas::intake {

constexpr std::size_t kMostInvoiceLines = 50'000;

Import<rating::InvoiceLine> invoice_from_csv(std::string_view bytes);

}  // namespace kemas::intake
