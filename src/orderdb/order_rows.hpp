// A row of kemas_orders and its lines, into a checked draft. Knows no connection's fate.
#pragma once

#include "orderdb/statements.hpp"
#include "ports/order_db.hpp"

namespace kemas::orderdb {

struct OrderRow {
    Cells order;               // as kColumns of order_rows.cpp
    std::vector<Cells> lines;  // line_no, sku, quantity; by line_no
};

// The oldest orders without an answer. Throws soci_error.
std::vector<OrderRow> select_orders(soci::session& session, int limit);

// PulledOrder with ref "order:<id>:<revision>", or PulledFault naming each column and reason.
Pulled read_order(const OrderRow& row);

}  // namespace kemas::orderdb
