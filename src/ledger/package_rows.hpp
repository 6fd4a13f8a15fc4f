// Packages of channels as rows.
#pragma once

#include "core/channels.hpp"
#include "ledger/sqlite.hpp"

namespace kemas::ledger {

void put_package(Database& db, const ChannelPackage& package);

}  // namespace kemas::ledger
