#include "intake/stock_csv.hpp"

#include <map>
#include <tuple>

namespace kemas::intake {

Import<StockRow> stock_from_csv(std::string_view bytes) {
    constexpr std::int64_t most = 1'000'000'000;
    Table table(bytes, {"location", "sku", "quantity"}, {"lot", "pick_order"});
    Import<StockRow> import;
    std::map<std::tuple<std::string, std::string, std::string>, int> seen;
    std::map<std::string, std::pair<std::int64_t, int>> walk;
    while (table.next()) {
        StockRow row;
        row.location = table.id("location", true);
        row.sku = table.id("sku", true);
        row.lot = table.id("lot", false);
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
        if (!table.row_is_good()) continue;
        import.rows.push_back(std::move(row));
        import.lines.push_back(table.line());
    }
    import.errors = table.take_errors();
    return import;
}

}  // namespace kemas::intake
