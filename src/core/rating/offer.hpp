// What one choice of a service is about, and each service's bid in it. Knows not who wins.
#pragma once

#include <cstdint>
#include <string>

#include "core/rating/choice_rules.hpp"
#include "core/rating/price.hpp"
#include "core/rating/quote.hpp"
#include "core/rating/reliability.hpp"

namespace kemas::rating {

struct Contest {
    const RateBook& book;
    const Request& request;
    const ChoiceRule& rule;  // that decides
    const Reliability& reliability;
    std::int64_t reliable_from = 0;  // parcels

    std::string in(const char* english, const char* indonesian) const {
        return say(request.tongue, english, indonesian);
    }
};

struct Punctuality {
    std::int64_t share = -1;  // basis points; -1 = not proven
    std::int64_t parcels = 0;
};

struct Offer {
    Lane lane;
    Price price;
    std::size_t packing = 0;
    Money cost;               // of the cartons
    std::int64_t days = 0;    // until the promised day, or in transit
    Punctuality punctuality;  // where the rule asks for it
    std::size_t preference = 0;
    std::string barred;  // why it may not compete, although it has a price or was not asked

    bool competes() const { return barred.empty() && price.refusal == Refusal::none; }
    std::int64_t total() const { return price.total.value + cost.value; }
};

}  // namespace kemas::rating
