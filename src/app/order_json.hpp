// Orders and parcels of the books as the API's JSON. No personal data.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "ledger/sql_books.hpp"

namespace kemas::app {

boost::json::object order_json(const ledger::SqlBooks& books, const Order& order);
boost::json::object parcel_json(const ledger::SqlBooks& books, const Parcel& parcel,
                                const std::string& currency);
std::string grams_text(Milligrams mass);                 // "980.500"
boost::json::array text_lines(const std::string& text);  // one for each line
boost::json::object effect_json(const ledger::SqlBooks& books, const EffectRow& effect);
std::string parcel_status(const Parcel& parcel);  // the furthest of its facts

}  // namespace kemas::app
