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

// One page behind a "growth", and where its parcel is: that station's printer may be finer.
struct WeakLabel {
    LabelPageId page;
    LabelFileId file;
    int member = 0, page_no = 0;
    std::string channel, station;  // station: empty = nobody has taken the parcel yet
    std::string number;            // that does not read after one dot of growth
};
// At most 200, the oldest.
std::vector<WeakLabel> weak_labels(Database& db);

// A run whose one question waits for its answer.
struct BrokenRun {
    LabelRun run;
    int printed = 0;  // labels that are known to have come out
};
// Oldest first, at most 50.
std::vector<BrokenRun> broken_runs(Database& db);

}  // namespace kemas::ledger
