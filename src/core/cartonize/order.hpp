// An order as the packing sees it: equal units gathered into pieces, cartons and fillings of
// mailers as rooms. The way back to the asker's items and cartons is kept here.
#pragma once

#include <tl/expected.hpp>
#include <vector>

#include "core/cartonize/bounds.hpp"
#include "core/cartonize/types.hpp"

namespace kemas::cartonize {

// One carton, or one mailer filled to one thickness.
struct Option {
    Room room;
    std::size_t carton = 0;
    Vec outer{};
    std::int64_t cost = 0;
    bool takes_fragile = true;
};

struct Order {
    std::vector<Piece> pieces;                     // the largest first
    Counts counts;                                 // of all
    std::vector<std::vector<std::size_t>> source;  // by piece: the item of each of its units
    std::vector<Option> options;                   // the smallest outside first, then the cheapest
    std::vector<std::vector<bool>> fit;            // by piece and option: one unit goes in
};

// The same order for the same items in any sequence, but for `source`. Units that fit nowhere stay
// in it.
tl::expected<Order, Refused> gather(const std::vector<Item>& items,
                                    const std::vector<Carton>& cartons, const Rules& rules);

// The same, and refuses units that fit nowhere.
tl::expected<Order, Refused> prepare(const std::vector<Item>& items,
                                     const std::vector<Carton>& cartons, const Rules& rules);

// What of `counts` this option may hold at all.
Counts admitted(const Order& order, std::size_t option, const Counts& counts);

}  // namespace kemas::cartonize
