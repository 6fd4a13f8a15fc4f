// A tariff as JSON, for the journal and the tariff's table: rows as objects that leave out what is
// usual, all rates as one text.
#pragma once

#include <boost/json/object.hpp>

#include "core/rating/tariff.hpp"

namespace kemas::ledger {

void put_tariff(boost::json::object& to, const rating::TariffRows& tariff);
// Also what was written when rates were objects and columns had other names. Without version.
rating::TariffRows tariff_from(const boost::json::object& from);

// Of the table that older ledgers have: a row each.
void add_old_row(rating::TariffRows& tariff, std::string_view record,
                 const boost::json::object& row);

}  // namespace kemas::ledger
