// Quantities are types: a gram cannot be added to a millimetre. Integers only, so that a replay
// reaches the same figure on every machine.
#pragma once

#include <compare>
#include <cstdint>

namespace kemas {

template <class Tag>
struct Quantity {
    std::int64_t value = 0;

    friend constexpr auto operator<=>(Quantity, Quantity) = default;
    friend constexpr Quantity operator+(Quantity a, Quantity b) { return {a.value + b.value}; }
    friend constexpr Quantity operator-(Quantity a, Quantity b) { return {a.value - b.value}; }
    friend constexpr Quantity operator*(Quantity a, std::int64_t n) { return {a.value * n}; }
    constexpr Quantity& operator+=(Quantity other) { return value += other.value, *this; }
    constexpr Quantity& operator-=(Quantity other) { return value -= other.value, *this; }
    constexpr Quantity abs() const { return {value < 0 ? -value : value}; }
};

using Milligrams = Quantity<struct MilligramsTag>;
using Millimetres = Quantity<struct MillimetresTag>;
using Milliseconds = Quantity<struct MillisecondsTag>;  // a span of time
using Instant = Quantity<struct InstantTag>;            // UTC milliseconds since 1970-01-01
using Money = Quantity<struct MoneyTag>;                // minor units of the site's currency

constexpr Milligrams grams(std::int64_t n) {
    return {n * 1000};
}

struct Size {  // outer size, any order of sides
    Millimetres length, width, height;
    friend constexpr auto operator<=>(const Size&, const Size&) = default;
};

}  // namespace kemas
