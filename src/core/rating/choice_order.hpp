// Which of two offers is better, by the site's rule and then by what it leaves equal. Knows no
// words.
#pragma once

#include "core/rating/offer.hpp"

namespace kemas::rating {

// What the rule looks at first; less is better.
std::int64_t wanted(const ChoiceRule& rule, const Offer& offer);

// A strict order over offers that compete; those that do not come after them.
bool is_better(const ChoiceRule& rule, const Offer& a, const Offer& b);

}  // namespace kemas::rating
