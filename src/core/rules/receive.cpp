// Orders come in: idempotent by channel, shop and number; an edit while nobody has begun.
#include "core/rules/packages.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

std::vector<Line> lines_of(const OrderDraft& draft) {
    std::vector<Line> lines;
    for (const auto& line : draft.lines)
        lines.push_back({static_cast<int>(lines.size()) + 1, line.sku, line.quantity, 0, 0, 0});
    return lines;
}

Order order_of(const Turn& turn, OrderId id, const SealedOrder& sealed) {
    const auto& draft = sealed.draft;
    Order order;
    order.id = id;
    order.key = draft.key;
    order.owner = draft.owner;
    order.combine_group = draft.combine_group;
    order.state_at = turn.now();
    order.cod = draft.cod;
    order.value = draft.value;
    order.area_code = draft.area_code;
    order.postal_code = draft.ship_to.postal_code;
    order.courier = draft.courier;
    order.service = draft.service;
    order.note = draft.note;
    order.ship_by = draft.ship_by;
    order.received_at = turn.now();
    order.arranged = draft.arranged ? Arranger::channel : Arranger::us;
    order.package_number = draft.arranged ? draft.arranged->package_number : "";
    order.content_hash = sealed.content_hash;
    order.person = sealed.person_hash;
    return order;
}

std::string unknown_skus(const Turn& turn, const std::vector<Line>& lines) {
    std::string unknown;
    for (const auto& line : lines)
        if (!turn.books.sku(line.sku)) unknown += (unknown.empty() ? "" : ", ") + line.sku;
    return unknown;
}

// The numbers of the shipment as the channel had arranged it before no longer mean the parcel.
void unbind(Turn& turn, const Parcel& before, const std::string& package_before,
            const ArrangedShipment& now) {
    if (now.tracking_number.empty()) return;  // the channel's service gave it, or will
    for (const auto& code : {before.tracking_number, package_before})
        if (!code.empty() && code != now.tracking_number && code != now.package_number)
            turn.change(UnbindCode{code, CodeKind::parcel, std::to_string(before.id.value)});
}

// A parcel born from the channel's label: its number opens the order.
Parcel put_arranged_parcel(Turn& turn, const Order& order, const SealedOrder& sealed,
                           ParcelId known) {
    const auto& shipment = *sealed.draft.arranged;
    Parcel parcel;
    if (known) {
        parcel = *turn.books.parcel(known);
        const auto before = turn.books.order(order.id);
        // Paper with the number before may be in somebody's hand: it says so when scanned.
        if (!parcel.label.empty() && !shipment.tracking_number.empty() &&
            parcel.tracking_number != shipment.tracking_number)
            void_label(turn, parcel, "the channel gave another number", "kemas");
        else
            unbind(turn, parcel, before ? before->package_number : "", shipment);
    }
    parcel.id = known ? known : turn.new_parcel_id();
    parcel.order = order.id;
    parcel.arranged = Arranger::channel;
    if (!shipment.courier.empty()) parcel.courier = shipment.courier;
    if (!shipment.service.empty()) parcel.service = shipment.service;
    if (!shipment.tracking_number.empty()) parcel.tracking_number = shipment.tracking_number;
    if (!sealed.label_hash.empty()) parcel.label = sealed.label_hash;
    if (!shipment.label_zpl.empty())
        turn.change(PutBlob{sealed.label_hash, "channel label", shipment.label_zpl});
    turn.change(PutParcel{parcel});
    const CodeMeaning meaning{CodeKind::parcel, std::to_string(parcel.id.value), 1};
    for (const auto& code : {shipment.tracking_number, shipment.package_number})
        if (!code.empty()) turn.change(BindCode{code, meaning});
    bind_waiting_page(turn, order, parcel);
    return parcel;
}

// Released when everything is there, else it waits and says for what.
bool release_or_wait(Turn& turn, const Order& order, const std::vector<Line>& lines) {
    if (const auto unknown = unknown_skus(turn, lines); !unknown.empty()) {
        set_state(turn, order, OrderState::on_hold, "kemas", "unknown SKU " + unknown);
        return false;
    }
    const auto missing = allocate(turn, order.id, lines);
    if (missing.empty()) {
        set_state(turn, order, OrderState::released, "kemas", "");
        return true;
    }
    const bool channel = order.arranged == Arranger::channel;
    set_state(turn, order, channel ? OrderState::on_hold : OrderState::backordered, "kemas",
              "not in stock: " + missing);
    return false;
}

void put(Turn& turn, OrderId id, const SealedOrder& sealed, ParcelId known_parcel) {
    const auto order = order_of(turn, id, sealed);
    const auto lines = lines_of(sealed.draft);
    turn.change(PutPerson{sealed.person_hash, sealed.person_salt, sealed.draft.ship_to});
    turn.change(PutOrder{order, lines});
    turn.change(BindCode{order.key.external_id, {CodeKind::order, std::to_string(id.value), 1}});
    Parcel parcel;
    if (sealed.draft.arranged) parcel = put_arranged_parcel(turn, order, sealed, known_parcel);
    if (release_or_wait(turn, order, lines))
        channel_event(turn, order, parcel, FloorEvent::released);
}

bool editable(const Turn& turn, const Order& order) {
    switch (order.state) {
        case OrderState::received:
        case OrderState::released:
        case OrderState::backordered:
            return true;
        case OrderState::on_hold:
            for (const auto& line : turn.books.lines(order.id))
                if (line.picked > 0) return false;
            return true;
        default:
            return false;
    }
}

std::string key_text(const OrderKey& key) {
    return key.channel + "/" + key.shop + "/" + key.external_id;
}

// A held order whose goods are packed may still get its ship-to put right.
bool mend_ship_to(Turn& turn, const Order& have, const SealedOrder& sealed) {
    if (have.state != OrderState::on_hold || has_label(turn, have.id)) return false;
    if (have.content_hash != sealed.content_hash) return false;
    auto order = have;
    order.person = sealed.person_hash;
    order.postal_code = sealed.draft.ship_to.postal_code;
    turn.change(PutPerson{sealed.person_hash, sealed.person_salt, sealed.draft.ship_to});
    turn.change(PutOrder{order, {}});
    turn.accept("order_edited",
                {{"order", key_text(have.key)}, {"id", std::to_string(have.id.value)}});
    return true;
}

void receive_again(Turn& turn, const Order& have, const SealedOrder& sealed) {
    const auto what = difference(turn, have, sealed);
    if (what.empty())
        return turn.accept("order_known",
                           {{"order", key_text(have.key)}, {"id", std::to_string(have.id.value)}});
    if (!editable(turn, have)) {
        if (mend_ship_to(turn, have, sealed)) return;
        return turn.refuse("order_conflict", {{"order", key_text(have.key)},
                                              {"difference", what},
                                              {"state", std::string(to_text(have.state))}});
    }
    release_reservations(turn, have.id, turn.books.lines(have.id));
    ParcelId parcel;
    for (const auto& each : turn.books.parcels_of(have.id)) parcel = each.id;
    put(turn, have.id, sealed, parcel);
    turn.accept("order_edited",
                {{"order", key_text(have.key)}, {"id", std::to_string(have.id.value)}});
}

// A number that another parcel carries can never be this order's.
bool refuse_taken_number(Turn& turn, const SealedOrder& sealed, OrderId known) {
    if (!sealed.draft.arranged || sealed.draft.arranged->tracking_number.empty()) return false;
    for (const auto& meaning : turn.books.meanings(sealed.draft.arranged->tracking_number)) {
        if (meaning.kind != CodeKind::parcel) continue;
        const auto parcel = turn.books.parcel({std::stoll(meaning.ref)});
        if (!parcel || parcel->order == known) continue;
        const auto other = turn.books.order(parcel->order);
        turn.refuse("number_taken", {{"number", sealed.draft.arranged->tracking_number},
                                     {"order", other ? key_text(other->key) : "-"}});
        return true;
    }
    return false;
}

void receive(Turn& turn, const SealedOrder& sealed) {
    const auto known = turn.books.order_by_key(sealed.draft.key);
    if (refuse_taken_number(turn, sealed, known.value_or(OrderId{}))) return;
    if (known) return receive_again(turn, *turn.books.order(*known), sealed);
    const auto id = turn.new_order_id();
    put(turn, id, sealed, {});
    turn.accept("order_received",
                {{"order", key_text(sealed.draft.key)}, {"id", std::to_string(id.value)}});
}

}  // namespace

void on_order_received(Turn& turn, const OrderReceived& in) {
    receive(turn, in.order);
}

void on_orders_imported(Turn& turn, const OrdersImported& in) {
    for (const auto& sealed : in.orders) {
        receive(turn, sealed);
        if (turn.decision.answer.kind == Answer::Kind::refused) return;  // all or nothing
    }
    turn.change(
        PutImport{"orders", in.file, in.content_hash, static_cast<std::int64_t>(in.orders.size())});
    turn.accept("imported", {{"rows", std::to_string(in.orders.size())}, {"file", in.file}});
}

}  // namespace kemas
