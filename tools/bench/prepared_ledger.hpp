// Ledgers as full as a building's after years, written straight into a file of the ledger's own
// schema. Kept between runs; a changed schema makes new ones.
#pragma once

#include <cstdint>
#include <string>

#include "ledger/sqlite.hpp"

namespace kemas::bench {

struct LedgerPlan {
    std::int64_t finished_orders = 0;  // two lines each, shipped
    std::int64_t open_orders = 0;      // two lines each, released, goods reserved
    std::int64_t parcel_orders = 0;    // three lines each, ready to be packed and labelled
    std::int64_t endless_orders = 0;   // one line that is never done, for scans without end
    std::int64_t journal_rows = 0;
};

struct Place {
    std::string root;    // of the source
    std::string folder;  // where prepared ledgers are kept
};

// The path of a ledger as planned, made now when it is not there yet.
std::string prepared_ledger(const Place& place, const LedgerPlan& plan);
// A copy to work on, synced, so that its own writing is over when the measurement starts.
void copy_ledger(const std::string& from, const std::string& to);

// Codes and figures of what is prepared; numbers start at 1.
std::string endless_order(std::int64_t no);
std::string endless_item(std::int64_t no);
std::string parcel_order(std::int64_t no);
std::string parcel_item(std::int64_t no, int line);  // line 1 to 3
constexpr std::int64_t parcel_weight_g = 3 * 200 + 142;

// journal_rows.cpp: a journal with its hash chain and sealed segments.
void write_journal(ledger::Database& db, std::int64_t rows);

}  // namespace kemas::bench
