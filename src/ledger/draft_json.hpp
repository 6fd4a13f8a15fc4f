// Order drafts and master data rows inside journal rows.
#pragma once

#include <boost/json/object.hpp>

#include "core/input.hpp"
#include "ledger/journal_codec.hpp"

namespace kemas::ledger {

boost::json::object to_json(const OrderKey& key);
OrderKey key_from(const boost::json::object& from);
boost::json::object to_json(const SealedOrder& order);
SealedOrder sealed_from(const boost::json::object& from, const SideTables& side);
boost::json::object to_json(const SkuRow& row);
SkuRow sku_from(const boost::json::object& from);

}  // namespace kemas::ledger
