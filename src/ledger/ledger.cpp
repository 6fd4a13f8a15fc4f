#include "ledger/ledger.hpp"

#include <sodium.h>

#include "core/assert.hpp"
#include "core/floor/step.hpp"
#include "ledger/apply.hpp"
#include "ledger/chain_check.hpp"
#include "ledger/journal_codec.hpp"
#include "ledger/migrate.hpp"

namespace kemas::ledger {
namespace {

Fault store_fault(const std::exception& error) {
    return {Remedy::reconnect, std::string("the ledger cannot write: ") + error.what() +
                                   "; check the disk, nothing is confirmed until it works again"};
}

const Fault not_recovered{Remedy::reconnect,
                          "the ledger has not recovered from a fault of its disk yet"};

std::vector<EffectRow> with_ids(const Decision& decision, Seq seq, Instant at) {
    std::vector<EffectRow> rows;
    for (const auto& effect : decision.effects) {
        EffectRow row;
        row.id = {seq, static_cast<int>(rows.size())};
        row.kind = effect.kind;
        row.station = effect.station;
        row.device = effect.device;
        row.parcel = effect.parcel;
        row.revision = effect.revision;
        row.reprint_reason = effect.reprint_reason;
        row.reference = effect.reference;
        row.planned_at = at;
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

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

Done Ledger::decide(const Envelope& envelope, Instant now) {
    Done done;
    if (find_repeat(envelope, done)) return done;
    const auto recorded = record(envelope, now);
    if (envelope.station.empty())
        return apply(recorded, envelope, step(nullptr, recorded, *books_, site_->policy));
    const auto& at_station = station(envelope.station);
    return apply(recorded, envelope, step(&at_station, recorded, *books_, site_->policy));
}

Done Ledger::decide_guarded(const Envelope& envelope, Instant now) {
    const auto before = tip_;
    const auto facts_before = facts_total_;
    db_->run("SAVEPOINT input");
    Done done;
    try {
        done = decide(envelope, now);
    } catch (const StoreError& error) {
        if (!error.is_constraint()) throw;
        // Our own mistake in one decision: it is taken back alone, and the input still gets a row.
        db_->run("ROLLBACK TO input");
        tip_ = before;
        facts_total_ = facts_before;
        stations_.clear();
        if (tariff_changed_) books_->load_rates();
        Decision refused;
        refused.answer = {Answer::Kind::refused, "internal", {{"what", error.what()}}};
        done = apply(record(envelope, now), envelope, std::move(refused));
    }
    db_->run("RELEASE input");
    return done;
}

Recorded Ledger::record(const Envelope& envelope, Instant now) const {
    return {tip_.seq + 1, std::max(now, tip_.at), envelope.station, envelope.input};
}

bool Ledger::find_repeat(const Envelope& envelope, Done& done) {
    auto rows = db_->query("SELECT seq, at, answer FROM journal WHERE key = ?1", envelope.key);
    if (!rows.next()) return false;
    done.seq = rows.integer(0);
    done.at = {rows.integer(1)};
    done.repeat = true;
    done.answer = decode_answer(rows.text(2));
    return true;
}

Done Ledger::apply(const Recorded& recorded, const Envelope& envelope, Decision decision) {
    if (apply_changes(*db_, decision, recorded.seq, recorded.at)) {
        books_->load_rates();
        tariff_changed_ = true;
    }
    save_effects(*db_, decision, recorded.seq, recorded.at);
    if (decision.station) {
        save_station(*db_, *decision.station);
        stations_.insert_or_assign(recorded.station, std::move(*decision.station));
    }
    JournalRow row;
    row.seq = recorded.seq;
    row.at = recorded.at;
    row.epoch = epoch_;
    row.kind = kind_of(recorded.input);
    row.station = recorded.station;
    row.key = envelope.key;
    row.body = encode(recorded.input);
    row.answer = encode(decision.answer);
    row.facts = encode(decision.facts);
    row.facts_before = facts_total_;
    write_row(std::move(row));
    facts_total_ += static_cast<std::int64_t>(decision.facts.size());
    return {recorded.seq, recorded.at, false, std::move(decision.answer),
            with_ids(decision, recorded.seq, recorded.at)};
}

void Ledger::write_row(JournalRow row) {
    row.hash = chain_hash(tip_.hash, row);
    db_->run("INSERT INTO journal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", row.seq,
             row.at.value, row.epoch, row.kind, row.station, row.key, row.body, row.answer,
             row.facts, row.facts_before, Blob{row.hash});
    tip_ = {row.seq, row.at, std::move(row.hash)};
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

const Station& Ledger::station(const std::string& name) {
    if (const auto known = stations_.find(name); known != stations_.end()) return known->second;
    auto station = load_station(*db_, name).value_or(Station{});
    station.name = name;
    if (const auto plan = site_->stations.find(name); plan != site_->stations.end()) {
        station.kind = plan->second.kind;
        station.printer = plan->second.printer;
    }
    return stations_.insert_or_assign(name, std::move(station)).first->second;
}

void Ledger::checkpoint(int at_least_pages) {
    if (in_doubt_ || wal_pages_ < at_least_pages) return;
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
