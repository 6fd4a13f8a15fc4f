// The question that is asked of the tariff about goods on their way: made in one place, so that the
// floor, the packing suggested beforehand and the report afterwards ask the same. Knows no station.
#pragma once

#include <span>

#include "core/books.hpp"
#include "core/policy.hpp"
#include "core/rating/quote.hpp"

namespace kemas {

// Goods of `orders` (not empty; the first one's recipient counts) handed over at `at`: place,
// channel, cash, value, dangerous, insured, wooden, the site's terms and language. Weight, outer
// size, courier and service are left to the caller. `rates` says whether it speaks of dangerous
// goods at all.
rating::Request rate_request(const Books& books, const Policy& policy,
                             const rating::RateBook& rates, std::span<const Order> orders,
                             std::span<const ParcelItem> items, Instant at);

// The same for a parcel that holds `items`, with its weight and the size of its packaging.
rating::Request rate_request(const Books& books, const Policy& policy,
                             const rating::RateBook& rates, const Parcel& parcel,
                             std::span<const ParcelItem> items, Instant at);

// The site insures goods of this worth.
bool is_insured(const Policy& policy, Money value);

// What the orders still want, as one parcel would hold it.
std::vector<ParcelItem> wanted_items(const Books& books, std::span<const Order> orders);

// Cash that the order's customer owes for parcels labelled on the day of `now`; nothing where the
// tariff has no limit by day.
Money cod_of_today(const Books& books, const Policy& policy, const rating::RateBook& rates,
                   const Order& order, Instant now);

// How couriers kept their word over the site's days before that of `now`; nothing is looked up and
// nothing known where no rule of the site asks for it.
const rating::Reliability& reliability_now(const Books& books, const Policy& policy, Instant now);

}  // namespace kemas
