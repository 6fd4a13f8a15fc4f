// Writes facts into Kemas's side of the order database. Knows no connection's fate.
#pragma once

#include <vector>

#include "core/fault.hpp"
#include "orderdb/connection.hpp"
#include "ports/order_db.hpp"

namespace kemas::orderdb {

// All or none, in one transaction; facts whose id is there already change nothing. Fault: an id
// that is not "<uuid>-<epoch>-<seq>-<index>". Throws soci_error.
Result<void> push_rows(Connection& connection, const std::vector<NumberedFact>& facts);

}  // namespace kemas::orderdb
