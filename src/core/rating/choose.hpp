// The cheapest service for a parcel, with the reason why each other one lost. Deterministic: equal
// prices go to fewer transit days, then to the courier and service first in the alphabet.
#pragma once

#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/rating/quote.hpp"
#include "core/rating/tariff.hpp"

namespace kemas::rating {

// What a service must satisfy besides carrying the parcel.
struct Filter {
    std::vector<std::string> couriers;  // allowed; empty = all
    int max_transit_days = 0;           // 0 = any
};

struct Loser {
    std::string courier, service;
    std::string why;  // "12000 against 9000", or the fault of its quote
};

struct Choice {
    Quote best;
    std::vector<Loser> losers;  // by courier, service
};

// `request.courier` and `.service` narrow the choice where they are given. A fault that lists
// every refusal when no service takes the parcel.
Result<Choice> cheapest(const RateBook& book, const Request& request, const Filter& filter = {});

}  // namespace kemas::rating
