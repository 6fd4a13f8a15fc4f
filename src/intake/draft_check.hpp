// What every order must be, whichever door it comes through: JSON, CSV or the order database.
// Knows no format; paths are the JSON names.
#pragma once

#include <cstdint>

#include "core/input.hpp"
#include "intake/field_fault.hpp"

namespace kemas::intake {

inline constexpr std::int64_t kMostUnits = 1'000'000;              // of one line
inline constexpr std::int64_t kMostMoney = 1'000'000'000'000'000;  // minor units
inline constexpr std::size_t kLongestId = 100;                     // bytes: ids, SKUs, codes
inline constexpr std::size_t kLongestText = 500;                   // bytes: names, address, note
inline constexpr std::size_t kMostLines = 1000;                    // of one order

// Everything wrong with `draft`, empty when it can be taken. Required: channel, shop, external_id,
// at least one line, each with a SKU and 1 to kMostUnits units; of an arranged shipment its courier
// and tracking number. Empty recipient fields are no fault here: the label holds and names them.
FieldFaults check(const OrderDraft& draft);

}  // namespace kemas::intake
