// A parcel came back: scanned in by its label, looked through unit by unit, and closed. Good units
// wait on the return rack and damaged ones apart; neither is promised to an order before a count
// puts them away.
#include <algorithm>

#include "core/floor/flows.hpp"
#include "core/rules/ends.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

std::optional<Return> return_here(const Turn& turn) {
    return turn.station.parcel ? turn.books.open_return(turn.station.parcel) : std::nullopt;
}

ReturnItem returned_so_far(const Turn& turn, ReturnId id, const ParcelItem& item) {
    for (const auto& known : turn.books.return_items(id))
        if (known.order == item.order && known.line_no == item.line_no) return known;
    return {item.order, item.line_no, item.sku, 0, 0};
}

// What is still inside, by the books: "2 x TEA (Teh Melati 50 g), ...".
std::string still_missing(const Turn& turn, const Return& row) {
    std::string text;
    for (const auto& item : turn.books.items(row.parcel)) {
        const auto left = item.quantity - returned_so_far(turn, row.id, item).units();
        if (left > 0)
            text +=
                (text.empty() ? "" : ", ") + std::to_string(left) + " x " + name_of(turn, item.sku);
    }
    return text.empty() ? "-" : text;
}

// The marks of a unit that came back: as scanned, else as it was sent when all were alike.
Marks marks_back(const Turn& turn, const ParcelItem& item, const Marks& scanned) {
    const auto sent = turn.books.marks_of(item.order, item.line_no);
    for (const auto& [marks, units] : sent)
        if (scanned.serial.empty() ? sent.size() == 1 : marks.serial == scanned.serial)
            return marks;
    return scanned;
}

// A unit with a number must be one that was sent: another one is somebody else's.
bool refuse_foreign_serial(Turn& turn, const ParcelItem& item, const Marks& scanned) {
    if (scanned.serial.empty()) return false;
    const auto sent = turn.books.marks_of(item.order, item.line_no);
    const bool numbered = std::ranges::any_of(
        sent, [](const MarkedUnits& each) { return !each.marks.serial.empty(); });
    if (!numbered || std::ranges::any_of(sent, [&](const MarkedUnits& each) {
            return each.marks.serial == scanned.serial;
        }))
        return false;
    turn.refuse("return_wrong_serial",
                {{"item", name_of(turn, item.sku)}, {"serial", scanned.serial}});
    return true;
}

void put_on_rack(Turn& turn, const ParcelItem& item, const Marks& marks, std::int64_t units) {
    turn.change(PutLocation{turn.policy.return_rack, 0});
    turn.change(MoveStock{item.sku, marks.lot, "", turn.policy.return_rack, units, "returned",
                          item.order, item.line_no});
    if (!marks.serial.empty())  // it may be sold again
        turn.change(MarkItem{item.order, item.line_no, item.sku, marks, -units});
}

// The units scanned last turn out to be damaged.
void damaged(Turn& turn) {
    const auto row = return_here(turn);
    const auto last = turn.station.last_pick;
    if (!row || last.quantity == 0) return turn.refuse("return_item_first");
    for (auto item : turn.books.return_items(row->id)) {
        if (item.order != last.order || item.line_no != last.line_no) continue;
        item.good -= last.quantity;
        item.damaged += last.quantity;
        turn.change(SetReturnItem{row->id, item});
        turn.change(PutLocation{turn.policy.damaged_rack, 0});
        turn.change(MoveStock{item.sku, last.lot, turn.policy.return_rack, turn.policy.damaged_rack,
                              last.quantity, "returned damaged", item.order, item.line_no});
        turn.station.last_pick = {};
        return turn.accept("return_damaged", {{"item", name_of(turn, item.sku)},
                                              {"rack", turn.policy.damaged_rack},
                                              {"next", still_missing(turn, *row)}});
    }
    turn.refuse("return_item_first");
}

// All units the order had sent are here again, this return's counted.
bool all_back(const Turn& turn, const Order& order) {
    return std::ranges::all_of(turn.books.lines(order.id), [&](const auto& line) {
        return turn.books.returned_units(order.id, line.no) >= line.packed;
    });
}

void close_return(Turn& turn) {
    auto row = return_here(turn);
    if (!row) return turn.refuse("return_first");
    auto parcel = *turn.books.parcel(row->parcel);
    const auto missing = still_missing(turn, *row);
    row->closed_at = turn.now();
    row->closed_by = turn.station.operator_id;
    turn.change(PutReturn{*row});
    count_returned(turn, parcel);
    parcel.returned_at = turn.now();
    turn.change(PutParcel{parcel});
    tell_parcel(turn, parcel, "returned", turn.station.operator_id);
    for (const auto& order : orders_in(turn, parcel))
        if (order.state != OrderState::returned && all_back(turn, order))
            set_state(turn, order, OrderState::returned, turn.station.operator_id, "");
    leave_job(turn);
    if (missing == "-") return turn.accept("return_closed", {{"tracking", number_of(parcel)}});
    turn.attention("return_closed_short", {{"tracking", number_of(parcel)}, {"missing", missing}});
}

}  // namespace

void open_return(Turn& turn, const Parcel& parcel) {
    const Turn::Args args{{"tracking", number_of(parcel)}};
    if (return_here(turn) && turn.station.parcel != parcel.id)
        return turn.refuse("return_finish_first", args);
    if (parcel.returned_at.value) return turn.refuse("already_returned", args);
    if (!parcel.handed_over_at.value && !parcel.staged_at.value)
        return turn.refuse("never_left", args);
    auto row = turn.books.open_return(parcel.id);
    if (!row) {
        row = Return{turn.books.next_return_id(), parcel.id,  parcel.order,
                     turn.station.name,           turn.now(), {},
                     turn.station.operator_id,    ""};
        turn.change(PutReturn{*row});
        tell_parcel(turn, parcel, "returning", turn.station.operator_id);
    }
    turn.station.stage = Stage::items;
    turn.station.parcel = parcel.id;
    turn.station.last_pick = {};
    turn.accept("return_open",
                {{"tracking", number_of(parcel)}, {"next", still_missing(turn, *row)}});
}

void on_returned_item(Turn& turn, const std::string& sku, std::int64_t quantity,
                      const Marks& scanned) {
    const auto row = return_here(turn);
    if (!row) return turn.refuse("return_first");
    for (const auto& item : turn.books.items(row->parcel)) {
        auto back = returned_so_far(turn, row->id, item);
        if (item.sku != sku || back.units() + quantity > item.quantity) continue;
        if (refuse_foreign_serial(turn, item, scanned)) return;
        const auto marks = marks_back(turn, item, scanned);
        back.good += quantity;
        turn.change(SetReturnItem{row->id, back});
        put_on_rack(turn, item, marks, quantity);
        turn.station.last_pick = {item.order, item.line_no, quantity, "", marks.lot, marks};
        return turn.accept("return_item_ok",
                           {{"item", name_of(turn, sku)},
                            {"left", std::to_string(item.quantity - back.units())},
                            {"rack", turn.policy.return_rack}});
    }
    turn.refuse("return_wrong_item",
                {{"scanned", name_of(turn, sku)}, {"next", still_missing(turn, *row)}});
}

void on_returned_command(Turn& turn, const barcode::Command& command) {
    if (command.verb == "damaged") return damaged(turn);
    if (command.verb == "done") return close_return(turn);
    if (command.verb == "leave" && turn.station.parcel) {
        const auto parcel = turn.books.parcel(turn.station.parcel);
        leave_job(turn);
        return turn.accept("left", {{"order", parcel ? number_of(*parcel) : "-"}});
    }
    turn.refuse("unknown_command",
                {{"verb", command.verb}, {"known", "damaged, done, leave, logout"}});
}

}  // namespace kemas
