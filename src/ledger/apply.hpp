// Applies a decision's changes to the books, within the turn's transaction.
#pragma once

#include "core/decision.hpp"
#include "ledger/sqlite.hpp"

namespace kemas::ledger {

// Returns true when the tariff in force changed. Throws StoreError.
bool apply_changes(Database& db, const Decision& decision, Seq seq, Instant at);
void save_effects(Database& db, const Decision& decision, Seq seq, Instant at);
void save_station(Database& db, const Station& station);
std::optional<Station> load_station(Database& db, const std::string& name);

}  // namespace kemas::ledger
