// The one way in: what a station, an order source or a device says, and what follows from it.
// Pure: no clock, socket, thread, random number, file or floating point below it.
#pragma once

#include "core/decision.hpp"
#include "core/policy.hpp"

namespace kemas {

// Decides one input. `station` is the state before, null where no station is concerned. Mutates
// nothing: the caller applies the decision's changes, or none of them.
Decision step(const Station* station, const Recorded& recorded, const Books& books,
              const Policy& policy);

}  // namespace kemas
