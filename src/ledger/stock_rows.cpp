// SKUs, stock, cartons, operators, tracking numbers, label bytes.
#include "ledger/sql_books.hpp"

namespace kemas::ledger {

std::vector<StockPlace> SqlBooks::stock_of(std::string_view sku) const {
    std::vector<StockPlace> places;
    const auto& policy = site_->policy;
    auto rows = db_->query(
        "SELECT s.location, s.lot, coalesce(e.expiry, '') AS until, s.quantity, s.reserved, "
        "coalesce(l.pick_order, 0) AS place FROM stock s "
        "LEFT JOIN locations l ON l.location = s.location "
        "LEFT JOIN lots e ON e.sku = s.sku AND e.lot = s.lot "
        "WHERE s.sku = ?1 AND s.location NOT IN (?2, ?3, ?4) "
        "ORDER BY until = '', until, place, s.location, s.lot",
        sku, policy.cancel_rack, policy.return_rack, policy.damaged_rack);
    while (rows.next())
        places.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3),
                          rows.integer(4), rows.integer(5)});
    return places;
}

std::optional<StockPlace> SqlBooks::stock_at(std::string_view location, std::string_view sku,
                                             std::string_view lot) const {
    auto rows = db_->query(
        "SELECT quantity, reserved FROM stock WHERE sku = ?1 AND location = ?2 AND lot = ?3", sku,
        location, lot);
    if (!rows.next()) return std::nullopt;
    return StockPlace{std::string(location), std::string(lot), "",
                      rows.integer(0),       rows.integer(1),  0};
}

std::optional<std::string> SqlBooks::expiry_of(std::string_view sku, std::string_view lot) const {
    auto rows = db_->query("SELECT expiry FROM lots WHERE sku = ?1 AND lot = ?2", sku, lot);
    return rows.next() ? std::optional(rows.text(0)) : std::nullopt;
}

std::vector<MarkedUnits> SqlBooks::marks_of(OrderId id, int line_no) const {
    std::vector<MarkedUnits> found;
    auto rows = db_->query(
        "SELECT lot, serial, expiry, quantity FROM line_marks WHERE order_id = ?1 AND line_no = ?2 "
        "AND quantity > 0",
        id.value, line_no);
    while (rows.next())
        found.push_back({{rows.text(0), rows.text(1), rows.text(2)}, rows.integer(3)});
    return found;
}

std::optional<OrderId> SqlBooks::order_with_serial(std::string_view sku,
                                                   std::string_view serial) const {
    auto rows = db_->query(
        "SELECT order_id FROM line_marks WHERE sku = ?1 AND serial = ?2 AND serial <> '' AND "
        "quantity > 0",
        sku, serial);
    return rows.next() ? std::optional(OrderId{rows.integer(0)}) : std::nullopt;
}

std::optional<Sku> SqlBooks::sku(std::string_view sku) const {
    auto rows = db_->query(
        "SELECT name, weight, spread, length, width, height, fragile, upright, dangerous, by_lot, "
        "by_expiry, by_serial, keep_flat, goods FROM skus WHERE sku = ?1",
        sku);
    if (!rows.next()) return std::nullopt;
    Sku row;
    row.sku = sku;
    row.name = rows.text(0);
    row.weight = {rows.integer(1)};
    row.spread = {rows.integer(2)};
    row.size = {{rows.integer(3)}, {rows.integer(4)}, {rows.integer(5)}};
    row.fragile = rows.integer(6) != 0;
    row.upright = rows.integer(7) != 0;
    row.dangerous = rows.integer(8) != 0;
    row.tracked = {rows.integer(9) != 0, rows.integer(10) != 0, rows.integer(11) != 0};
    row.keep_flat = rows.integer(12) != 0;
    row.goods = rows.text(13);
    return row;
}

std::optional<Carton> SqlBooks::carton(std::string_view code) const {
    const auto it = site_->cartons.find(code);
    return it == site_->cartons.end() ? std::nullopt : std::optional(it->second);
}

std::optional<Operator> SqlBooks::operator_by_id(std::string_view id) const {
    const auto it = site_->operators.find(id);
    return it == site_->operators.end() ? std::nullopt : std::optional(it->second);
}

std::optional<std::string> SqlBooks::free_number(std::string_view courier,
                                                 std::string_view service) const {
    auto rows = db_->query(
        "SELECT number FROM tracking_numbers WHERE courier = ?1 AND service = ?2 AND state = 0 "
        "ORDER BY place LIMIT 1",
        courier, service);
    return rows.next() ? std::optional(rows.text(0)) : std::nullopt;
}

bool SqlBooks::number_known(std::string_view number) const {
    return db_->query("SELECT 1 FROM tracking_numbers WHERE number = ?1", number).next();
}

std::optional<std::string> SqlBooks::blob(std::string_view hash) const {
    auto rows = db_->query("SELECT bytes FROM blobs WHERE hash = ?1", hash);
    return rows.next() ? std::optional(rows.text(0)) : std::nullopt;
}

}  // namespace kemas::ledger
