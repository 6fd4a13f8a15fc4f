// From blocks back to what was asked: which unit of which item lies where, in the order of packing.
#pragma once

#include "core/cartonize/order.hpp"

namespace kemas::cartonize {

// One carton of a plan under way.
struct Full {
    std::size_t option = 0;
    std::vector<Block> blocks;
};

class Answer {
 public:
    Answer(const Order& order, const std::vector<Carton>& cartons)
        : order_(order), cartons_(cartons), given_(order.pieces.size(), 0) {}

    // Hands out the next units of each piece.
    Packed packed(const Full& full);

 private:
    const Order& order_;
    const std::vector<Carton>& cartons_;
    std::vector<std::size_t> given_;  // units, by piece
};

}  // namespace kemas::cartonize
