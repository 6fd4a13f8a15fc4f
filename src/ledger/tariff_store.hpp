// The tariff in force, as rows of the ledger.
#pragma once

#include "core/rating/tariff.hpp"
#include "ledger/sqlite.hpp"

namespace kemas::ledger {

void store_tariff(Database& db, const std::string& version, const rating::TariffRows& tariff);
rating::TariffRows load_tariff(Database& db);

}  // namespace kemas::ledger
