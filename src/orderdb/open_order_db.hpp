// Opens the shop's order database through SOCI. Knows no ledger and no schedule: who calls when is
// the runtime's business.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/fault.hpp"
#include "ports/order_db.hpp"

namespace kemas::orderdb {

struct OrderDbOptions {
    std::string backend = "sqlite";  // "sqlite", "postgresql" or "mysql"
    // sqlite: the file's path; postgresql: a libpq string or URI ("host=... dbname=...",
    // "postgresql://..."); mysql: SOCI's ("host=... db=... user=... password='...'").
    std::string connect;
    int deadline_ms = 5000;  // of every call, connecting included
    // Hears one sentence at each connect, loss and failed attempt, on the calling thread; may be
    // empty.
    std::function<void(std::string_view sentence)> log;
};

// Connects at the first call, not here. Every call blocks at most deadline_ms: its socket is shut
// then, and the next call connects anew; after failed attempts not before a pause of 200 ms
// doubling to 5 s, until which calls fail at once with Remedy::retry. One thread may call at a
// time; interrupt() may come from any. Fault: an unknown backend, a deadline below 1 s.
Result<std::unique_ptr<OrderDb>> open_order_db(OrderDbOptions options);

// Runs FOLDER/<backend>.sql (config/orderdb). Harmless where the tables are there already. SQLite's
// file is made when it is missing; open_order_db() never makes one.
Result<void> create_schema(const OrderDbOptions& options, const std::filesystem::path& folder);

}  // namespace kemas::orderdb
