// Orders as JSON, the body of POST /api/v1/orders. Knows neither HTTP nor the books.
//
// One order, an array of orders, or {"orders": [...]}; at most kMostOrders, 32 levels deep:
//
//   { "channel": "webstore", "shop": "main", "external_id": "W-1001",      required
//     "owner": "acme", "combine_group": "", "area_code": "31.71.01",
//     "cod_amount": 150000, "value": 148000,       minor units, whole numbers; no COD: null, absent
//     "courier": "", "service": "", "note": "",
//     "ship_by": "2026-11-21T16:00:00+07:00",      ISO 8601 with offset; absent = none
//     "lines": [ {"sku": "MUG-RED", "quantity": 2} ],                      required, at least one
//     "ship_to": { "name", "phone", "address", "district", "city", "province", "postal_code" },
//     "shipment": { "courier", "service", "tracking_number",               arranged by the channel
//                   "package_number", "label_zpl" } }
//
// An unknown key, a key given twice, a wrong type, a bad value: each is a fault with its path, and
// nothing of the body is taken.
#pragma once

#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/input.hpp"
#include "intake/field_fault.hpp"

namespace kemas::intake {

inline constexpr std::size_t kMostOrders = 1000;

// Checked drafts in the order given, no (channel, shop, external_id) twice; or every fault, with
// paths as in the body: "lines[0].quantity", "[2].lines[0].quantity",
// "orders[2].lines[0].quantity".
tl::expected<std::vector<OrderDraft>, FieldFaults> orders_from_json(std::string_view body);

}  // namespace kemas::intake
