// SKUs, stock, cartons, operators, tracking numbers, label bytes.
#include "ledger/sql_books.hpp"

namespace kemas::ledger {

std::vector<StockPlace> SqlBooks::stock_of(std::string_view sku) const {
    std::vector<StockPlace> places;
    auto rows = db_->query(
        "SELECT s.location, s.quantity, s.reserved, coalesce(l.pick_order, 0) AS place FROM stock "
        "s "
        "LEFT JOIN locations l ON l.location = s.location WHERE s.sku = ?1 AND s.location <> ?2 "
        "ORDER BY place, s.location",
        sku, site_->policy.cancel_rack);
    while (rows.next())
        places.push_back({rows.text(0), rows.integer(1), rows.integer(2), rows.integer(3)});
    return places;
}

std::optional<StockPlace> SqlBooks::stock_at(std::string_view location,
                                             std::string_view sku) const {
    auto rows = db_->query("SELECT quantity, reserved FROM stock WHERE sku = ?1 AND location = ?2",
                           sku, location);
    if (!rows.next()) return std::nullopt;
    return StockPlace{std::string(location), rows.integer(0), rows.integer(1), 0};
}

std::optional<Sku> SqlBooks::sku(std::string_view sku) const {
    auto rows = db_->query("SELECT name, weight, spread FROM skus WHERE sku = ?1", sku);
    if (!rows.next()) return std::nullopt;
    return Sku{std::string(sku), rows.text(0), {rows.integer(1)}, {rows.integer(2)}};
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
