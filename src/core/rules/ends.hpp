// How parcels came to their end, counted for the choice of a courier (rating/reliability.hpp).
// Knows what a courier tells and what comes back to the returns desk, but no share.
#pragma once

#include "core/floor/turn.hpp"

namespace kemas {

// A parcel counts once, on the day the books hear of its end: delivered (on time or not), returned
// or lost; what is told of it afterwards ("lost", then "delivered") corrects that by a difference
// on the day of the correction. Only parcels that we arranged and that have a promised day count.

// The courier told `now` after `ask.tracked`; call it before the ask is changed.
void count_told(Turn& turn, const Parcel& parcel, const NumberAsk& ask, const ParcelTracked& now);

// It came back to us, and its courier, who does tell of this parcel, has told no end; call it
// before the parcel is marked as returned. Couriers that tell nothing are not counted at all:
// returns alone would make every one of them look bad.
void count_returned(Turn& turn, const Parcel& parcel);

}  // namespace kemas
