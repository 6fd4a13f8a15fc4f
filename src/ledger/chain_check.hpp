// Checks the whole hash chain in slices, beside the work: the start only looks at what came after
// the last sealed segment.
#pragma once

#include <string>

#include "ledger/hash_chain.hpp"
#include "ledger/sqlite.hpp"

namespace kemas::ledger {

class ChainCheck {
 public:
    // Checks the next slice. False = done, or a fault was found.
    bool step(Database& db, int rows);

    bool done() const { return done_; }
    int percent() const { return last_ ? static_cast<int>(seq_ * 100 / last_) : 100; }
    const std::string& fault() const { return fault_; }

 private:
    Seq seq_ = 0, last_ = 0;
    std::string hash_, fault_;
    bool done_ = false;
};

// Rows of the journal after `seq`, in order, for a caller to walk.
Rows journal_rows(Database& db, Seq after, int limit);
JournalRow read_journal_row(const Rows& rows);

}  // namespace kemas::ledger
