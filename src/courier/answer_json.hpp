// JSON of the courier contract: what we send, and what may come back. Knows no connection.
#pragma once

#include <string>
#include <string_view>

#include "http/http_client.hpp"
#include "ports/courier.hpp"

namespace kemas::courier {

std::string shipment_json(const ShipmentAsk& ask);

// What an answer to a creation, a look-up or a void says. Any status but 2xx and 4xx, and any body
// that is not exactly of the contract's shape, is `unknown` with the field at fault.
CourierAnswer created_from(const http::Response& response);
CourierAnswer found_from(const http::Response& response);
CourierAnswer voided_from(const http::Response& response);
Result<std::vector<TrackingEvent>> track_from(const http::Response& response);
Result<CourierLabel> label_from(const http::Response& response);

}  // namespace kemas::courier
