#include "core/cartonize/sets.hpp"

#include <algorithm>

namespace kemas::cartonize {

std::int64_t outer_of(const Order& order, const Set& set) {
    std::int64_t sum = 0;
    for (const auto o : set) sum += volume_of(order.options[o].outer);
    return sum;
}

Sets::Sets(const Order& order, Search& search)
    : order_(order),
      search_(search),
      volume_(volume_of(order.pieces, order.counts)),
      weight_(weight_of(order.pieces, order.counts)) {}

bool Sets::may_hold(const Set& set) {
    std::vector<Room> rooms;
    std::int64_t volume = 0, capacity = 0;
    for (const auto o : set) {
        rooms.push_back(order_.options[o].room);
        volume += rooms.back().volume();
        capacity += rooms.back().capacity_mg;
    }
    search_.spend(std::ssize(set));
    if (volume < volume_ || capacity < weight_) return false;
    if (set.size() > 64) return true;
    std::vector<std::uint64_t> fit;
    for (const auto& row : order_.fit) {
        fit.push_back(0);
        for (std::size_t r = 0; r < set.size(); ++r) fit.back() |= std::uint64_t{row[set[r]]} << r;
    }
    search_.spend(std::ssize(fit) * std::ssize(set) / 4);
    return may_split(rooms, fit, order_.pieces, order_.counts);
}

std::optional<std::vector<Set>> Sets::of(std::int64_t n) {
    found_.clear();
    Set chosen;
    if (!collect(chosen, 0, n)) return std::nullopt;
    std::stable_sort(found_.begin(), found_.end(), [&](const Set& a, const Set& b) {
        return outer_of(order_, a) < outer_of(order_, b);
    });
    return found_;
}

bool Sets::collect(Set& chosen, std::size_t from, std::int64_t n) {
    if (search_.is_over()) return false;
    if (n == 0) {
        if (may_hold(chosen)) found_.push_back(chosen);
        return true;
    }
    for (auto o = from; o < order_.options.size(); ++o) {
        chosen.push_back(o);
        const bool done = collect(chosen, o, n - 1);
        chosen.pop_back();
        if (!done) return false;
    }
    return true;
}

}  // namespace kemas::cartonize
