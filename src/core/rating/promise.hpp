// The day a courier promises a parcel for: cut-off, the courier's working days, holidays, transit.
// Knows no price.
#pragma once

#include "core/rating/rate_book.hpp"

namespace kemas::rating {

bool works(const RateBook& book, const ServiceRow& service, Day day);

// A parcel ready at `minute` of `day` leaves that day, or on the next working day when that is
// after the cut-off or no working day; each of `transit_days` is a working day.
Day promised_day(const RateBook& book, const ServiceRow& service, Day day, int minute,
                 int transit_days);

}  // namespace kemas::rating
