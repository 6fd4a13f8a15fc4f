// The packings last asked for, so that a page which looks each second costs no search. Belongs to
// the read thread. Knows no HTTP.
#pragma once

#include <list>
#include <memory>
#include <string>

#include "app/order_packing.hpp"
#include "app/rate_shelf.hpp"
#include "app/read_thread.hpp"

namespace kemas::app {

class PackingShelf {  // of one thread
 public:
    // As packing_of(): worked out anew when goods, packaging, site or tariff are no longer the
    // same, and each minute, since couriers have their cut-offs.
    std::shared_ptr<const OrderPacking> of(const ledger::SqlBooks& books,
                                           const std::shared_ptr<const Site>& site,
                                           RateShelf& rates, const Order& order, Instant now);

 private:
    struct Kept {
        OrderId order;
        std::string asked;  // what it was worked out from
        std::shared_ptr<const Site> site;
        std::shared_ptr<const rating::RateBook> book;
        std::int64_t minute = 0;
        std::shared_ptr<const OrderPacking> packing;
    };
    std::list<Kept> kept_;  // the latest first
};

// The order whose items a station is packing, if there is one.
std::optional<Order> packed_at(ReadView view, const std::string& station);

}  // namespace kemas::app
