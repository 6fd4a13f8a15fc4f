// How channels that arrange shipments and their packages are doing, for /status and the API.
#pragma once

#include <boost/json/array.hpp>

#include "app/status_board.hpp"

namespace kemas::app {

boost::json::array channels_json(const ledger::BooksStatus& books, const LiveState& live);
boost::json::object package_json(const ledger::SqlBooks& books, const ChannelPackage& package);

}  // namespace kemas::app
