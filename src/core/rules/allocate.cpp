// Reservation at release: what expires first goes first; of goods that do not, the first place on
// the walk that holds the whole line, else several.
#include <algorithm>

#include "core/rules/rules.hpp"

namespace kemas {
namespace {

std::int64_t free_at(const Turn& turn, const StockPlace& place, const std::string& sku) {
    const auto it = turn.reserved_now.find({place.location, sku, place.lot});
    return place.free() - (it == turn.reserved_now.end() ? 0 : it->second);
}

void take(Turn& turn, OrderId id, const Line& line, const StockPlace& place, std::int64_t units,
          std::vector<Change>& changes) {
    changes.push_back(Reserve{id, line.no, place.location, line.sku, place.lot, units});
    turn.reserved_now[{place.location, line.sku, place.lot}] += units;
}

// Reserves one line; what it lacks.
std::int64_t allocate_line(Turn& turn, OrderId id, const Line& line, std::vector<Change>& changes) {
    const auto places = good_places(turn, line.sku);
    auto open = line.wanted() - line.picked;
    const bool expires = !places.empty() && !places.front().expiry.empty();
    const auto whole = std::ranges::find_if(
        places, [&](const auto& place) { return free_at(turn, place, line.sku) >= open; });
    if (whole != places.end() && !expires) return take(turn, id, line, *whole, open, changes), 0;
    for (const auto& place : places) {
        const auto units = std::min(open, free_at(turn, place, line.sku));
        if (units <= 0) continue;
        take(turn, id, line, place, units, changes);
        open -= units;
    }
    return open;
}

}  // namespace

std::vector<StockPlace> good_places(const Turn& turn, const std::string& sku) {
    auto places = turn.books.stock_of(sku);
    const auto today = iso_date(turn.today());
    std::erase_if(places, [&](const auto& p) { return !p.expiry.empty() && p.expiry < today; });
    return places;
}

std::string allocate(Turn& turn, OrderId id, const std::vector<Line>& lines) {
    const auto before = turn.reserved_now;
    std::vector<Change> changes;
    std::string missing;
    for (const auto& line : lines) {
        const auto lacks = allocate_line(turn, id, line, changes);
        if (lacks > 0)
            missing += (missing.empty() ? "" : ", ") + std::to_string(lacks) + " x " + line.sku;
    }
    if (missing.empty())
        for (auto& change : changes) turn.change(std::move(change));
    else
        turn.reserved_now = before;  // an order that cannot be picked whole holds no stock
    return missing;
}

void release_reservations(Turn& turn, OrderId id, const std::vector<Line>& lines) {
    for (const auto& line : lines)
        for (const auto& place : turn.books.reservations(id, line.no))
            turn.change(Reserve{id, line.no, place.location, line.sku, place.lot, -place.quantity});
}

}  // namespace kemas
