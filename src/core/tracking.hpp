// What a courier says became of a parcel it took, in the words of its contract (docs/couriers.md).
// Knows no call.
#pragma once

#include <optional>
#include <string_view>

#include "core/quantities.hpp"

namespace kemas {

// The ledger keeps these by their place: a new one goes to the end.
enum class Tracked {
    none,
    picked_up,
    in_transit,
    out_for_delivery,
    pickup_failed,
    delivery_failed,
    returning,
    lost,
    delivered,
    returned,
};
std::string_view to_text(Tracked tracked);
// Nothing: no word of the contract.
std::optional<Tracked> tracked_of(std::string_view word);
// A courier's clock may be off by so much; what it tells of a later time is not believed.
inline constexpr Milliseconds kCourierClockAhead{3'600'000};
// Nothing more is to be heard of it.
constexpr bool is_over(Tracked tracked) {
    return tracked >= Tracked::delivered;
}
// Somebody should look after it.
constexpr bool is_trouble(Tracked tracked) {
    return tracked >= Tracked::pickup_failed && tracked <= Tracked::lost;
}

}  // namespace kemas
