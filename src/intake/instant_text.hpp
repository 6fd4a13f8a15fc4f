// A moment as text, ISO 8601. Knows no clock and no time zone names.
#pragma once

#include <string>
#include <string_view>

#include "core/fault.hpp"
#include "core/quantities.hpp"

namespace kemas::intake {

// "2026-11-21T16:00:00+07:00", "2026-11-21 09:00Z", "...17.250Z"; offset as Z, +07, +0700, +07:00.
// The offset is required: a time without one means another moment in each building. The error is
// the reason, to be put behind the field's name. Years 1970 to 9999; fractions cut to milliseconds.
tl::expected<Instant, std::string> parse_instant(std::string_view text);

// "2026-11-21T09:00:00.000Z"; sorts as text as it sorts in time.
std::string instant_text(Instant at);

}  // namespace kemas::intake
