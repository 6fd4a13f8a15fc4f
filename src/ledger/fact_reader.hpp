// The journal as an outbox, on a read-only connection of its own.
#pragma once

#include "ledger/sqlite.hpp"
#include "ports/order_db.hpp"

namespace kemas::ledger {

class FactReader : public FactSource {
 public:
    FactReader(const std::string& path, std::string ledger_uuid)
        : path_(path), uuid_(std::move(ledger_uuid)) {}

    Result<Seq> sink_position(const std::string& sink) override;
    Result<FactBatch> facts_after(Seq seq, int limit) override;

 private:
    Database& db();

    std::string path_, uuid_;
    std::unique_ptr<Database> db_;
};

}  // namespace kemas::ledger
