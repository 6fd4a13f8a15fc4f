// Brings a ledger file to this build's version; refuses newer ones.
#pragma once

#include "core/fault.hpp"
#include "ledger/sqlite.hpp"

namespace kemas::ledger {

constexpr int schema_version = 10;
constexpr int application_id = 0x4b454d41;  // "KEMA"

Result<void> migrate(Database& db, const std::string& path);

}  // namespace kemas::ledger
