// What channels tell, as JSON of the journal. A place of its own: the contract's JSON is another.
#pragma once

#include <boost/json/object.hpp>

#include "core/channels.hpp"

namespace kemas::ledger {

boost::json::object to_json(const PackageState& package);
boost::json::object to_json(const ArrangeOption& option);
PackageState package_state_from(const boost::json::object& from);
ArrangeOption arrange_option_from(const boost::json::object& from);

}  // namespace kemas::ledger
