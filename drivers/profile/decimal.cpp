#include "drivers/profile/decimal.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <utility>

namespace kemas::profile {
namespace {

__extension__ using Wide = __int128;

struct UnitName {
    Unit unit;
    std::string_view name;
    std::int64_t milligrams, per;  // one unit = milligrams / per
};
constexpr std::array kUnits{
    UnitName{Unit::mg, "mg", 1, 1},
    UnitName{Unit::g, "g", 1'000, 1},
    UnitName{Unit::kg, "kg", 1'000'000, 1},
    UnitName{Unit::t, "t", 1'000'000'000, 1},
    UnitName{Unit::lb, "lb", 45'359'237, 100},
    UnitName{Unit::oz, "oz", 45'359'237, 1'600},
};

const UnitName& row(Unit unit) {
    for (const UnitName& candidate : kUnits)
        if (candidate.unit == unit) return candidate;
    std::abort();
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
    Decimal result;
    bool negative = text.starts_with('-'), point = false;
    if (negative) text.remove_prefix(1);
    int digits = 0;
    for (char c : text) {
        if (c == '.' && !point && digits > 0) {
            point = true;
        } else if (c >= '0' && c <= '9' && ++digits <= 12) {
            result.digits = result.digits * 10 + (c - '0');
            result.decimals += point;
        } else {
            return std::nullopt;
        }
    }
    if (digits == 0 || text.ends_with('.')) return std::nullopt;
    if (negative) result.digits = -result.digits;
    return result;
}

std::string to_text(Decimal number) {
    while (number.decimals > 0 && number.digits % 10 == 0) {
        number.digits /= 10;
        --number.decimals;
    }
    std::string digits = std::to_string(number.digits);
    const bool negative = digits.starts_with('-');
    if (negative) digits.erase(0, 1);
    const auto decimals = static_cast<std::size_t>(std::max(number.decimals, 0));
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    if (decimals > 0) digits.insert(digits.size() - decimals, ".");
    return (negative ? "-" : "") + digits;
}

std::optional<Unit> parse_unit(std::string_view text) {
    for (const UnitName& candidate : kUnits)
        if (candidate.name == text) return candidate.unit;
    return std::nullopt;
}

std::string_view name_of(Unit unit) {
    return row(unit).name;
}

std::optional<Milligrams> to_milligrams(Decimal number, Unit unit) {
    if (number.decimals < 0 || number.decimals > 12) return std::nullopt;
    Wide top = Wide{number.digits} * row(unit).milligrams, bottom = row(unit).per;
    for (int i = 0; i < number.decimals; ++i) bottom *= 10;
    const Wide half = bottom / 2;
    const Wide rounded = (top < 0 ? top - half : top + half) / bottom;
    if (rounded > std::numeric_limits<std::int64_t>::max() / 4 ||
        rounded < std::numeric_limits<std::int64_t>::min() / 4)
        return std::nullopt;
    return Milligrams{static_cast<std::int64_t>(rounded)};
}

}  // namespace kemas::profile
