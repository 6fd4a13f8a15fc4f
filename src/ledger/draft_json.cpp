#include "ledger/draft_json.hpp"

#include <boost/json/array.hpp>

#include "ledger/json_fields.hpp"

namespace kemas::ledger {
namespace json = boost::json;

json::object to_json(const OrderKey& key) {
    return {{"channel", key.channel}, {"shop", key.shop}, {"order", key.external_id}};
}

OrderKey key_from(const json::object& from) {
    return {text_of(from, "channel"), text_of(from, "shop"), text_of(from, "order")};
}

json::object to_json(const SealedOrder& order) {
    const auto& draft = order.draft;
    auto to = to_json(draft.key);
    to["owner"] = draft.owner;
    to["combine_group"] = draft.combine_group;
    json::array lines;
    for (const auto& line : draft.lines)
        lines.push_back(json::object{{"sku", line.sku}, {"quantity", line.quantity}});
    to["lines"] = std::move(lines);
    to["person"] = order.person_hash;
    to["area_code"] = draft.area_code;
    if (draft.cod) to["cod"] = draft.cod->value;
    to["value"] = draft.value.value;
    to["courier"] = draft.courier;
    to["service"] = draft.service;
    to["note"] = draft.note;
    to["ship_by"] = draft.ship_by.value;
    to["content_hash"] = order.content_hash;
    if (draft.arranged)
        to["arranged"] = json::object{{"courier", draft.arranged->courier},
                                      {"service", draft.arranged->service},
                                      {"tracking_number", draft.arranged->tracking_number},
                                      {"package_number", draft.arranged->package_number},
                                      {"label", order.label_hash}};
    return to;
}

SealedOrder sealed_from(const json::object& from, const SideTables& side) {
    SealedOrder order;
    auto& draft = order.draft;
    draft.key = key_from(from);
    draft.owner = text_of(from, "owner");
    draft.combine_group = text_of(from, "combine_group");
    if (const auto* lines = list_of(from, "lines"))
        for (const auto& line : *lines)
            draft.lines.push_back(
                {text_of(line.as_object(), "sku"), number_of(line.as_object(), "quantity")});
    order.person_hash = text_of(from, "person");
    order.person_salt = side.salt(order.person_hash);
    draft.ship_to = side.person(order.person_hash).value_or(Person{});
    draft.area_code = text_of(from, "area_code");
    if (from.if_contains("cod")) draft.cod = quantity_of<Money>(from, "cod");
    draft.value = quantity_of<Money>(from, "value");
    draft.courier = text_of(from, "courier");
    draft.service = text_of(from, "service");
    draft.note = text_of(from, "note");
    draft.ship_by = quantity_of<Instant>(from, "ship_by");
    order.content_hash = text_of(from, "content_hash");
    if (const auto* arranged = from.if_contains("arranged")) {
        const auto& shipment = arranged->as_object();
        order.label_hash = text_of(shipment, "label");
        draft.arranged = ArrangedShipment{
            text_of(shipment, "courier"), text_of(shipment, "service"),
            text_of(shipment, "tracking_number"), text_of(shipment, "package_number"),
            side.blob(order.label_hash).value_or("")};
    }
    return order;
}

json::object to_json(const SkuRow& row) {
    json::array barcodes;
    for (const auto& barcode : row.barcodes)
        barcodes.push_back(json::object{{"code", barcode.code}, {"quantity", barcode.quantity}});
    return {{"sku", row.sku},
            {"name", row.name},
            {"barcodes", std::move(barcodes)},
            {"weight", row.weight.value},
            {"spread", row.spread.value},
            {"length", row.size.length.value},
            {"width", row.size.width.value},
            {"height", row.size.height.value},
            {"fragile", row.fragile},
            {"upright", row.upright},
            {"dangerous", row.dangerous},
            {"by_lot", row.tracked.lot},
            {"by_expiry", row.tracked.expiry},
            {"by_serial", row.tracked.serial},
            {"keep_flat", row.keep_flat},
            {"goods", row.goods}};
}

SkuRow sku_from(const json::object& from) {
    SkuRow row;
    row.sku = text_of(from, "sku");
    row.name = text_of(from, "name");
    if (const auto* barcodes = list_of(from, "barcodes"))
        for (const auto& barcode : *barcodes)
            row.barcodes.push_back(
                {text_of(barcode.as_object(), "code"), number_of(barcode.as_object(), "quantity")});
    row.weight = quantity_of<Milligrams>(from, "weight");
    row.spread = quantity_of<Milligrams>(from, "spread");
    row.size = {quantity_of<Millimetres>(from, "length"), quantity_of<Millimetres>(from, "width"),
                quantity_of<Millimetres>(from, "height")};
    row.fragile = flag_of(from, "fragile");
    row.upright = flag_of(from, "upright");
    row.dangerous = flag_of(from, "dangerous");
    row.keep_flat = flag_of(from, "keep_flat");
    row.goods = text_of(from, "goods");
    row.tracked = {flag_of(from, "by_lot"), flag_of(from, "by_expiry"), flag_of(from, "by_serial")};
    return row;
}

}  // namespace kemas::ledger
