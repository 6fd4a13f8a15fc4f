#include "intake/stock_csv.hpp"

#include <map>
#include <tuple>

#include "intake/instant_text.hpp"

namespace kemas::intake {

namespace {

// "2027-02-28", and only of a lot.
std::string expiry_of(Table& table, const std::string& lot) {
    auto text = table.text("expiry");
    if (text.empty()) return text;
    if (lot.empty()) table.fault("expiry", "needs a lot: fill the column lot");
    if (text.size() != 10 || !parse_instant(text + "T00:00:00Z"))
        table.fault("expiry", "is '" + text.substr(0, 40) + "'; a day must read like 2027-02-28");
    return text;
}

}  // namespace

Import<StockRow> stock_from_csv(std::string_view bytes) {
    constexpr std::int64_t most = 1'000'000'000;
    Table table(bytes, {"location", "sku", "quantity"}, {"lot", "expiry", "pick_order"});
    Import<StockRow> import;
    std::map<std::tuple<std::string, std::string, std::string>, int> seen;
    std::map<std::string, std::pair<std::int64_t, int>> walk;
    std::map<std::pair<std::string, std::string>, std::pair<std::string, int>> expiries;
    while (table.next()) {
        StockRow row;
        row.location = table.id("location", true);
        row.sku = table.id("sku", true);
        row.lot = table.id("lot", false);
        row.expiry = expiry_of(table, row.lot);
        row.quantity = table.required_integer("quantity", 0, most);
        row.pick_order = table.integer("pick_order", 0, most, 0);
        if (!table.row_is_good()) continue;
        const auto [first, is_new] =
            seen.try_emplace({row.location, row.sku, row.lot}, table.line());
        if (!is_new) {
            table.fault("sku", "'" + row.sku + "' at '" + row.location + "' is on line " +
                                   std::to_string(first->second) + " already");
        }
        const auto [place, new_place] =
            walk.try_emplace(row.location, row.pick_order, table.line());
        if (!new_place && place->second.first != row.pick_order) {
            table.fault("pick_order", "differs from line " + std::to_string(place->second.second) +
                                          " of the same location");
        }
        const auto [lot, new_lot] =
            expiries.try_emplace({row.sku, row.lot}, row.expiry, table.line());
        if (!row.lot.empty() && !new_lot && lot->second.first != row.expiry) {
            table.fault("expiry", "differs from line " + std::to_string(lot->second.second) +
                                      " of the same lot");
        }
        if (!table.row_is_good()) continue;
        import.rows.push_back(std::move(row));
        import.lines.push_back(table.line());
    }
    import.errors = table.take_errors();
    return import;
}

}  // namespace kemas::intake
