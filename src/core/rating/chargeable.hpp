// The weight a courier bills for a parcel. Knows a service's rules, not its prices.
#pragma once

#include <string>

#include "core/fault.hpp"
#include "core/quantities.hpp"
#include "core/rating/tariff.hpp"

namespace kemas::rating {

struct Chargeable {
    Milligrams actual, volumetric;  // volumetric 0 where volume does not count; rounded up, to show
    Milligrams weight;              // what is billed
    std::string how;                // "2.100 kg (volumetric) rounded up to 3 kg"
};

// max(actual, volumetric), kept exact up to the rounding step, then at least one step and the
// service's minimum (couriers-labels.md, 1.1). A fault when weight or sides are not positive or
// beyond 100 t and 100 m, or when the service does not carry that much.
Result<Chargeable> chargeable(const ServiceRow& service, Milligrams gross, const Size& outer);

}  // namespace kemas::rating
