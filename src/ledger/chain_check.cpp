#include "ledger/chain_check.hpp"

namespace kemas::ledger {

Rows journal_rows(Database& db, Seq after, int limit) {
    return db.query(
        "SELECT seq, at, epoch, kind, station, key, body, answer, facts, facts_before, hash FROM "
        "journal "
        "WHERE seq > ?1 ORDER BY seq LIMIT ?2",
        after, limit);
}

JournalRow read_journal_row(const Rows& rows) {
    return {rows.integer(0), {rows.integer(1)}, rows.integer(2), rows.text(3),
            rows.text(4),    rows.text(5),      rows.text(6),    rows.text(7),
            rows.text(8),    rows.integer(9),   rows.text(10)};
}

bool ChainCheck::step(Database& db, int limit) {
    if (last_ == 0) {
        auto last = db.query("SELECT coalesce(max(seq), 0) FROM journal");
        last.next();
        last_ = last.integer(0);
    }
    int seen = 0;
    auto rows = journal_rows(db, seq_, limit);
    while (rows.next()) {
        auto row = read_journal_row(rows);
        if (row.seq != ++seq_ || chain_hash(hash_, row) != row.hash) {
            fault_ = "the journal is damaged at row " + std::to_string(seq_) +
                     ": restore the ledger from a backup";
            return false;
        }
        hash_ = std::move(row.hash);
        ++seen;
    }
    done_ = seen < limit || seq_ >= last_;
    return !done_;
}

}  // namespace kemas::ledger
