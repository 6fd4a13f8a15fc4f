// What a courier is asked to make for an act of the books: the parcel, its recipient and its cash.
// Knows neither sender nor currency; both are the site's.
#pragma once

#include <optional>

#include "core/books.hpp"
#include "ports/courier.hpp"

namespace kemas::courier {

// Nothing when the act's reference, parcel or order is not in the books any more.
std::optional<ShipmentAsk> shipment_ask(const Books& books, const EffectRow& effect);

}  // namespace kemas::courier
