#include "intake/tracking_numbers_csv.hpp"

#include <map>

namespace kemas::intake {

Import<TrackingNumberRow> tracking_numbers_from_csv(std::string_view bytes) {
    Table table(bytes, {"courier", "number"}, {"service"});
    Import<TrackingNumberRow> import;
    std::map<std::string, int> seen;
    while (table.next()) {
        TrackingNumberRow row;
        row.courier = table.id("courier", true);
        row.service = table.id("service", false);
        row.number = table.id("number", true);
        if (row.number.find(' ') != std::string::npos) {
            table.fault("number", "'" + row.number + "' has a space inside");
        }
        if (!table.row_is_good()) continue;
        const auto [first, is_new] = seen.try_emplace(row.number, table.line());
        if (!is_new) {
            table.fault("number", "'" + row.number + "' is on line " +
                                      std::to_string(first->second) + " already");
            continue;
        }
        import.rows.push_back(std::move(row));
        import.lines.push_back(table.line());
    }
    import.errors = table.take_errors();
    return import;
}

}  // namespace kemas::intake
