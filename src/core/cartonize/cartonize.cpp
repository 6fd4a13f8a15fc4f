#include "core/cartonize/cartonize.hpp"

#include <algorithm>
#include <tuple>

#include "core/cartonize/single.hpp"
#include "core/cartonize/split.hpp"

namespace kemas::cartonize {
namespace {

Size size_of(const Vec& sides) {
    return {{sides[0]}, {sides[1]}, {sides[2]}};
}

struct Unit {
    Vec at, sides;
    std::size_t piece;
};

// Bottom first, then from the back: a unit above another has the higher floor, so each comes down
// on what already lies and passes nothing.
std::vector<Unit> units_of(const std::vector<Block>& blocks) {
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
    std::sort(units.begin(), units.end(), [](const Unit& a, const Unit& b) {
        return std::tuple(a.at[2], a.at[1], a.at[0]) < std::tuple(b.at[2], b.at[1], b.at[0]);
    });
    return units;
}

Packed packed_of(const Order& order, const std::vector<Carton>& cartons, const Full& full,
                 std::vector<std::size_t>& given) {
    const auto& option = order.options[full.option];
    Packed packed{
        option.carton,         {}, cartons[option.carton].tare, size_of(option.room.sides),
        size_of(option.outer), 0};
    std::int64_t volume = 0;
    for (const auto& unit : units_of(full.blocks)) {
        const auto item = order.source[unit.piece][given[unit.piece]++];
        packed.placed.push_back(
            {item, {unit.at[0]}, {unit.at[1]}, {unit.at[2]}, size_of(unit.sides)});
        packed.gross.value += order.pieces[unit.piece].weight_mg;
        volume += volume_of(unit.sides);
    }
    const auto room = option.room.volume();
    packed.empty_permille = ((room - volume) * 1000 + room / 2) / room;
    return packed;
}

}  // namespace

tl::expected<Plan, Refused> pack(const std::vector<Item>& items, const std::vector<Carton>& cartons,
                                 const Rules& rules) {
    const auto order = prepare(items, cartons, rules);
    if (!order) return tl::unexpected(order.error());
    Plan plan;
    if (items.empty()) return plan;
    Search search(*order, rules);
    std::vector<Full> chosen;
    auto single = pack_single(*order, order->counts, search);
    plan.fewest_proven = true;
    if (single.best) {
        chosen.push_back(std::move(*single.best));
    } else if (rules.most_cartons == 1) {
        return tl::unexpected(Refused{Why::too_many, std::nullopt});
    } else {
        auto split = pack_split(*order, 2, search);
        plan.fewest_proven = split.fewest_proven && !single.possible;
        chosen = std::move(split.cartons);
    }
    if (rules.most_cartons > 0 && std::ssize(chosen) > rules.most_cartons)
        return tl::unexpected(Refused{Why::too_many, std::nullopt});
    std::vector<std::size_t> given(order->pieces.size(), 0);
    for (const auto& full : chosen) plan.cartons.push_back(packed_of(*order, cartons, full, given));
    plan.steps = search.steps();
    return plan;
}

}  // namespace kemas::cartonize
