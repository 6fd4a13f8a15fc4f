// A whole tariff as one flat CSV. Knows no rule of rating: make_rate_book() judges the rows.
//
// Column `record` says what a row is; a cell of another record's column must be empty.
//   tariff     currency (IDR), exponent (decimals of the minor unit); at most one row
//   service    courier, service, name, divisor_cm3_per_kg, volumetric_above_cm3, step_g,
//              rounding (up|half_up|tolerance), tolerance_g, edge (inclusive|exclusive), minimum_g,
//              max_weight_g, cod (yes|no), cod_min, cod_max, transit_days, cut_off (16:00)
//   rate       courier, service, area (empty = everywhere), first_price, first_g, step_price
//   surcharge  courier, service (empty = all), name, kind (flat|per_kg|percent_of_freight|
//              percent_of_cod|percent_of_value), when (always|cod|insured), amount (flat, per_kg)
//              or basis_points (percent_of_...), minimum, limit, round_up_to
// Required columns: record, courier, service. An empty cell means the default of
// rating/tariff.hpp. Money is in whole minor units.
#pragma once

#include "core/rating/tariff.hpp"
#include "intake/table.hpp"

namespace kemas::intake {

struct TariffImport {
    rating::TariffRows tariff;
    RowFaults errors;
};

// `version` is the SHA-256 of the file. When every cell can be read, the rate book judges the whole
// (rows given twice, rates of a service that the file does not have, ...), with the same lines.
TariffImport tariff_from_csv(std::string_view bytes);

}  // namespace kemas::intake
