// A moment as services write it.
#pragma once

#include <string>

#include "core/quantities.hpp"

namespace kemas::sim {

std::string iso_of(Instant at);  // "2026-11-22T06:00:00Z"

}  // namespace kemas::sim
