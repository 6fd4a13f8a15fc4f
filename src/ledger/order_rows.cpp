// Orders, lines, reservations and what a code means.
#include "ledger/sql_books.hpp"

namespace kemas::ledger {
namespace {

#define ORDER_COLUMNS                                                                            \
    "SELECT id, channel, shop, external_id, owner, combine_group, state, state_at, state_by, "   \
    "reason, cod, value, area_code, postal_code, courier, service, note, ship_by, received_at, " \
    "arranged, package_number, content_hash, person FROM orders "

Order read_order(const Rows& row) {
    Order order;
    order.id = {row.integer(0)};
    order.key = {row.text(1), row.text(2), row.text(3)};
    order.owner = row.text(4);
    order.combine_group = row.text(5);
    order.state = order_state(row.text(6)).value_or(OrderState::received);
    order.state_at = {row.integer(7)};
    order.state_by = row.text(8);
    order.reason = row.text(9);
    if (!row.is_null(10)) order.cod = Money{row.integer(10)};
    order.value = {row.integer(11)};
    order.area_code = row.text(12);
    order.postal_code = row.text(13);
    order.courier = row.text(14);
    order.service = row.text(15);
    order.note = row.text(16);
    order.ship_by = {row.integer(17)};
    order.received_at = {row.integer(18)};
    order.arranged = row.integer(19) ? Arranger::channel : Arranger::us;
    order.package_number = row.text(20);
    order.content_hash = row.text(21);
    order.person = row.text(22);
    return order;
}

}  // namespace

OrderId SqlBooks::next_order_id() const {
    auto rows = db_->query("SELECT coalesce(max(id), 0) + 1 FROM orders");
    rows.next();
    return {rows.integer(0)};
}

std::optional<Order> SqlBooks::order(OrderId id) const {
    auto rows = db_->query(ORDER_COLUMNS "WHERE id = ?1", id.value);
    if (!rows.next()) return std::nullopt;
    return read_order(rows);
}

std::optional<OrderId> SqlBooks::order_by_key(const OrderKey& key) const {
    auto rows =
        db_->query("SELECT id FROM orders WHERE external_id = ?1 AND channel = ?2 AND shop = ?3",
                   key.external_id, key.channel, key.shop);
    if (!rows.next()) return std::nullopt;
    return OrderId{rows.integer(0)};
}

std::vector<Order> SqlBooks::orders_of_job(const Order& order) const {
    if (order.combine_group.empty()) return {order};
    std::vector<Order> orders;
    auto rows =
        db_->query(ORDER_COLUMNS "WHERE combine_group = ?1 AND combine_group <> '' ORDER BY id",
                   order.combine_group);
    while (rows.next()) {
        auto each = read_order(rows);
        if (each.id == order.id || is_open(each.state)) orders.push_back(std::move(each));
    }
    return orders;
}

std::vector<Line> SqlBooks::lines(OrderId id) const {
    std::vector<Line> lines;
    auto rows = db_->query(
        "SELECT no, sku, ordered, picked, packed, short FROM order_lines WHERE order_id = ?1 ORDER "
        "BY no",
        id.value);
    while (rows.next())
        lines.push_back({static_cast<int>(rows.integer(0)), rows.text(1), rows.integer(2),
                         rows.integer(3), rows.integer(4), rows.integer(5)});
    return lines;
}

std::vector<Reservation> SqlBooks::reservations(OrderId id, int line_no) const {
    std::vector<Reservation> found;
    auto rows = db_->query(
        "SELECT location, lot, quantity FROM reservations WHERE order_id = ?1 AND line_no = ?2 "
        "AND quantity > 0",
        id.value, line_no);
    while (rows.next()) found.push_back({rows.text(0), rows.text(1), rows.integer(2)});
    return found;
}

std::vector<CodeMeaning> SqlBooks::meanings(std::string_view code) const {
    std::vector<CodeMeaning> found;
    if (const auto badge = site_->badges.find(code); badge != site_->badges.end())
        found.push_back({CodeKind::badge, badge->second, 1});
    if (const auto carton = site_->cartons.find(code); carton != site_->cartons.end())
        found.push_back({CodeKind::carton, carton->first, 1});
    auto rows = db_->query("SELECT kind, ref, quantity FROM codes WHERE code = ?1", code);
    while (rows.next())
        found.push_back({static_cast<CodeKind>(rows.integer(0)), rows.text(1), rows.integer(2)});
    return found;
}

OrderId SqlBooks::order_in_tote(std::string_view tote) const {
    auto rows = db_->query("SELECT order_id FROM totes WHERE tote = ?1", tote);
    return rows.next() ? OrderId{rows.integer(0)} : OrderId{};
}

std::string SqlBooks::busy_station(OrderId id) const {
    auto rows =
        db_->query("SELECT name FROM stations WHERE order_id = ?1 AND stage IN (1, 2)", id.value);
    return rows.next() ? rows.text(0) : std::string{};
}

std::optional<Person> SqlBooks::person(std::string_view hash) const {
    auto rows = db_->query(
        "SELECT name, phone, address, district, city, province, postal_code FROM people WHERE hash "
        "= ?1",
        hash);
    if (!rows.next()) return std::nullopt;
    return Person{rows.text(0), rows.text(1), rows.text(2), rows.text(3),
                  rows.text(4), rows.text(5), rows.text(6)};
}

Money SqlBooks::cod_under_way(std::string_view phone, Instant from) const {
    auto rows = db_->query(
        "SELECT coalesce(sum(o.cod), 0) FROM people JOIN orders o ON o.person = people.hash AND "
        "o.cod > 0 WHERE people.phone = ?1 AND people.phone <> '' AND EXISTS (SELECT 1 FROM "
        "parcels p WHERE p.order_id = o.id AND p.labelled_at >= max(?2, 1) AND p.voided_at = 0)",
        phone, from.value);
    return {rows.next() ? rows.integer(0) : 0};
}

}  // namespace kemas::ledger
