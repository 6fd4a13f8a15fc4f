// Products of 64-bit numbers and their quotients, without loss. Knows no unit.
#pragma once

#include <cstdint>
#include <limits>

namespace kemas::rating {

__extension__ typedef unsigned __int128 Wide;

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

constexpr Wide wide(std::int64_t value) {  // of what is not negative
    return static_cast<Wide>(value);
}
constexpr std::int64_t narrow(Wide value) {  // saturates
    return value > wide(kLargest) ? kLargest : static_cast<std::int64_t>(value);
}
constexpr Wide divide_up(Wide a, Wide b) {
    return (a + b - 1) / b;
}

}  // namespace kemas::rating
