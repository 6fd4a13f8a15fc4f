// Why a service won, lost or may not compete, in the request's language. Decides nothing.
#pragma once

#include <span>

#include "core/rating/offer.hpp"

namespace kemas::rating {

std::string share_text(std::int64_t basis_points);  // "95.00 %"

// "not yet proven: 12 parcels of 30".
std::string unproven_text(const Contest& contest, const Punctuality& punctuality);

// "95.00 % of 200 parcels on time", or that it is not yet proven; empty where the rule does not
// ask.
std::string proof_text(const Contest& contest, const Offer& offer);

// Both compete.
std::string why_lost(const Contest& contest, const Offer& offer, const Offer& best);
std::string why_out(const Contest& contest, const Offer& offer);

// No offer competes: each one's reason, after what to do about it.
std::string why_nobody(const Contest& contest, std::span<const Offer> offers);

}  // namespace kemas::rating
