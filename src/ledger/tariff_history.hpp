// Tariffs that were in force before: the table of imports says which and when, the journal keeps
// each one whole. Knows no price.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/quantities.hpp"
#include "core/rating/tariff.hpp"
#include "ledger/sqlite.hpp"

namespace kemas::ledger {

// The tariff whose content has this hash, as it was imported last. Nothing when this ledger never
// imported it. Half a million rates take about a third of a second.
std::optional<rating::TariffRows> tariff_of_version(Database& db, std::string_view version);

// The version that was in force at that moment; "" when none was imported by then.
std::string tariff_version_at(Database& db, Instant at);

}  // namespace kemas::ledger
