// Orders as CSV, one row a line of an order. Knows no books.
//
// Required columns: channel, shop, external_id, sku, quantity.
// Optional: owner, combine_group, name, phone, address, district, city, province, postal_code,
// area_code, cod_amount (whole minor units, empty = paid), value, courier, service, note,
// ship_by (2026-11-21T16:00:00+07:00), and for a shipment arranged by the channel:
// arranged_courier, arranged_service, tracking_number, package_number, label_zpl.
// Rows of one (channel, shop, external_id) are one order; the order's columns must agree on all of
// its rows, or be empty on the later ones.
#pragma once

#include "core/input.hpp"
#include "intake/table.hpp"

namespace kemas::intake {

// Orders in the order of their first row; only whole and checked ones.
Import<OrderDraft> orders_from_csv(std::string_view bytes);

}  // namespace kemas::intake
