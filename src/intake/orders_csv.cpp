#include "intake/orders_csv.hpp"

#include <map>

#include "intake/draft_check.hpp"

namespace kemas::intake {
namespace {

const std::vector<std::string_view> kRequired{"channel", "shop", "external_id", "sku", "quantity"};
// Columns of the whole order, which must agree on its rows.
const std::vector<std::string_view> kOfOrder{"owner",
                                             "combine_group",
                                             "name",
                                             "phone",
                                             "address",
                                             "district",
                                             "city",
                                             "province",
                                             "postal_code",
                                             "area_code",
                                             "cod_amount",
                                             "value",
                                             "courier",
                                             "service",
                                             "note",
                                             "ship_by",
                                             "arranged_courier",
                                             "arranged_service",
                                             "tracking_number",
                                             "package_number",
                                             "label_zpl"};

struct Building {
    OrderDraft draft;
    int line = 0;                                     // its first row
    std::map<std::string_view, std::string> columns;  // as its first row has them
    std::vector<int> line_rows;                       // row of each draft line
    bool good = true;
};

void read_order_columns(Table& table, OrderDraft& draft) {
    draft.owner = table.id("owner", false);
    draft.combine_group = table.id("combine_group", false);
    draft.ship_to.name = table.text("name");
    draft.ship_to.phone = table.id("phone", false);
    draft.ship_to.address = table.text("address");
    draft.ship_to.district = table.text("district");
    draft.ship_to.city = table.text("city");
    draft.ship_to.province = table.text("province");
    draft.ship_to.postal_code = table.id("postal_code", false);
    draft.area_code = table.id("area_code", false);
    const auto cod = table.integer("cod_amount", 0, kMostMoney, 0);
    if (cod != 0) draft.cod = Money{cod};  // a sheet's 0 means: nothing to collect
    draft.value = Money{table.integer("value", 0, kMostMoney, 0)};
    draft.courier = table.id("courier", false);
    draft.service = table.id("service", false);
    draft.note = table.text("note");
    draft.ship_by = table.instant("ship_by");
    ArrangedShipment shipment;
    shipment.courier = table.id("arranged_courier", false);
    shipment.service = table.id("arranged_service", false);
    shipment.tracking_number = table.id("tracking_number", false);
    shipment.package_number = table.id("package_number", false);
    shipment.label_zpl = table.text("label_zpl");
    if (shipment != ArrangedShipment{}) draft.arranged = std::move(shipment);
}

void compare_order_columns(Table& table, const Building& order) {
    for (const auto& [column, first] : order.columns) {
        const std::string here = table.text(column);
        if (here.empty() || here == first) continue;
        table.fault(column, "differs from line " + std::to_string(order.line) +
                                " of the same order; repeat it or leave it empty");
    }
}

// The CSV's name of a JSON path, and the row to name for it.
std::pair<std::string, int> place_of(const FieldFault& fault, const Building& order) {
    std::string column = fault.path;
    int line = order.line;
    if (column.starts_with("lines[")) {
        const auto index = static_cast<std::size_t>(std::stoul(column.substr(6)));
        if (index < order.line_rows.size()) line = order.line_rows[index];
    }
    if (column == "shipment.courier") column = "arranged_courier";
    if (column == "shipment.service") column = "arranged_service";
    if (const auto dot = column.rfind('.'); dot != std::string::npos) column.erase(0, dot + 1);
    return {std::move(column), line};
}

}  // namespace

Import<OrderDraft> orders_from_csv(std::string_view bytes) {
    Table table(bytes, kRequired, kOfOrder);
    std::vector<Building> orders;
    std::map<OrderKey, std::size_t> places;
    while (table.next()) {
        OrderKey key;
        key.channel = table.id("channel", true);
        key.shop = table.id("shop", true);
        key.external_id = table.id("external_id", true);
        DraftLine line;
        line.sku = table.id("sku", true);
        line.quantity = table.required_integer("quantity", 1, kMostUnits);
        const bool named = !key.channel.empty() && !key.shop.empty() && !key.external_id.empty();
        const auto place = named ? places.find(key) : places.end();
        if (place == places.end()) {
            Building order;
            order.line = table.line();
            order.draft.key = key;
            read_order_columns(table, order.draft);
            for (const auto column : kOfOrder) {
                if (table.has(column) && table.row_is_good()) {
                    order.columns[column] = table.text(column);
                }
            }
            order.draft.lines.push_back(std::move(line));
            order.line_rows.push_back(table.line());
            order.good = table.row_is_good();
            if (named) places.emplace(key, orders.size());
            orders.push_back(std::move(order));
            continue;
        }
        Building& order = orders[place->second];
        compare_order_columns(table, order);
        order.draft.lines.push_back(std::move(line));
        order.line_rows.push_back(table.line());
        order.good = order.good && table.row_is_good();
    }
    Import<OrderDraft> import;
    for (auto& order : orders) {
        if (!order.good) continue;
        const auto faults = check(order.draft);
        for (const auto& fault : faults) {
            const auto [column, line] = place_of(fault, order);
            table.fault_at(line, column, fault.reason);
        }
        if (faults.empty()) import.rows.push_back(std::move(order.draft));
    }
    import.errors = table.take_errors();
    return import;
}

}  // namespace kemas::intake
