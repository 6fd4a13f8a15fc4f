// Times for people and for JSON.
#pragma once

#include <string>

#include "core/quantities.hpp"

namespace kemas::app {

Instant wall_clock();
std::string iso_text(Instant at);                             // "2026-11-21T06:22:01.123Z"
std::string local_text(Instant at, int utc_offset_minutes);   // "2026-11-21 13:22"
Instant local_midnight(Instant now, int utc_offset_minutes);  // start of the site's day

}  // namespace kemas::app
