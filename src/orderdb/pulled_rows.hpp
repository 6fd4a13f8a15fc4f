// Reads the shop's side of the order database: orders with their lines, stops, and the faults in
// them; writes what became of them. Knows no connection's fate.
#pragma once

#include <vector>

#include "core/fault.hpp"
#include "orderdb/connection.hpp"
#include "ports/order_db.hpp"

namespace kemas::orderdb {

// The oldest rows without an answer, orders first, at most `limit` in all with room kept for stops.
// A stop is held back while its order itself waits, so it never overtakes it. Throws soci_error.
std::vector<Pulled> pull_rows(Connection& connection, int limit);

// Writes the verdicts in one transaction. An order that was edited since it was pulled (another
// `revision`) stays unanswered and comes again. Fault: a ref that is not ours. Throws soci_error.
Result<void> answer_rows(Connection& connection, const std::vector<Verdict>& verdicts);

}  // namespace kemas::orderdb
