// Who may not compete by the site's rule or the promise asked for, and why. Knows no order among
// those who may.
#pragma once

#include "core/rating/offer.hpp"

namespace kemas::rating {

bool asks_for_punctuality(const ChoiceRule& rule);
Punctuality punctuality_of(const Contest& contest, const ServiceRow& service);

// Reasons that need no price; empty = none.
std::string barred_before_price(const Contest& contest, const ServiceRow& service,
                                const Punctuality& punctuality);

// Days until the recipient has it, and whether that is too late. The offer has its price.
void bar_by_days(const Contest& contest, Offer& offer);

}  // namespace kemas::rating
