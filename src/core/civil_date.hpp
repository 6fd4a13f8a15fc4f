// The calendar day of an instant on a wall clock, as text and as a year. Knows no time zone's
// rules: the site says how many minutes its clock is ahead of UTC.
#pragma once

#include <string>

#include "core/quantities.hpp"

namespace kemas {

struct CivilDate {
    int year = 1970, month = 1, day = 1;
};

// Proleptic Gregorian calendar, for instants from 1970 on.
CivilDate civil_date(Instant at, int utc_offset_minutes);
std::string iso_date(CivilDate date);  // "2027-02-28"

}  // namespace kemas
