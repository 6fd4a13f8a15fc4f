#include "core/floor/share.hpp"

#include <algorithm>

#include "core/rules/rules.hpp"

namespace kemas {
namespace {

std::int64_t sum(const std::vector<Take>& takes) {
    std::int64_t units = 0;
    for (const auto& take : takes) units += take.units;
    return units;
}

void mark(Turn& turn, const JobLine& each, const Take& take, const Marks& marks) {
    if (marks.empty()) return;
    const auto& sku = each.line.sku;
    turn.change(MarkItem{each.order.id, each.line.no, sku, marks, take.units});
    if (!marks.lot.empty() && !marks.expiry.empty() && !turn.books.expiry_of(sku, marks.lot))
        turn.change(PutLot{sku, marks.lot, marks.expiry});
}

// Takes stock for a line. What came from the last of several places is what an undo can put back.
void take_stock(Turn& turn, const Share& share, const Marks& marks, LastPick& last) {
    const auto& [order, line] = share.each;
    for (const auto& take : share.takes) {
        turn.change(
            Reserve{order.id, line.no, take.location, line.sku, take.promised, -take.units});
        turn.change(MoveStock{line.sku, take.lot, take.location, "", take.units, "picked", order.id,
                              line.no});
        last.location = take.location;
        last.lot = take.lot;
        last.quantity = take.units;
        last.marks = marks;
        if (last.marks.lot.empty()) last.marks.lot = take.lot;
        mark(turn, share.each, take, last.marks);
    }
}

}  // namespace

std::int64_t off_shelf(const Turn& turn, const Share& share) {
    const auto& line = share.each.line;
    if (turn.station.kind == StationKind::pick) return share.units;
    return std::clamp<std::int64_t>(line.packed + share.units - line.picked, 0, share.units);
}

std::vector<Share> share_out(const Turn& turn, const std::vector<JobLine>& lines,
                             std::int64_t quantity) {
    std::vector<Share> shares;
    for (const auto& each : lines) {
        const auto units = std::min(quantity, left_to_do(turn, each.line));
        if (units == 0) break;
        shares.push_back({each, units, {}});
        quantity -= units;
    }
    return shares;
}

bool refuse_lot(Turn& turn, const Sku& sku, Share& share, const Marks& marks) {
    const auto units = off_shelf(turn, share);
    const auto lot = marks.lot.empty() && sku.tracked.lot ? only_lot(turn, share.each) : marks.lot;
    if (units > 0 && sku.tracked.lot && lot.empty()) {
        turn.refuse("lot_needed",
                    {{"item", name_of(turn, sku.sku)}, {"lots", promised_lots(turn, share.each)}});
        return true;
    }
    share.takes = plan_takes(turn, share.each, units, lot);
    if (sum(share.takes) == units || lot.empty()) return false;
    if (!sku.tracked.lot) {  // the goods are not kept by lot: the lot read is only noted
        share.takes = plan_takes(turn, share.each, units, "");
        return false;
    }
    turn.refuse("wrong_lot", {{"item", name_of(turn, sku.sku)},
                              {"lot", lot},
                              {"lots", promised_lots(turn, share.each)}});
    return true;
}

void confirm(Turn& turn, const Share& share, const Marks& marks) {
    const auto& order = share.each.order;
    Line line = share.each.line;
    const bool bench = turn.station.kind == StationKind::bench;
    LastPick last{order.id, line.no, share.units, "", "", {}};
    if (bench) line.packed += share.units;
    line.picked = bench ? std::max(line.picked, line.packed) : line.picked + share.units;
    take_stock(turn, share, marks, last);
    turn.change(SetLine{order.id, line});
    if (bench) turn.change(PackItem{turn.station.parcel, order.id, line.no, line.sku, share.units});
    if (left_to_do(turn, line) == 0)
        turn.fact(line_fact(order, line, bench ? "packed" : "picked", turn.station.operator_id));
    turn.station.last_pick = last;
}

Marks told_by(const std::vector<Share>& shares, Marks marks) {
    for (const auto& share : shares)
        for (const auto& take : share.takes)
            if (marks.lot.empty()) marks.lot = take.lot;
    return marks;
}

}  // namespace kemas
