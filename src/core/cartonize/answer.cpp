#include "core/cartonize/answer.hpp"

#include <algorithm>
#include <tuple>

namespace kemas::cartonize {
namespace {

Size size_of(const Vec& sides) {
    return {{sides[0]}, {sides[1]}, {sides[2]}};
}

struct Unit {
    Vec at, sides;
    std::size_t piece;
};

// Block by block, the lowest floor first, then from the back; within a block from the bottom. What
// lies over another has the higher floor, so each comes down on what already lies and passes
// nothing.
std::vector<Unit> units_of(std::vector<Block> blocks) {
    std::sort(blocks.begin(), blocks.end(), [](const Block& a, const Block& b) {
        return std::tuple(a.at[2], a.at[1], a.at[0]) < std::tuple(b.at[2], b.at[1], b.at[0]);
    });
    std::vector<Unit> units;
    for (const auto& block : blocks)
        for (Length z = 0; z < block.n[2]; ++z)
            for (Length y = 0; y < block.n[1]; ++y)
                for (Length x = 0; x < block.n[0]; ++x)
                    units.push_back(
                        {{block.at[0] + x * block.unit[0], block.at[1] + y * block.unit[1],
                          block.at[2] + z * block.unit[2]},
                         block.unit,
                         static_cast<std::size_t>(block.piece)});
    return units;
}

}  // namespace

Packed Answer::packed(const Full& full) {
    const auto& option = order_.options[full.option];
    Packed packed{
        option.carton,         {}, cartons_[option.carton].tare, size_of(option.room.sides),
        size_of(option.outer), 0};
    std::int64_t volume = 0;
    for (const auto& unit : units_of(full.blocks)) {
        const auto item = order_.source[unit.piece][given_[unit.piece]++];
        packed.placed.push_back(
            {item, {unit.at[0]}, {unit.at[1]}, {unit.at[2]}, size_of(unit.sides)});
        packed.gross.value += order_.pieces[unit.piece].weight_mg;
        volume += volume_of(unit.sides);
    }
    const auto room = option.room.volume();
    packed.empty_permille = ((room - volume) * 1000 + room / 2) / room;
    return packed;
}

}  // namespace kemas::cartonize
