// How couriers and their numbers are doing, for /status and the API.
#pragma once

#include <boost/json/array.hpp>

#include "app/status_board.hpp"

namespace kemas::app {

boost::json::array couriers_json(const ledger::BooksStatus& books, const LiveState& live);

// A pool that runs low, as a thing that has an alarm.
std::vector<DeviceHealth> pool_health(const ledger::BooksStatus& books, const CourierPlans& plans);

}  // namespace kemas::app
