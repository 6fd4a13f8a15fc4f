#include "core/rating/amounts.hpp"

#include "core/assert.hpp"
#include "core/rating/wide.hpp"

namespace kemas::rating {
namespace {

std::string decimal(std::int64_t value, int digits) {
    const bool negative = value < 0;
    auto text = std::to_string(negative ? 0 - static_cast<std::uint64_t>(value)
                                        : static_cast<std::uint64_t>(value));
    const auto behind = static_cast<std::size_t>(digits);
    if (behind > 0) {
        if (text.size() <= behind) text.insert(0, behind + 1 - text.size(), '0');
        text.insert(text.size() - behind, ".");
    }
    return negative ? "-" + text : text;
}

std::string without_zeros(std::string text) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

}  // namespace

std::string kilograms(Milligrams weight) {
    return without_zeros(decimal(weight.value, 6)) + " kg";
}

std::string weight_text(std::int64_t ticks, Unit unit) {
    return without_zeros(decimal(ticks, 3)) + (unit == Unit::pound ? " lb" : " kg");
}

std::string amount_text(Money amount, const Currency& currency) {
    return decimal(amount.value, currency.exponent);
}

std::int64_t multiply_divide_up(std::int64_t a, std::int64_t b, std::int64_t c) {
    KEMAS_ASSERT(a >= 0 && b >= 0 && c > 0);
    return narrow(divide_up(wide(a) * wide(b), wide(c)));
}

}  // namespace kemas::rating
