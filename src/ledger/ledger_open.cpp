// How the ledger is opened, checked, and opened again after a fault of its disk.
#include <sodium.h>

#include "ledger/chain_check.hpp"
#include "ledger/ledger.hpp"
#include "ledger/migrate.hpp"
#include "ledger/store_fault.hpp"

namespace kemas::ledger {

Result<std::unique_ptr<Ledger>> Ledger::open(LedgerOptions options, const Site& site) {
    if (sodium_init() < 0) return fail(Remedy::stop, "libsodium does not start on this machine");
    std::unique_ptr<Ledger> ledger(new Ledger(std::move(options), site));
    try {
        ledger->connect();
        if (auto migrated = migrate(*ledger->db_, ledger->options_.path); !migrated)
            return tl::unexpected(migrated.error());
        ledger->books_ = std::make_unique<SqlBooks>(*ledger->db_, site);
        ledger->books_->load_rates();
        ledger->load_tip();
        if (const auto fault = ledger->verify_since_seal(); !fault.empty())
            return fail(Remedy::call_person, fault);
        if (ledger->options_.high_water)
            ledger->high_water_ = HighWater(ledger->options_.path + ".highwater");
        ledger->check_tail();
        // A process that died of a failed sync left rows that are seen but not on disk.
        if (auto passed = ledger->pass_barrier(); !passed) return tl::unexpected(passed.error());
    } catch (const std::exception& error) {  // flipped bits can also make unreadable JSON
        return fail(Remedy::call_person,
                    "cannot open the ledger " + ledger->options_.path + ": " + error.what());
    } catch (const Fault& fault) {
        return tl::unexpected(fault);
    }
    return ledger;
}

void Ledger::connect() {
    books_.reset();
    stations_.clear();
    db_.reset();
    db_ = std::make_unique<Database>(options_.path, Database::Options{false, options_.vfs});
    db_->script("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = " +
                options_.synchronous);
    sqlite3_limit(db_->handle(), SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024);
    sqlite3_wal_hook(
        db_->handle(),
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<Ledger*>(self)->wal_pages_ = pages;
            return SQLITE_OK;
        },
        this);
}

void Ledger::load_tip() {
    auto meta = db_->query("SELECT name, value FROM meta");
    while (meta.next()) {
        if (meta.text(0) == "uuid") uuid_ = meta.text(1);
        if (meta.text(0) == "epoch") epoch_ = std::stoll(meta.text(1));
    }
    tip_ = {};
    facts_total_ = 0;
    auto last = db_->query(
        "SELECT seq, at, hash, facts_before + json_array_length(facts) FROM journal ORDER BY seq "
        "DESC LIMIT 1");
    if (!last.next()) return;
    tip_ = {last.integer(0), {last.integer(1)}, last.text(2)};
    facts_total_ = last.integer(3);
}

// The mark of the last start or commit must still be in the journal.
void Ledger::check_tail() {
    const auto mark = high_water_.newest();
    if (!mark || mark->epoch < epoch_) return;
    bool there = mark->seq <= tip_.seq;
    if (there && mark->seq > 0) {
        auto row = db_->query("SELECT hash FROM journal WHERE seq = ?1", mark->seq);
        there = row.next() && row.text(0) == mark->hash;
    }
    if (there) return;
    if (!options_.accept_lost_tail)
        throw Fault{
            Remedy::call_person,
            "the ledger ends at " + std::to_string(tip_.seq) + " but had confirmed up to " +
                std::to_string(mark->seq) +
                ": its end is lost (a damaged disk, or an old copy put back). Put the right "
                "file back, or start once with --accept-lost-tail and count the floor again"};
    epoch_ = mark->epoch + 1;
    db_->run("UPDATE meta SET value = ?1 WHERE name = 'epoch'", std::to_string(epoch_));
}

// The rows since the last sealed segment; the older ones are checked in the background.
std::string Ledger::verify_since_seal() {
    Seq from = 0;
    std::string hash;
    {
        auto seal = db_->query("SELECT last_seq, hash FROM segments ORDER BY no DESC LIMIT 1");
        if (seal.next()) from = seal.integer(0), hash = seal.text(1);
    }
    auto rows = journal_rows(*db_, from, -1);
    while (rows.next()) {
        const auto row = read_journal_row(rows);
        if (row.seq != ++from || chain_hash(hash, row) != row.hash)
            return "the journal is damaged at row " + std::to_string(from) +
                   ": restore the ledger from a backup";
        hash = row.hash;
    }
    return "";
}

Result<void> Ledger::pass_barrier() {
    if (!options_.barrier) return {};
    auto rows = db_->query("PRAGMA wal_checkpoint(TRUNCATE)");
    if (rows.next() && rows.integer(0) == 0) return {};
    return fail(Remedy::retry, "the ledger cannot be checkpointed: a reader holds it");
}

Result<void> Ledger::recover() {
    in_doubt_ = true;
    try {
        connect();
        if (auto passed = pass_barrier(); !passed) return passed;
        books_ = std::make_unique<SqlBooks>(*db_, *site_);
        books_->load_rates();
        load_tip();
        in_doubt_ = false;
        return {};
    } catch (const std::exception& error) {
        return tl::unexpected(store_fault(error));
    }
}

}  // namespace kemas::ledger
