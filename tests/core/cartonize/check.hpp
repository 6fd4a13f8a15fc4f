// Judges a plan by what was asked, in exact integers. Written apart from the packing: it shares
// only the public types, and looks at every pair of units.
#pragma once

#include <string>
#include <vector>

#include "core/cartonize/types.hpp"

namespace kemas::cartonize {

// Empty when the plan keeps every promise; else the first one it breaks.
std::string fault_of(const std::vector<Item>& items, const std::vector<Carton>& cartons,
                     const Rules& rules, const Plan& plan);

}  // namespace kemas::cartonize
