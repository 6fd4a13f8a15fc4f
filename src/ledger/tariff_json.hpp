// Tariff rows as JSON, for the ledger's own tables and journal.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "core/rating/tariff.hpp"

namespace kemas::ledger {

boost::json::value to_json(const rating::ServiceRow& row);
boost::json::value to_json(const rating::RateRow& row);
boost::json::value to_json(const rating::SurchargeRow& row);
rating::ServiceRow service_from(const boost::json::object& row);
rating::RateRow rate_from(const boost::json::object& row);
rating::SurchargeRow surcharge_from(const boost::json::object& row);

}  // namespace kemas::ledger
