// The scales' part of load_profile.hpp.
#pragma once

#include "drivers/profile/load_profile.hpp"
