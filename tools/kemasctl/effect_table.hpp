// Physical acts as a table; shared by the effects and by a parcel's page.
#pragma once

#include <string>

#include "tools/kemasctl/fields.hpp"

namespace kemas::ctl {

// Empty for none.
std::string effect_table(const array& effects);

}  // namespace kemas::ctl
