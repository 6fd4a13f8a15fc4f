#include "core/cartonize/order.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

namespace kemas::cartonize {
namespace {

Vec vec(const Size& size) {
    return {static_cast<Length>(size.length.value), static_cast<Length>(size.width.value),
            static_cast<Length>(size.height.value)};
}

bool is_length(Millimetres side) {
    return side.value > 0 && side.value < longest;
}

bool is_good(const Size& size) {
    return is_length(size.length) && is_length(size.width) && is_length(size.height);
}

constexpr std::int64_t heaviest_mg = 10'000'000'000;  // 10 t

bool is_good(const Item& item) {
    return is_good(item.size) && item.weight.value >= 0 && item.weight.value <= heaviest_mg &&
           item.quantity > 0 && item.quantity <= most_units;
}

bool is_good(const Carton& carton) {
    return is_good(carton.inner) && carton.outer.length.value < longest &&
           carton.outer.width.value < longest && carton.outer.height.value < longest &&
           carton.outer.length.value > 0 && carton.outer.width.value > 0 &&
           carton.outer.height.value >= 0 && carton.tare.value >= 0 &&
           carton.max_gross.value >= carton.tare.value && carton.max_gross.value <= heaviest_mg;
}

unsigned vertical_sides(const Item& item, const Vec& sides) {
    const auto [shortest, longest_side] = std::minmax_element(sides.begin(), sides.end());
    unsigned mask = item.upright ? vertical_z : vertical_any;
    for (int axis = 0; axis < 3; ++axis) {
        if (item.keep_flat && sides[axis] > *shortest) mask &= ~(1u << axis);
        if (item.never_on_end && sides[axis] == *longest_side && *shortest < *longest_side)
            mask &= ~(1u << axis);
    }
    return mask;
}

// The classes that rules name, each with a bit of its own; and what each may not meet.
struct Goods {
    std::map<std::string, std::uint64_t> bits, clashes;

    std::uint64_t bit(const std::string& name) {
        return bits.emplace(name, std::uint64_t{1} << std::min<std::size_t>(bits.size(), 63))
            .first->second;
    }
    explicit Goods(const Rules& rules) {
        for (const auto& [a, b] : rules.apart) {
            if (a == b) continue;  // goods may lie with their like
            clashes[a] |= bit(b);
            clashes[b] |= bit(a);
        }
    }
};

template <class Map>
std::uint64_t of(const Map& map, const std::string& name) {
    const auto it = map.find(name);
    return it == map.end() ? 0 : it->second;
}

Piece piece_of(const Item& item, const Goods& goods) {
    Piece piece;
    piece.sides = vec(item.size);
    piece.turns = turns_of(piece.sides, vertical_sides(item, piece.sides));
    std::sort(piece.turns.begin(), piece.turns.end(),
              [](const Vec& a, const Vec& b) { return a[2] != b[2] ? a[2] < b[2] : a > b; });
    piece.weight_mg = item.weight.value;
    piece.fragile = item.fragile;
    piece.goods = of(goods.bits, item.goods);
    piece.clashes = of(goods.clashes, item.goods);
    return piece;
}

// Equal pieces stand side by side, and the largest first.
auto rank(const Piece& piece) {
    return std::tuple(-piece.volume(), piece.turns, piece.weight_mg, piece.fragile, piece.goods,
                      piece.clashes);
}

void add_pieces(const std::vector<Item>& items, const Rules& rules, Order& order) {
    const Goods goods(rules);
    std::vector<std::pair<Piece, std::size_t>> all;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i].quantity > 0) all.emplace_back(piece_of(items[i], goods), i);
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return rank(a.first) < rank(b.first); });
    for (auto& [piece, item] : all) {
        if (order.pieces.empty() || rank(order.pieces.back()) != rank(piece)) {
            order.pieces.push_back(std::move(piece));
            order.source.emplace_back();
        }
        order.pieces.back().count += items[item].quantity;
        order.source.back().insert(order.source.back().end(), items[item].quantity, item);
    }
    for (const auto& piece : order.pieces) order.counts.push_back(piece.count);
}

// The thicknesses worth filling a mailer to: what one, two, three and four units lie high, and all
// it takes.
std::vector<Length> thicknesses(Length most, const std::vector<Piece>& pieces) {
    std::vector<Length> heights{most};
    for (const auto& piece : pieces)
        for (const auto& turn : piece.turns)
            for (Length n = 1; n <= 4 && n <= piece.count && n * turn[2] < most; ++n)
                heights.push_back(n * turn[2]);
    std::sort(heights.begin(), heights.end());
    heights.erase(std::unique(heights.begin(), heights.end()), heights.end());
    // Few of many, evenly: each is another carton to try.
    constexpr std::size_t few = 6;
    if (heights.size() <= few) return heights;
    std::vector<Length> chosen;
    for (std::size_t i = 0; i < few; ++i)
        chosen.push_back(heights[(heights.size() - 1) * i / (few - 1)]);
    return chosen;
}

void add_options(const std::vector<Carton>& cartons, Order& order) {
    for (std::size_t c = 0; c < cartons.size(); ++c) {
        const auto& carton = cartons[c];
        const Vec inner = vec(carton.inner), outer = vec(carton.outer);
        const auto capacity = carton.max_gross.value - carton.tare.value;
        Option option{{inner, capacity}, c, outer, carton.cost.value, true};
        if (carton.kind == Kind::box) {
            order.options.push_back(option);
            continue;
        }
        option.takes_fragile = false;
        for (const auto thick : thicknesses(inner[2], order.pieces)) {
            if (thick >= inner[0] || thick >= inner[1]) continue;
            option.room.sides = {inner[0] - thick, inner[1] - thick, thick};
            option.outer[2] = outer[2] + thick;
            order.options.push_back(option);
        }
    }
    std::stable_sort(
        order.options.begin(), order.options.end(), [](const Option& a, const Option& b) {
            return std::pair(volume_of(a.outer), a.cost) < std::pair(volume_of(b.outer), b.cost);
        });
}

void find_fits(Order& order) {
    for (const auto& piece : order.pieces) {
        order.fit.emplace_back();
        for (const auto& option : order.options)
            order.fit.back().push_back((option.takes_fragile || !piece.fragile) &&
                                       fits(piece, option.room));
    }
}

// Whether a unit would fit somewhere if it weighed nothing.
bool fits_but_for_weight(const Order& order, Piece piece) {
    piece.weight_mg = 0;
    return std::any_of(order.options.begin(), order.options.end(), [&](const Option& option) {
        return (option.takes_fragile || !piece.fragile) && fits(piece, option.room);
    });
}

}  // namespace

tl::expected<Order, Refused> gather(const std::vector<Item>& items,
                                    const std::vector<Carton>& cartons, const Rules& rules) {
    std::int64_t units = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!is_good(items[i])) return tl::unexpected(Refused{Why::bad_item, i});
        if ((units += items[i].quantity) > most_units)
            return tl::unexpected(Refused{Why::too_many, i});
    }
    for (const auto& carton : cartons)
        if (!is_good(carton)) return tl::unexpected(Refused{Why::bad_carton, std::nullopt});
    if (cartons.empty()) return tl::unexpected(Refused{Why::no_cartons, std::nullopt});
    Order order;
    add_pieces(items, rules, order);
    add_options(cartons, order);
    find_fits(order);
    return order;
}

tl::expected<Order, Refused> prepare(const std::vector<Item>& items,
                                     const std::vector<Carton>& cartons, const Rules& rules) {
    auto order = gather(items, cartons, rules);
    if (!order) return order;
    for (std::size_t p = 0; p < order->pieces.size(); ++p) {
        const auto& fit = order->fit[p];
        if (std::find(fit.begin(), fit.end(), true) != fit.end()) continue;
        const auto why =
            fits_but_for_weight(*order, order->pieces[p]) ? Why::too_heavy : Why::too_large;
        return tl::unexpected(Refused{why, order->source[p].front()});
    }
    return order;
}

Counts admitted(const Order& order, std::size_t option, const Counts& counts) {
    Counts some = counts;
    for (std::size_t p = 0; p < some.size(); ++p)
        if (!order.fit[p][option]) some[p] = 0;
    return some;
}

}  // namespace kemas::cartonize
