// A whole tariff as one flat CSV, read and written. Knows no rule of rating: make_rate_book()
// judges the rows. docs/tariffs.md says what each column means.
//
// Column `record` says what a row is (tariff, service, rate, surcharge, zone, area, holiday); a
// cell of another record's column must be empty. The columns of a record are those of
// core/rating/tariff_fields.hpp; `surcharge` also has amount (money) or basis_points
// (percent_of_...) and `tariff` has currency (IDR), exponent (decimals of the minor unit) and
// country (ID). Required columns: record, courier, service. An empty cell means the default of
// rating/tariff_row.hpp. Money is in whole minor units.
#pragma once

#include <string>

#include "core/rating/rate_book.hpp"
#include "core/rating/tariff.hpp"
#include "intake/table.hpp"

namespace kemas::intake {

struct TariffImport {
    rating::TariffRows tariff;
    rating::RateBook book;  // of it; empty when there are errors
    RowFaults errors;
};

// `version` is the SHA-256 of the file. When every cell can be read, the rate book judges the whole
// (rows given twice, rates of a service that the file does not have, ...), with the same lines.
TariffImport tariff_from_csv(std::string_view bytes);

// The same file again, with the columns that have a value somewhere; tariff_from_csv() reads it.
std::string tariff_to_csv(const rating::TariffRows& tariff);

}  // namespace kemas::intake
