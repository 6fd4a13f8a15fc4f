// The report on declared weights and sizes as the API's JSON. Knows no books.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "core/declared/comparison.hpp"
#include "core/rating/rate_book.hpp"

namespace kemas::app {

struct DeclaredAsk {
    rating::Day from, to;  // both inclusive, of the site's calendar
    std::int64_t share_percent = 10;
    std::string channel, shop;  // only of this; empty = all
};

// `cut`: there were more parcels than were looked at.
boost::json::object declared_json(const DeclaredAsk& ask, const declared::Report& report,
                                  const rating::RateBook& book, bool cut);

}  // namespace kemas::app
