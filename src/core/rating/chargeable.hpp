// The weight a courier bills for one parcel, with the sum behind it for people. Knows a service's
// rules, not its prices.
#pragma once

#include <string>

#include "core/fault.hpp"
#include "core/quantities.hpp"
#include "core/rating/billed_weight.hpp"
#include "core/rating/tariff.hpp"
#include "core/rating/tongue.hpp"

namespace kemas::rating {

struct Chargeable {
    Milligrams actual, volumetric;  // volumetric 0 where volume does not count; rounded up, to show
    Milligrams weight;              // what is billed
    std::string how;                // "2.1 kg (volume / 6000) billed as 3 kg"
};

// What bill() gives, as text; a fault with its sentence where bill() refuses.
Result<Chargeable> chargeable(const ServiceRow& service, Milligrams gross, const Size& outer);
Chargeable explain(const ServiceRow& service, const Billed& billed,
                   Tongue tongue = Tongue::english);

}  // namespace kemas::rating
