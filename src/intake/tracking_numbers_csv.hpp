// A courier's tracking numbers to be used up, one row each. Knows no books: whether a number is
// already in the ledger is asked there.
//
// Required columns: courier, number. Optional: service (empty = any of the courier).
// A number given twice is an error.
#pragma once

#include "core/input.hpp"
#include "intake/table.hpp"

namespace kemas::intake {

Import<TrackingNumberRow> tracking_numbers_from_csv(std::string_view bytes);

}  // namespace kemas::intake
