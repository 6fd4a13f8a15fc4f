// Weights and money as people read them, and division that rounds up. Knows no tariff.
#pragma once

#include <cstdint>
#include <string>

#include "core/quantities.hpp"
#include "core/rating/tariff.hpp"

namespace kemas::rating {

std::string kilograms(Milligrams weight);  // "1.3 kg", exact
// "1.3 kg" of grams, "2.5 lb" of thousandths of a pound.
std::string weight_text(std::int64_t ticks, Unit unit);
std::string amount_text(Money amount, const Currency& currency);  // "9000", "12.50"

// a * b / c to the next whole number, for a, b >= 0 and c > 0; saturates at the largest int64.
std::int64_t multiply_divide_up(std::int64_t a, std::int64_t b, std::int64_t c);

}  // namespace kemas::rating
