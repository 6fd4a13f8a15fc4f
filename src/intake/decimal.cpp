#include "intake/decimal.hpp"

#include <charconv>

namespace kemas::intake {
namespace {

tl::unexpected<std::string> bad(std::string_view text, std::string_view why) {
    std::string reason = "is '";
    reason += text.substr(0, 40);
    reason += "'; ";
    reason += why;
    return tl::unexpected<std::string>(std::move(reason));
}

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

tl::expected<std::int64_t, std::string> parse_integer(std::string_view text) {
    std::string_view digits = text;
    if (!digits.empty() && (digits.front() == '-' || digits.front() == '+'))
        digits.remove_prefix(1);
    if (!all_digits(digits)) return bad(text, "must be a whole number, digits only");
    std::int64_t value = 0;
    std::string_view number = text;
    if (number.front() == '+') number.remove_prefix(1);
    const auto end = number.data() + number.size();
    if (std::from_chars(number.data(), end, value).ec != std::errc{}) {
        return bad(text, "is too large");
    }
    return value;
}

tl::expected<std::int64_t, std::string> parse_decimal(std::string_view text, int places) {
    const auto mark = text.find_first_of(".,");
    std::string whole(text.substr(0, mark));
    std::string_view fraction;
    if (mark != std::string_view::npos) {
        fraction = text.substr(mark + 1);
        if (!all_digits(fraction)) return bad(text, "must be a number such as 12,5 or 12.5");
    }
    if (fraction.size() > static_cast<std::size_t>(places)) {
        return bad(text, "has more than " + std::to_string(places) + " decimals");
    }
    const bool digits_first = !whole.empty() && whole.back() >= '0' && whole.back() <= '9';
    if (!digits_first) return bad(text, "must be a number such as 12,5 or 12.5");
    whole += fraction;
    whole.append(static_cast<std::size_t>(places) - fraction.size(), '0');
    auto value = parse_integer(whole);
    if (!value) return bad(text, "must be a number such as 12,5 or 12.5");
    return value;
}

bool is_spreadsheet_damage(std::string_view text) {
    const auto e = text.find_first_of("eE");
    if (e == std::string_view::npos || e == 0 || e + 2 >= text.size()) return false;
    if (text[e + 1] != '+' && text[e + 1] != '-') return false;
    const std::string_view mantissa = text.substr(0, e);
    return all_digits(text.substr(e + 2)) &&
           mantissa.find_first_not_of("0123456789.,-") == std::string_view::npos;
}

}  // namespace kemas::intake
