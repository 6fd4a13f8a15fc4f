#include "core/weighing/expected.hpp"

#include <algorithm>

namespace kemas::weighing {
namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr Milligrams kHeaviest = grams(10'000'000);
constexpr std::int64_t kMostUnits = 1'000'000;

Wide square(Milligrams m) {
    const auto magnitude = static_cast<Wide>(std::min(m.abs(), kHeaviest).value);
    return magnitude * magnitude;
}

// The least whole number whose square is not below `n`, for roots that fit 62 bits.
std::int64_t root_up(Wide n) {
    Wide low = 0, high = Wide{1} << 62;
    while (low < high) {
        const Wide middle = low + (high - low) / 2;
        if (middle * middle < n) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return static_cast<std::int64_t>(low);
}

}  // namespace

bool is_usable(const ItemWeight& item) {
    return item.known && item.mean > Milligrams{0} && item.mean <= kHeaviest &&
           item.spread >= Milligrams{0} && item.spread <= kHeaviest && item.quantity >= 0 &&
           item.quantity <= kMostUnits;
}

Milligrams expected_gross(const Contents& contents) {
    auto gross = contents.tare;
    for (const auto& item : contents.items) {
        if (is_usable(item)) gross += item.mean * item.quantity;
    }
    return gross;
}

Milligrams tolerance(const Contents& contents, Milligrams division, std::int64_t k_sigma_tenths) {
    Wide variance = square(contents.tare_spread);
    for (const auto& item : contents.items) {
        if (is_usable(item)) variance += square(item.spread) * static_cast<Wide>(item.quantity);
    }
    const Wide twelve_variances = variance * 12 + square(division);
    const auto k = static_cast<Wide>(std::clamp<std::int64_t>(k_sigma_tenths, 0, 1000));
    return {root_up((twelve_variances * k * k + 1199) / 1200)};
}

}  // namespace kemas::weighing
