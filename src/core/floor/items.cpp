// Locations and items: each scan confirms units of the lines that still want them.
#include <algorithm>

#include "core/floor/flows.hpp"
#include "core/floor/share.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

// Lines of the job that carry the SKU, the open ones among them counted.
struct Room {
    std::vector<JobLine> lines;
    std::int64_t left = 0;
    bool known = false;
};

Room room_for(const Turn& turn, const std::vector<JobLine>& lines, const std::string& sku) {
    Room room;
    for (const auto& each : lines) {
        if (each.line.sku != sku) continue;
        room.known = true;
        const auto left = left_to_do(turn, each.line);
        if (left > 0) room.lines.push_back(each), room.left += left;
    }
    return room;
}

bool wants_location(const Turn& turn, const JobLine& each, const std::string& location) {
    const auto places = turn.books.reservations(each.order.id, each.line.no);
    return std::ranges::any_of(places, [&](const auto& p) { return p.location == location; });
}

// The lines as they will stand, so that the answer names what comes next.
void count(std::vector<JobLine>& lines, const Turn& turn, const Share& share) {
    for (auto& mine : lines) {
        if (mine.order.id != share.each.order.id || mine.line.no != share.each.line.no) continue;
        if (turn.station.kind == StationKind::pick)
            mine.line.picked += share.units;
        else
            mine.line.packed += share.units;
    }
}

std::int64_t total_left(const Turn& turn, const std::vector<JobLine>& lines) {
    std::int64_t left = 0;
    for (const auto& each : lines) left += std::max<std::int64_t>(0, left_to_do(turn, each.line));
    return left;
}

bool refuse_location(Turn& turn, const Room& room, const std::string& sku) {
    if (!turn.policy.scan_location) return false;
    const auto& first = room.lines.front();
    if (first.line.packed < first.line.picked && turn.station.kind == StationKind::bench)
        return false;  // comes out of the tote, not off the shelf
    const auto places = turn.books.reservations(first.order.id, first.line.no);
    const auto wanted = places.empty() ? std::string("-") : places.front().location;
    if (turn.station.location.empty()) {
        turn.refuse("location_first", {{"location", wanted}, {"item", name_of(turn, sku)}});
        return true;
    }
    if (std::ranges::any_of(room.lines, [&](const auto& each) {
            return wants_location(turn, each, turn.station.location);
        }))
        return false;
    turn.refuse(
        "wrong_location",
        {{"scanned", turn.station.location}, {"wanted", wanted}, {"item", name_of(turn, sku)}});
    return true;
}

void refuse_item(Turn& turn, const std::vector<JobLine>& lines, const Room& room,
                 const std::string& sku, std::int64_t quantity) {
    const auto next = next_step(turn, lines);
    if (!room.known)
        return turn.refuse("wrong_item", {{"scanned", name_of(turn, sku)}, {"next", next}});
    if (room.left == 0)
        return turn.refuse("already_done", {{"item", name_of(turn, sku)}, {"next", next}});
    turn.refuse("too_many", {{"item", name_of(turn, sku)},
                             {"left", std::to_string(room.left)},
                             {"pack", std::to_string(quantity)}});
}

}  // namespace

void on_location(Turn& turn, const std::string& location) {
    if (turn.station.stage != Stage::items) return turn.refuse("open_first");
    const auto lines = job_lines(turn);
    for (const auto& each : lines) {
        if (left_to_do(turn, each.line) <= 0 || !wants_location(turn, each, location)) continue;
        turn.station.location = location;
        return turn.accept("location_ok", {{"location", location},
                                           {"item", name_of(turn, each.line.sku)},
                                           {"left", std::to_string(left_to_do(turn, each.line))}});
    }
    turn.refuse("wrong_location", {{"scanned", location},
                                   {"wanted", next_step(turn, lines)},
                                   {"item", next_step(turn, lines)}});
}

void on_item(Turn& turn, const std::string& sku, std::int64_t quantity, Marks marks) {
    auto lines = job_lines(turn);
    const auto room = room_for(turn, lines, sku);
    if (room.left < quantity) return refuse_item(turn, lines, room, sku, quantity);
    if (refuse_location(turn, room, sku)) return;

    const auto row = turn.books.sku(sku).value_or(Sku{sku});
    auto shares = share_out(turn, room.lines, quantity);
    std::int64_t from_shelf = 0;
    for (const auto& share : shares) from_shelf += off_shelf(turn, share);
    if (from_shelf == 0) marks = {};  // out of the tote: noted when it was picked
    for (auto& share : shares)
        if (refuse_lot(turn, row, share, marks)) return;
    if (from_shelf > 0 && refuse_marks(turn, row, from_shelf, told_by(shares, marks))) return;

    for (const auto& share : shares) {
        confirm(turn, share, marks);
        count(lines, turn, share);
    }
    if (total_left(turn, lines) == 0) return close_contents(turn);
    turn.accept("item_ok", {{"item", name_of(turn, sku)},
                            {"left", std::to_string(room.left - quantity)},
                            {"next", next_step(turn, lines)}});
}

void undo_last_pick(Turn& turn) {
    const auto last = turn.station.last_pick;
    if (turn.station.stage != Stage::items || last.quantity == 0)
        return turn.refuse("nothing_to_undo");
    for (const auto& each : job_lines(turn)) {
        if (each.order.id != last.order || each.line.no != last.line_no) continue;
        Line line = each.line;
        if (turn.station.kind == StationKind::bench) {
            line.packed -= last.quantity;
            turn.change(
                PackItem{turn.station.parcel, last.order, line.no, line.sku, -last.quantity});
        }
        if (!last.location.empty()) {  // it came off the shelf: back it goes
            line.picked -= last.quantity;
            turn.change(MoveStock{line.sku, last.lot, "", last.location, last.quantity, "undone",
                                  last.order, line.no});
            turn.change(
                Reserve{last.order, line.no, last.location, line.sku, last.lot, last.quantity});
            if (!last.marks.empty())
                turn.change(MarkItem{last.order, line.no, line.sku, last.marks, -last.quantity});
        }
        turn.change(SetLine{last.order, line});
        turn.fact(line_fact(each.order, line, "open", turn.station.operator_id));
        turn.station.last_pick = {};
        turn.station.last_code.clear();
        return turn.accept("undone", {{"item", name_of(turn, line.sku)},
                                      {"quantity", std::to_string(last.quantity)},
                                      {"left", std::to_string(left_to_do(turn, line))}});
    }
    turn.refuse("nothing_to_undo");
}

}  // namespace kemas
