// Files, pages and runs of labels as rows. Knows no rule.
#pragma once

#include "core/decision.hpp"
#include "ledger/sqlite.hpp"

namespace kemas::ledger {

void put_label_file(Database& db, const LabelFile& file);
void put_label_page(Database& db, const LabelPage& page);
void put_label_run(Database& db, const LabelRun& run);
void put_run_label(Database& db, const PutRunLabel& change);

// Channel parcels of released orders that have no label that can be printed, by channel and why.
struct MissingLabels {
    std::string channel;
    std::string why;  // "no_page", "unmatched", "unreadable", "growth"
    std::int64_t parcels = 0;
};
std::vector<MissingLabels> missing_labels(Database& db);

}  // namespace kemas::ledger
