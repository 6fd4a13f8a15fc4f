#include "app/order_json.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "app/wall_clock.hpp"
#include "ledger/status_query.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

json::value time_or_null(Instant at) {
    return at.value ? json::value(iso_text(at)) : json::value(nullptr);
}

json::value money_or_null(const std::optional<Money>& money) {
    return money ? json::value(money->value) : json::value(nullptr);
}

json::object key_json(const OrderKey& key) {
    return {{"channel", key.channel}, {"shop", key.shop}, {"external_id", key.external_id}};
}

// What is known of the single units picked; expiry only where it was read.
json::array marks_json(const ledger::SqlBooks& books, OrderId id, int line_no) {
    json::array marks;
    for (const auto& [mark, quantity] : books.marks_of(id, line_no))
        marks.push_back(json::object{{"lot", mark.lot},
                                     {"expiry", mark.expiry},
                                     {"serial", mark.serial},
                                     {"quantity", quantity}});
    return marks;
}

json::array lines_json(const ledger::SqlBooks& books, OrderId id) {
    json::array lines;
    for (const auto& line : books.lines(id)) {
        const auto sku = books.sku(line.sku);
        lines.push_back(json::object{{"no", line.no},
                                     {"sku", line.sku},
                                     {"name", sku ? sku->name : ""},
                                     {"ordered", line.ordered},
                                     {"picked", line.picked},
                                     {"packed", line.packed},
                                     {"short", line.short_},
                                     {"marks", marks_json(books, id, line.no)}});
    }
    return lines;
}

std::string_view arranged_text(Arranger arranged) {
    return arranged == Arranger::us ? "us" : "channel";
}

}  // namespace

json::array text_lines(const std::string& text) {
    json::array lines;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = std::min(text.find('\n', from), text.size());
        lines.push_back(json::value(std::string_view(text).substr(from, end - from)));
        from = end + 1;
    }
    return lines;
}

std::string grams_text(Milligrams mass) {
    return fmt::format("{}.{:03}", mass.value / 1000, mass.value % 1000);
}

std::string parcel_status(const Parcel& parcel) {
    if (parcel.voided_at.value) return "void";
    if (parcel.returned_at.value) return "returned";
    if (parcel.handed_over_at.value) return "handed_over";
    if (parcel.staged_at.value) return "staged";
    if (parcel.labelled_at.value && parcel.weighed_at.value) return "labelled";
    if (parcel.weighed_at.value) return "weighed";
    return parcel.closed_at.value ? "closed" : "open";
}

json::object order_json(const ledger::SqlBooks& books, const Order& order) {
    const auto row = ledger::open_order(books, order);
    json::array parcels;
    for (const auto& parcel : books.parcels_of(order.id))
        parcels.push_back(json::object{{"id", parcel.id.value},
                                       {"tracking_number", parcel.tracking_number},
                                       {"status", parcel_status(parcel)}});
    auto to = key_json(order.key);
    to["id"] = order.id.value;
    to["owner"] = order.owner;
    to["state"] = to_text(order.state);
    to["state_since"] = iso_text(order.state_at);
    to["by"] = order.state_by;
    to["reason"] = order.reason;
    to["why"] = row.waiting.why;
    to["who"] = row.waiting.who;
    to["ship_by"] = time_or_null(order.ship_by);
    to["received_at"] = iso_text(order.received_at);
    to["cod_amount"] = money_or_null(order.cod);
    to["value"] = order.value.value;
    to["courier"] = order.courier;
    to["service"] = order.service;
    to["arranged_by"] = arranged_text(order.arranged);
    to["package_number"] = order.package_number;
    to["combine_group"] = order.combine_group;
    to["lines"] = lines_json(books, order.id);
    to["parcels"] = std::move(parcels);
    return to;
}

json::object parcel_json(const ledger::SqlBooks& books, const Parcel& parcel,
                         const std::string& currency) {
    json::array items, orders, effects;
    OrderId last;
    for (const auto& item : books.items(parcel.id)) {
        const auto order = books.order(item.order);
        items.push_back(json::object{{"order", order ? order->key.external_id : ""},
                                     {"line_no", item.line_no},
                                     {"sku", item.sku},
                                     {"quantity", item.quantity}});
        if (order && item.order != last) orders.push_back(key_json(order->key));
        last = item.order;
    }
    for (const auto& effect : books.effects_of(parcel.id))
        effects.push_back(effect_json(books, effect));
    const auto own = books.order(parcel.order);
    return {
        {"id", parcel.id.value},
        {"order", own ? key_json(own->key) : json::object{}},
        {"orders", std::move(orders)},
        {"no", parcel.no},
        {"status", parcel_status(parcel)},
        {"station", parcel.station},
        {"carton", parcel.carton},
        {"arranged_by", arranged_text(parcel.arranged)},
        {"courier", parcel.courier},
        {"service", parcel.service},
        {"tracking_number", parcel.tracking_number},
        {"weight_g", grams_text(parcel.gross)},
        {"expected_g", grams_text(parcel.expected)},
        {"tolerance_g", grams_text(parcel.tolerance)},
        {"weight_source", parcel.weight_source},
        {"cost", money_or_null(parcel.cost)},
        {"currency", currency},
        {"quote", text_lines(parcel.quote)},
        {"revision", parcel.revision},
        {"reprints", parcel.reprints},
        {"hold", parcel.hold},
        {"closed_at", time_or_null(parcel.closed_at)},
        {"weighed_at", time_or_null(parcel.weighed_at)},
        {"labelled_at", time_or_null(parcel.labelled_at)},
        {"printed_at", time_or_null(parcel.printed_at)},
        {"staged_at", time_or_null(parcel.staged_at)},
        {"handed_over_at", time_or_null(parcel.handed_over_at)},
        {"voided_at", time_or_null(parcel.voided_at)},
        {"returned_at", time_or_null(parcel.returned_at)},
        {"manifest", parcel.manifest ? json::value(parcel.manifest.value) : json::value(nullptr)},
        {"items", std::move(items)},
        {"effects", std::move(effects)}};
}

json::object effect_json(const ledger::SqlBooks& books, const EffectRow& effect) {
    const auto parcel = books.parcel(effect.parcel);
    const auto order = parcel ? books.order(parcel->order) : std::nullopt;
    return {{"id", to_text(effect.id)},
            {"kind", to_text(effect.kind)},
            {"state", to_text(effect.state)},
            {"station", effect.station},
            {"device", effect.device},
            {"parcel", effect.parcel.value},
            {"order", order ? order->key.external_id : ""},
            {"tracking_number", parcel ? parcel->tracking_number : ""},
            {"revision", effect.revision},
            {"reprint_reason", effect.about},
            {"planned_at", time_or_null(effect.planned_at)},
            {"started_at", time_or_null(effect.started_at)},
            {"ended_at", time_or_null(effect.ended_at)},
            {"detail", effect.detail},
            {"resolved_by", effect.resolved_by}};
}

}  // namespace kemas::app
