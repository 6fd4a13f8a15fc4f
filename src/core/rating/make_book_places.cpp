#include <algorithm>
#include <tuple>

#include "core/rating/book_maker.hpp"

namespace kemas::rating {

template <class Row>
PlaceKey BookMaker::place_of(const Row& row, Judge* judge) const {
    std::optional<PlaceFault> fault;
    const auto place = make_place(row.area_prefix, row.country, row.postal, "", fault);
    if (fault && judge != nullptr) judge->must(false, fault->column.c_str(), fault->reason);
    return at_home(place);
}

void BookMaker::places() {
    std::vector<PlaceKey> keys;
    keys.reserve(rows_.rates.size() + rows_.zones.size() * 2 + rows_.listed_areas.size());
    for (const auto& packed : rows_.rates.packed()) {
        const auto place = at_home(packed.place);
        if (keys.empty() || keys.back() != place) keys.push_back(place);
    }
    for (const auto& row : rows_.zones) {
        keys.push_back(place_of(row, nullptr));
        keys.push_back(PlaceKey::zone(row.zone));
    }
    for (const auto& row : rows_.listed_areas) keys.push_back(place_of(row, nullptr));
    book_.places_ = PlaceTable(std::move(keys));
    Judge judge{faults_, "tariff"};
    judge.must(book_.places_.most_overlapping_ranges() <= kMostRanges, "postal",
               "more than " + std::to_string(kMostRanges) + " postal ranges overlap");
}

void BookMaker::zones() {
    Judge judge{faults_, "zones"};
    std::vector<Mapped> mapped;
    for (const auto& row : rows_.zones) {
        const auto place = book_.places_.id_of(place_of(row, &judge));
        judge.must(!row.zone.empty() && row.zone.size() <= kZoneLength, "zone",
                   "is empty or longer than " + std::to_string(kZoneLength) + " characters");
        const auto families = meant(row.courier, row.service);
        judge.must(!families.empty(), "service",
                   named(row.courier, row.service) + " is not among the services");
        const auto zone = book_.places_.id_of(PlaceKey::zone(row.zone));
        for (const auto family : families) {
            mapped.push_back({{family, place, zone}, row.service == "*", judge.row});
            zones_with_places_.emplace(family, zone);
        }
        ++judge.row;
    }
    keep_zones(std::move(mapped));
}

// Of two rows for one place the service's own counts.
void BookMaker::keep_zones(std::vector<Mapped> mapped) {
    const auto key = [](const Mapped& m) { return std::tie(m.zone.service, m.zone.place); };
    std::stable_sort(mapped.begin(), mapped.end(), [&](const Mapped& a, const Mapped& b) {
        return std::tuple(key(a), a.for_all) < std::tuple(key(b), b.for_all);
    });
    for (std::size_t i = 0; i < mapped.size(); ++i) {
        if (i > 0 && key(mapped[i - 1]) == key(mapped[i])) {
            if (mapped[i - 1].for_all != mapped[i].for_all) continue;
            faults_.push_back(
                {"zones", mapped[i].row, "zone",
                 "this place is already in row " + std::to_string(mapped[i - 1].row)});
            continue;
        }
        book_.zones_.push_back(mapped[i].zone);
    }
}

void BookMaker::lists() {
    Judge judge{faults_, "listed_areas"};
    for (const auto& row : rows_.listed_areas) {
        judge.must(!row.list.empty(), "list", "is empty");
        const auto number = static_cast<std::int32_t>(lists_.size());
        const auto list = lists_.emplace(row.list, number).first->second;
        book_.listed_.push_back({list, book_.places_.id_of(place_of(row, &judge))});
        ++judge.row;
    }
    std::sort(book_.listed_.begin(), book_.listed_.end());
}

}  // namespace kemas::rating
