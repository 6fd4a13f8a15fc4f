// The single writer: takes inputs, lets the core decide, and makes books, journal, effects and
// stations durable in one commit before anyone hears of it. Used by one thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/decision.hpp"
#include "core/fault.hpp"
#include "core/site.hpp"
#include "ledger/hash_chain.hpp"
#include "ledger/high_water.hpp"
#include "ledger/sql_books.hpp"
#include "ports/journal.hpp"

namespace kemas::ledger {

struct LedgerOptions {
    std::string path;
    std::string vfs;  // tests put faults underneath
    std::string synchronous = "FULL";
    bool high_water = true;
    bool barrier = true;            // off only in the control runs that must lose something
    bool accept_lost_tail = false;  // go on in a new epoch though the journal's end is missing
};

class Ledger : public Journal {
 public:
    // Faults: a file of a newer version, a damaged chain, a lost tail. `site` outlives the ledger.
    static Result<std::unique_ptr<Ledger>> open(LedgerOptions options, const Site& site);

    Result<std::vector<Done>> turn(const std::vector<Envelope>& batch, Instant now) override;
    // A fresh connection that has passed wal_checkpoint(TRUNCATE): only then is what it shows on
    // disk, and acknowledging may go on (reliability.md, 0.1).
    Result<void> recover() override;
    void checkpoint(int at_least_pages) override;
    Result<void> move_sink(const std::string& name, Seq seq) override;
    void use_site(std::shared_ptr<const Site> site) override;

    int wal_pages() const { return wal_pages_; }

    const SqlBooks& books() const { return *books_; }
    Seq last_seq() const { return tip_.seq; }
    std::int64_t epoch() const { return epoch_; }
    const std::string& uuid() const { return uuid_; }
    std::int64_t facts_total() const { return facts_total_; }

 private:
    struct Tip {  // all that a failed commit must take back
        Seq seq = 0;
        Instant at;
        std::string hash;
    };
    Ledger(LedgerOptions options, const Site& site) : options_(std::move(options)), site_(&site) {}

    void connect();
    void load_tip();
    void check_tail();
    Result<void> pass_barrier();
    std::string verify_since_seal();
    // A constraint that breaks is our own mistake, and rare: only then the batch is decided again,
    // each input behind a savepoint of its own.
    enum class Guard { batch, each_input };
    std::vector<Done> decide_all(const std::vector<Envelope>& batch, Instant now, Guard guard);
    Done decide(const Envelope& envelope, Instant now);
    Done decide_guarded(const Envelope& envelope, Instant now);
    Recorded record(const Envelope& envelope, Instant now) const;
    bool find_repeat(const Envelope& envelope, Done& done);
    Done apply(const Recorded& recorded, const Envelope& envelope, Decision decision);
    void write_row(JournalRow row);
    void seal_if_due();
    const Station& station(const std::string& name);

    LedgerOptions options_;
    const Site* site_;
    std::shared_ptr<const Site> kept_site_;  // empty while it is the one given at open
    std::unique_ptr<Database> db_;
    std::unique_ptr<SqlBooks> books_;
    HighWater high_water_;
    std::string uuid_;
    std::int64_t epoch_ = 1;
    Tip tip_;
    std::int64_t facts_total_ = 0;
    std::map<std::string, Station> stations_;  // as the books hold them; emptied when a turn fails
    int wal_pages_ = 0;
    bool tariff_changed_ = false;
    bool in_doubt_ = false;  // between a fault and the recovery from it nothing is taken
};

}  // namespace kemas::ledger
