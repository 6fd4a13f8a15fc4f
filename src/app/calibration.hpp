// A scale whose calibration ends on a day: warns, or refuses to weigh, from the day after. Knows no
// device and no file; who says what day it is comes with it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/quantities.hpp"
#include "ports/scale.hpp"

namespace kemas::app {

struct Calibration {
    std::string due;  // "2027-01-31", the last good day
    Instant ends;     // the end of that day where the site is
    bool refuse = false;
};

// `date` is "2027-01-31".
Instant end_of_day(const std::string& date, int utc_offset_minutes);

// The same scale; after `ends` its health has an alarm, and with `refuse` a load that settles is a
// fault that names the day and the next step. Looks at the clock with every load and every look.
std::unique_ptr<Scale> calibrated(std::unique_ptr<Scale> scale, Calibration calibration,
                                  std::function<Instant()> clock);

}  // namespace kemas::app
