// Exact decimal numbers and units of mass as device manuals write them ("0.005 kg"). Knows no
// register and no file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/quantities.hpp"

namespace kemas::profile {

// digits x 10^-decimals
struct Decimal {
    std::int64_t digits = 0;
    int decimals = 0;
    friend bool operator==(const Decimal&, const Decimal&) = default;
};

enum class Unit { mg, g, kg, t, lb, oz };

// Reads "12", "-0.005", "1.50"; nothing else (no exponent, at most 12 digits).
std::optional<Decimal> parse_decimal(std::string_view text);
// "0.005", "-12"; no zeros behind the last decimal that counts ("1.50" is told as "1.5").
std::string to_text(Decimal number);
std::optional<Unit> parse_unit(std::string_view text);
std::string_view name_of(Unit unit);

// Nearest milligram, halves away from zero. One pound is 453.59237 g exactly (international pound,
// 1959). Empty when the result does not fit.
std::optional<Milligrams> to_milligrams(Decimal number, Unit unit);

}  // namespace kemas::profile
