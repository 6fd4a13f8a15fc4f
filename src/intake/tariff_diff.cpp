#include "intake/tariff_diff.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "intake/tariff_cells.hpp"

namespace kemas::intake {
namespace {

using rating::RateRows;

const std::set<std::string_view> kOfTheKey{"record",  "courier", "service",    "area",
                                           "country", "postal",  "zone",       "area_list",
                                           "date",    "name",    "valid_from", "settlement_days",
                                           "from_g",  "up_to_g", "when",       "kind"};

std::string key_of(const Cells& cells) {
    std::string key = cells.at("record");
    for (const auto& [column, cell] : cells) {
        if (column == "record" || !kOfTheKey.contains(column)) continue;
        // A service and a holiday may be renamed.
        if (column == "name" && cells.at("record") != "surcharge") continue;
        key += ' ' + cell;
    }
    return key;
}

std::string changes(const Cells& before, const Cells& after) {
    std::string text;
    std::set<std::string_view> columns;
    for (const auto* cells : {&before, &after}) {
        for (const auto& [column, cell] : *cells) columns.insert(column);
    }
    const auto cell = [](const Cells& cells, std::string_view column) {
        const auto found = cells.find(column);
        return found == cells.end() ? std::string("(empty)") : found->second;
    };
    for (const auto column : columns) {
        if (cell(before, column) == cell(after, column)) continue;
        text += (text.empty() ? "" : ", ") + std::string(column) + " " + cell(before, column) +
                " -> " + cell(after, column);
    }
    return text;
}

class Comparison {
 public:
    Comparison(TariffDiff& diff, std::size_t most) : diff_(diff), most_(most) {}

    template <class Row>
    void rows(const char* record, const std::vector<Row>& before, const std::vector<Row>& after) {
        std::map<std::string, Cells> old_rows;
        for (const auto& row : before) {
            auto cells = row_cells(record, row);
            old_rows.emplace(key_of(cells), std::move(cells));
        }
        for (const auto& row : after) {
            const auto cells = row_cells(record, row);
            const auto old_row = old_rows.find(key_of(cells));
            if (old_row == old_rows.end()) {
                fresh(key_of(cells));
                continue;
            }
            both(old_row->second, cells);
            old_rows.erase(old_row);
        }
        for (const auto& [key, cells] : old_rows) removed(key);
    }

    // Half a million rows: compared as they are packed, put into words only where they differ.
    void rates(const RateRows& before, const RateRows& after) {
        const auto old_order = order(before), new_order = order(after);
        auto o = old_order.begin();
        auto n = new_order.begin();
        while (o != old_order.end() || n != new_order.end()) {
            const auto side = o == old_order.end()   ? std::strong_ordering::greater
                              : n == new_order.end() ? std::strong_ordering::less
                                                     : key(before, *o) <=> key(after, *n);
            if (side < 0) {
                removed(key_of(row_cells("rate", before[*o++])));
            } else if (side > 0) {
                fresh(key_of(row_cells("rate", after[*n++])));
            } else {
                rate(before, *o++, after, *n++);
            }
        }
    }

 private:
    using Key = std::tuple<std::string_view, std::string_view, rating::PlaceKey, std::uint32_t,
                           std::int32_t>;

    static Key key(const RateRows& rows, std::size_t at) {
        const auto& packed = rows.packed()[at];
        const auto& [courier, service] = rows.names()[packed.name];
        return {courier, service, packed.place, packed.up_to_g,
                rows.terms()[packed.terms].valid_from};
    }

    static std::vector<std::uint32_t> order(const RateRows& rows) {
        std::vector<std::uint32_t> order;
        order.reserve(rows.size());
        for (std::uint32_t i = 0; i < rows.size(); ++i) {
            if (rows.packed()[i].name != RateRows::kOdd) order.push_back(i);
        }
        const auto less = [&](std::uint32_t a, std::uint32_t b) {
            return key(rows, a) < key(rows, b);
        };
        if (!std::is_sorted(order.begin(), order.end(), less))
            std::sort(order.begin(), order.end(), less);
        return order;
    }

    void rate(const RateRows& before, std::size_t o, const RateRows& after, std::size_t n) {
        const auto says = [](const RateRows& rows, std::size_t at) {
            const auto& p = rows.packed()[at];
            return std::tuple(p.first_g, p.first_price, p.per_step, rows.terms()[p.terms]);
        };
        if (says(before, o) == says(after, n))
            ++diff_.same;
        else
            both(row_cells("rate", before[o]), row_cells("rate", after[n]));
    }

    void both(const Cells& before, const Cells& after) {
        if (before == after) {
            ++diff_.same;
            return;
        }
        ++diff_.changed;
        tell("~ " + key_of(after) + ": " + changes(before, after));
    }
    void fresh(std::string key) {
        ++diff_.fresh;
        tell("+ " + std::move(key));
    }
    void removed(std::string key) {
        ++diff_.removed;
        tell("- " + std::move(key));
    }
    void tell(std::string what) {
        if (diff_.examples.size() < most_) diff_.examples.push_back(std::move(what));
    }

    TariffDiff& diff_;
    std::size_t most_;
};

}  // namespace

TariffDiff compare(const rating::TariffRows& old_one, const rating::TariffRows& new_one,
                   std::size_t most_examples) {
    TariffDiff diff;
    Comparison comparison(diff, most_examples);
    comparison.rows("service", old_one.services, new_one.services);
    comparison.rates(old_one.rates, new_one.rates);
    comparison.rows("surcharge", old_one.surcharges, new_one.surcharges);
    comparison.rows("zone", old_one.zones, new_one.zones);
    comparison.rows("area", old_one.listed_areas, new_one.listed_areas);
    comparison.rows("holiday", old_one.holidays, new_one.holidays);
    return diff;
}

}  // namespace kemas::intake
