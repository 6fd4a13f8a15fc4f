#include "ledger/ledger.hpp"

#include "core/rules/rate_request.hpp"
#include "ledger/store_fault.hpp"

namespace kemas::ledger {
namespace {

const Fault not_recovered{Remedy::reconnect,
                          "the ledger has not recovered from a fault of its disk yet"};

}  // namespace

Result<std::vector<Done>> Ledger::turn(const std::vector<Envelope>& batch, Instant now) {
    if (in_doubt_) return tl::unexpected(not_recovered);
    const auto tip = tip_;
    const auto facts_total = facts_total_;
    const auto take_back = [&] {
        sqlite3_exec(db_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
        tip_ = tip;
        facts_total_ = facts_total;
        stations_.clear();
    };
    try {
        std::vector<Done> results;
        try {
            results = decide_all(batch, now, Guard::batch);
        } catch (const StoreError& error) {
            if (!error.is_constraint()) throw;
            take_back();
            if (tariff_changed_) books_->load_rates();
            results = decide_all(batch, now, Guard::each_input);
        }
        high_water_.write({epoch_, tip_.seq, tip_.hash});
        tariff_changed_ = false;
        return results;
    } catch (const std::exception& error) {  // the store, or flipped bits in an old answer
        take_back();
        in_doubt_ = true;
        tariff_changed_ =
            false;  // recover() reads the rates in force; here the disk may refuse even that
        return tl::unexpected(store_fault(error));
    }
}

void Ledger::use_site(std::shared_ptr<const Site> site) {
    kept_site_ = std::move(site);
    site_ = kept_site_.get();
    if (books_) books_->use_site(*site_);
    stations_.clear();  // kind and printer come from the site
}

std::vector<Done> Ledger::decide_all(const std::vector<Envelope>& batch, Instant now, Guard guard) {
    std::vector<Done> results;
    results.reserve(batch.size());
    db_->run("BEGIN IMMEDIATE");
    for (const auto& envelope : batch)
        results.push_back(guard == Guard::batch ? decide(envelope, now)
                                                : decide_guarded(envelope, now));
    seal_if_due();
    db_->run("COMMIT");
    return results;
}

void Ledger::seal_if_due() {
    std::int64_t no = 0;
    Seq sealed = 0;
    {
        auto last = db_->query("SELECT no, last_seq FROM segments ORDER BY no DESC LIMIT 1");
        if (last.next()) no = last.integer(0), sealed = last.integer(1);
    }
    if (tip_.seq - sealed < segment_rows) return;
    db_->run("INSERT INTO segments VALUES (?1, ?2, ?3, ?4)", no + 1, tip_.seq, Blob{tip_.hash},
             tip_.at.value);
}

void Ledger::checkpoint(int at_least_pages) {
    if (in_doubt_) return;
    try {  // what is read once a day, half a second of a large site, no answer need wait for
        reliability_now(*books_, site_->policy, tip_.at);
    } catch (const StoreError&) {
        in_doubt_ = true;  // the next turn says so
        return;
    }
    if (wal_pages_ < at_least_pages) return;
    high_water_.sync();
    const int code = sqlite3_wal_checkpoint_v2(db_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               nullptr, nullptr);
    if (code == SQLITE_OK) wal_pages_ = 0;
    // The next turn says so: nobody waits for a checkpoint.
    if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) in_doubt_ = true;
}

Result<void> Ledger::move_sink(const std::string& name, Seq seq) {
    if (in_doubt_) return tl::unexpected(not_recovered);
    try {
        db_->run(
            "INSERT INTO sinks SELECT ?1, ?2, seq, facts_before + json_array_length(facts) "
            "FROM journal WHERE seq = ?3 ON CONFLICT DO UPDATE SET epoch = excluded.epoch, "
            "seq = excluded.seq, facts_done = excluded.facts_done",
            name, epoch_, seq);
        return {};
    } catch (const StoreError& error) {
        in_doubt_ = true;
        return tl::unexpected(store_fault(error));
    }
}

}  // namespace kemas::ledger
