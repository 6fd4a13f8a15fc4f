// The sums that a price is made of, as the engine tells them while it makes them. Knows no text.
#pragma once

#include <cstdint>

#include "core/quantities.hpp"
#include "core/rating/billed_weight.hpp"
#include "core/rating/rate_book.hpp"

namespace kemas::rating {

struct FreightSum {
    const Rate* rate = nullptr;
    std::int64_t ticks = 0, step = 0, further = 0;  // begun steps, or ticks when exact
    bool exact = false;
    Money amount;
};

struct SurchargeSum {
    const Surcharge* surcharge = nullptr;
    Money base;               // of a percentage
    Milligrams weight;        // of per_kg
    std::int64_t volume = 0;  // mm3, of per_m3
    std::int64_t times = 1;
    bool by_kg = false;  // flat_or_per_kg: the weight gave more
    bool rounded = false, at_least = false, at_most = false;
    Money amount;
};

// Hears of each sum: this one of none, when only the price is wanted.
struct NoTrace {
    void weight(const Billed&) {}
    void freight(const FreightSum&) {}
    void surcharge(const SurchargeSum&) {}
};

}  // namespace kemas::rating
