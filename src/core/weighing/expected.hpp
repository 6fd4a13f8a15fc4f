// What a parcel should weigh and how far chance may carry it. Knows no scale events.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/quantities.hpp"

namespace kemas::weighing {

struct ItemWeight {
    std::string sku, name;
    Milligrams mean;            // of one unit
    Milligrams spread;          // one standard deviation of one unit
    std::int64_t quantity = 0;  // units in the parcel
    bool known = false;         // false: nobody has weighed it
};

struct Contents {
    std::vector<ItemWeight> items;       // one entry a SKU: split ones only blur the cause
    Milligrams tare, tare_spread;        // packaging and filling
    std::vector<ItemWeight> lookalikes;  // not in the parcel, easily mistaken for what is
};

// Whether a weight can be reckoned with: known, above zero, below 10 t, up to a million units.
bool is_usable(const ItemWeight& item);

// tare + sum of mean * quantity over the usable items.
Milligrams expected_gross(const Contents& contents);

// ceil(k * sqrt(sum(quantity * spread^2) + tare_spread^2 + division^2 / 12)) with k in tenths:
// variances add, tolerances do not; the last term is the scale's rounding (optimisation.md, 4).
// Computed on squares in 128-bit integers.
Milligrams tolerance(const Contents& contents, Milligrams division, std::int64_t k_sigma_tenths);

}  // namespace kemas::weighing
