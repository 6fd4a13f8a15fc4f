// Every service's offer for a shipment; with several packings to choose from, its best pair. Knows
// not who wins.
#pragma once

#include <span>
#include <vector>

#include "core/rating/choose.hpp"
#include "core/rating/offer.hpp"

namespace kemas::rating {

// By courier, service. Without packings the request's own pieces count.
std::vector<Offer> offers_for(const Contest& contest, std::span<const Packing> packings);

}  // namespace kemas::rating
