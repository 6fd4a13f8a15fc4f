#include "core/floor/take.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace kemas {
namespace {

// What the line was promised, the place where the picker stands first.
std::vector<Reservation> promises(const Turn& turn, const JobLine& each) {
    auto places = turn.books.reservations(each.order.id, each.line.no);
    // Not std::ranges: its answer is a subrange, which clang 14 cannot read in this library.
    std::stable_partition(places.begin(), places.end(),
                          [&](const auto& p) { return p.location == turn.station.location; });
    return places;
}

std::int64_t free_units(const Turn& turn, const std::string& location, const std::string& sku,
                        const std::string& lot) {
    const auto stock = turn.books.stock_at(location, sku, lot);
    const auto it = turn.reserved_now.find({location, sku, lot});
    return (stock ? stock->free() : 0) - (it == turn.reserved_now.end() ? 0 : it->second);
}

// Units of a promise that are of the lot in hand, or whose lot nobody had told.
bool fits(const Reservation& place, const std::string& lot) {
    return lot.empty() || place.lot.empty() || place.lot == lot;
}

// Promised lots at the picker's place; at all places when nothing is promised there.
std::set<std::string> lots_in_reach(const Turn& turn, const JobLine& each) {
    std::set<std::string> here, all;
    for (const auto& place : turn.books.reservations(each.order.id, each.line.no)) {
        all.insert(place.lot);
        if (place.location == turn.station.location) here.insert(place.lot);
    }
    return here.empty() ? all : here;
}

}  // namespace

std::vector<Take> plan_takes(const Turn& turn, const JobLine& each, std::int64_t units,
                             const std::string& lot) {
    const auto places = promises(turn, each);
    std::vector<Take> takes;
    for (const auto& place : places) {
        const auto taken = std::min(units, place.quantity);
        if (taken <= 0 || !fits(place, lot)) continue;
        takes.push_back({place.location, place.lot, place.lot, taken});
        units -= taken;
    }
    std::map<std::string, std::int64_t> swapped;  // per location
    for (const auto& place : places) {            // the other lot on the same shelf
        if (fits(place, lot)) continue;
        const auto free = free_units(turn, place.location, each.line.sku, lot);
        const auto taken = std::min({units, place.quantity, free - swapped[place.location]});
        if (taken <= 0) continue;
        swapped[place.location] += taken;
        takes.push_back({place.location, place.lot, lot, taken});
        units -= taken;
    }
    return takes;
}

std::string only_lot(const Turn& turn, const JobLine& each) {
    const auto lots = lots_in_reach(turn, each);
    return lots.size() == 1 ? *lots.begin() : "";
}

std::string promised_lots(const Turn& turn, const JobLine& each) {
    std::string text;
    for (const auto& lot : lots_in_reach(turn, each))
        if (!lot.empty()) text += (text.empty() ? "" : ", ") + lot;
    return text.empty() ? "-" : text;
}

}  // namespace kemas
