#include "core/barcode/check_digit.hpp"

#include <algorithm>

#include "core/assert.hpp"

namespace kemas::barcode {

bool all_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

char check_digit(std::string_view body) {
    KEMAS_ASSERT(all_digits(body));
    int sum = 0;
    int weight = 3;
    for (auto digit = body.rbegin(); digit != body.rend(); ++digit, weight = 4 - weight) {
        sum += (*digit - '0') * weight;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool has_valid_check_digit(std::string_view digits) {
    return digits.size() >= 2 && all_digits(digits) &&
           check_digit(digits.substr(0, digits.size() - 1)) == digits.back();
}

std::optional<std::string> to_gtin14(std::string_view digits) {
    const auto size = digits.size();
    const bool known = size == 8 || size == 12 || size == 13 || size == 14;
    if (!known || !has_valid_check_digit(digits)) return std::nullopt;
    return std::string(14 - size, '0').append(digits);
}

bool is_sscc(std::string_view digits) {
    return digits.size() == 18 && has_valid_check_digit(digits);
}

}  // namespace kemas::barcode
