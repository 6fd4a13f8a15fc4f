#include "ledger/fact_reader.hpp"

#include "ledger/journal_codec.hpp"

namespace kemas::ledger {
namespace {

tl::unexpected<Fault> read_fault(const StoreError& error) {
    return fail(Remedy::retry, std::string("the ledger cannot be read: ") + error.what());
}

}  // namespace

Database& FactReader::db() {
    if (!db_) db_ = std::make_unique<Database>(path_, Database::Options{true, ""});
    return *db_;
}

Result<Seq> FactReader::sink_position(const std::string& sink) {
    try {
        auto rows = db().query("SELECT seq FROM sinks WHERE name = ?1", sink);
        return rows.next() ? rows.integer(0) : 0;
    } catch (const StoreError& error) {
        return read_fault(error);
    }
}

Result<FactBatch> FactReader::facts_after(Seq seq, int limit) {
    try {
        FactBatch batch;
        auto rows = db().query(
            "SELECT seq, at, epoch, facts FROM journal WHERE seq > ?1 ORDER BY seq LIMIT 2000",
            seq);
        while (static_cast<int>(batch.facts.size()) < limit && rows.next()) {
            batch.last = rows.integer(0);
            int index = 0;
            for (auto& fact : decode_facts(rows.text(3)))
                batch.facts.push_back({uuid_ + "-" + std::to_string(rows.integer(2)) + "-" +
                                           std::to_string(batch.last) + "-" +
                                           std::to_string(index++),
                                       {rows.integer(1)},
                                       std::move(fact)});
        }
        return batch;
    } catch (const StoreError& error) {
        return read_fault(error);
    }
}

}  // namespace kemas::ledger
