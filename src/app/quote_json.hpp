// Prices of all services as JSON: each with its weight, place, lines and promise, and why it lost.
// Knows no books.
#pragma once

#include <boost/json/object.hpp>

#include "core/rating/choose.hpp"

namespace kemas::app {

boost::json::object comparison_json(const rating::Comparison& comparison,
                                    const rating::RateBook& book, const rating::Request& request);

}  // namespace kemas::app
