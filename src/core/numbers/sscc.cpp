#include "core/numbers/sscc.hpp"

#include "core/assert.hpp"
#include "core/barcode/check_digit.hpp"

namespace kemas::numbers {

constexpr std::size_t kBody = 17;

bool is_company_prefix(std::string_view text) {
    return text.size() >= 4 && text.size() <= 12 && barcode::all_digits(text);
}

std::optional<std::string> make_sscc(int extension, std::string_view prefix, std::int64_t serial) {
    KEMAS_ASSERT(is_company_prefix(prefix) && extension >= 0 && extension <= 9 && serial >= 0);
    const auto places = kBody - 1 - prefix.size();
    const auto digits = std::to_string(serial);
    if (digits.size() > places) return std::nullopt;
    auto body = std::to_string(extension).append(prefix);
    body.append(places - digits.size(), '0').append(digits);
    return body + barcode::check_digit(body);
}

}  // namespace kemas::numbers
