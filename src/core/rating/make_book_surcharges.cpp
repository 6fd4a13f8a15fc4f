#include <algorithm>
#include <tuple>

#include "core/rating/book_maker.hpp"

namespace kemas::rating {
namespace {

// The names of "fuel|remote".
std::vector<std::string_view> names_in(std::string_view of) {
    std::vector<std::string_view> names;
    while (!of.empty()) {
        const auto bar = of.find('|');
        names.push_back(of.substr(0, bar));
        of = bar == std::string_view::npos ? std::string_view{} : of.substr(bar + 1);
    }
    return names;
}

}  // namespace

// Each with its row, by service, taxes last, else as written.
std::vector<std::pair<Surcharge, std::size_t>> BookMaker::surcharges_of_services(Judge& judge) {
    std::vector<std::pair<Surcharge, std::size_t>> found;
    for (const auto& row : rows_.surcharges) {
        check(row, judge);
        Surcharge surcharge{0, row, 0, 0, -1};
        if (!row.area_list.empty()) {
            const auto list = lists_.find(row.area_list);
            if (judge.must(list != lists_.end(), "area_list",
                           "no place is in the list " + row.area_list)) {
                surcharge.list = list->second;
            }
        }
        const auto families = meant(row.courier, row.service);
        judge.must(!families.empty(), "service",
                   named(row.courier, row.service) + " is not among the services");
        for (const auto family : families) {
            surcharge.service = family;
            found.emplace_back(surcharge, judge.row);
        }
        ++judge.row;
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return std::tuple(a.first.service, a.first.row.tax) <
               std::tuple(b.first.service, b.first.row.tax);
    });
    return found;
}

void BookMaker::surcharges() {
    Judge judge{faults_, "surcharges"};
    auto found = surcharges_of_services(judge);
    std::vector<std::string> names;
    for (auto& [surcharge, row] : found) {
        judge.row = row;
        if (book_.surcharges_.empty() || book_.surcharges_.back().service != surcharge.service)
            names.clear();
        for (const auto name : names_in(surcharge.row.of)) {
            const auto place = std::find(names.begin(), names.end(), name);
            if (judge.must(place != names.end(), "of",
                           "no surcharge before it is named " + std::string(name))) {
                surcharge.base |= std::uint64_t{1} << (place - names.begin());
            }
        }
        auto slot = std::find(names.begin(), names.end(), surcharge.row.name);
        if (slot == names.end()) {
            if (!judge.must(names.size() < kMostLineNames, "name",
                            "a service has more than " + std::to_string(kMostLineNames) +
                                " names of surcharges")) {
                continue;
            }
            slot = names.insert(names.end(), surcharge.row.name);
        }
        surcharge.slot = static_cast<std::uint8_t>(slot - names.begin());
        book_.surcharges_.push_back(std::move(surcharge));
    }
}

}  // namespace kemas::rating
