#include "core/rating/amounts.hpp"

#include <limits>

#include "core/assert.hpp"

namespace kemas::rating {
namespace {

__extension__ typedef unsigned __int128 Wide;

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

}  // namespace

std::string kilograms(Milligrams weight) {
    auto text = decimal(weight.value, 6);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text + " kg";
}

std::string amount_text(Money amount, const Currency& currency) {
    return decimal(amount.value, currency.exponent);
}

std::int64_t multiply_divide_up(std::int64_t a, std::int64_t b, std::int64_t c) {
    KEMAS_ASSERT(a >= 0 && b >= 0 && c > 0);
    const auto result = (static_cast<Wide>(a) * static_cast<Wide>(b) + static_cast<Wide>(c) - 1) /
                        static_cast<Wide>(c);
    constexpr auto kLargest = std::numeric_limits<std::int64_t>::max();
    return result > static_cast<Wide>(kLargest) ? kLargest : static_cast<std::int64_t>(result);
}

}  // namespace kemas::rating
