// What /status shows of the books: counters kept in the commit and lists of at most 50 rows.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/rules/waiting.hpp"
#include "ledger/label_rows.hpp"
#include "ledger/sql_books.hpp"

namespace kemas::ledger {

struct OpenOrder {
    Order order;
    Waiting waiting;
};

struct EffectInDoubt {
    EffectRow effect;
    std::string tracking_number;
};

// A parcel put aside whose label nobody has seen on paper.
struct OwedLabel {
    ParcelId parcel;
    std::string tracking_number, order, station, printer, why;
    Instant since;
};

struct PoolLevel {
    std::string courier, service;
    std::int64_t free = 0, reserved = 0, used = 0;
};
struct AskCounts {
    std::int64_t asked = 0, doubtful = 0, voiding = 0;
};

// Packages of a channel that wait for a call, by its word; "trouble" = for a person.
struct PackageCounts {
    std::map<std::string, std::int64_t> waiting;
    std::int64_t without_label = 0;  // of released orders, not staged
};

struct BooksStatus {
    std::map<std::string, std::int64_t> orders_by_state;
    std::int64_t late = 0;
    std::vector<OpenOrder> oldest, late_list, held;  // at most 50 each
    std::int64_t packed_today = 0, shipped_today = 0, packed_last_hour = 0;
    std::map<std::int64_t, std::int64_t>
        packed_by_hour;  // hours since 1970 (UTC) -> parcels, last 12
    std::int64_t planned = 0, started = 0, unknown = 0;
    std::int64_t sent = 0;  // labels whose scan is awaited
    std::vector<EffectInDoubt> in_doubt;
    std::int64_t labels_owed = 0;
    std::vector<OwedLabel> owed;  // at most 50
    std::int64_t facts_waiting = 0;
    std::vector<MissingLabels> missing_labels;
    std::int64_t unmatched_pages = 0, unread_files = 0;
    Instant oldest_fact;  // 0 = none waits
    Seq last_seq = 0;
    std::vector<PoolLevel> pools;                   // of tracking numbers, by courier and service
    std::map<std::string, PackageCounts> packages;  // by channel
    std::map<std::string, AskCounts> asks;          // by courier: numbers that wait for something
};

// `midnight` is the start of the site's day; `sink_seq` how far the order database is.
BooksStatus read_status(Database& db, const SqlBooks& books, Instant now, Instant midnight,
                        Seq sink_seq);

// One order as a status row.
OpenOrder open_order(const SqlBooks& books, Order order);

}  // namespace kemas::ledger
