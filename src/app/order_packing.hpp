// What an order is packed in, worked out on the read thread: the search takes milliseconds, and a
// turn of the ledger has none to spare. Knows no HTTP.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/rate_shelf.hpp"
#include "core/cartonize/types.hpp"
#include "core/rating/choose.hpp"
#include "core/rules/packing_ask.hpp"
#include "core/site.hpp"

namespace kemas::app {

// An order's packing: the plan that travels cheapest, or the smallest outside where nobody is
// asked for a price.
struct OrderPacking {
    PackingAsk ask;
    cartonize::Plan plan;
    std::optional<rating::Choice> choice;
    std::string no_choice;  // why there is none
    Answer refused;         // code empty = there is a plan
};

OrderPacking packing_of(const ledger::SqlBooks& books, const Site& site,
                        const rating::RateBook& book, const Order& order, Instant now);

}  // namespace kemas::app
