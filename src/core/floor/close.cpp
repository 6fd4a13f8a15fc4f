// Contents complete: a pick goes to the bench in its tote, a parcel goes on the scale.
#include <algorithm>

#include "core/assert.hpp"
#include "core/floor/flows.hpp"
#include "core/rules/packages.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

// Lines with this very turn's changes on top of the books.
std::vector<JobLine> lines_now(const Turn& turn) {
    auto lines = job_lines(turn);
    for (const auto& change : turn.decision.changes)
        if (const auto* set = std::get_if<SetLine>(&change))
            for (auto& each : lines)
                if (each.order.id == set->order && each.line.no == set->line.no)
                    each.line = set->line;
    return lines;
}

std::string missing_lines(const Turn& turn, const std::vector<JobLine>& lines) {
    std::string missing;
    for (const auto& each : lines) {
        const auto left = left_to_do(turn, each.line);
        if (left > 0)
            missing += (missing.empty() ? "" : ", ") + std::to_string(left) + " x " +
                       name_of(turn, each.line.sku);
    }
    return missing;
}

void finish_pick(Turn& turn, const std::vector<JobLine>& lines) {
    const auto first = lines.front().order;
    for (const auto& order : turn.books.orders_of_job(first)) {
        set_state(turn, order, OrderState::picked, turn.station.operator_id, "");
        channel_event(turn, order, FloorEvent::picked);
    }
    turn.accept("picked", {{"order", number_of(first)}});
    leave_job(turn);
}

void nothing_left(Turn& turn, const Order& order) {
    set_state(turn, order, OrderState::backordered, turn.station.operator_id, "nothing in stock");
    turn.attention("all_short", {{"order", number_of(order)}});
    leave_job(turn);
}

}  // namespace

void close_contents(Turn& turn) {
    if (turn.station.stage == Stage::weighing) return turn.accept("weigh_now");
    if (turn.station.stage != Stage::items) return turn.refuse("nothing_to_close");
    const auto lines = lines_now(turn);
    if (const auto missing = missing_lines(turn, lines); !missing.empty())
        return turn.refuse("not_complete", {{"missing", missing}});
    if (turn.station.kind == StationKind::pick) return finish_pick(turn, lines);
    if (std::ranges::all_of(lines, [](const auto& each) { return each.line.packed == 0; }))
        return nothing_left(turn, lines.front().order);

    auto parcel = turn.books.parcel(turn.station.parcel);
    KEMAS_ASSERT(parcel.has_value());
    if (parcel->carton.empty()) return turn.accept("carton_needed");
    parcel->closed_at = turn.now();
    tell_parcel(turn, *parcel, "closed", turn.station.operator_id);
    wait_for_weight(turn, std::move(*parcel));
}

void close_box(Turn& turn) {
    auto parcel = turn.books.parcel(turn.station.parcel);
    if (turn.station.stage != Stage::items || !parcel || turn.station.kind != StationKind::bench)
        return turn.refuse("nothing_to_close");
    if (items_now(turn, parcel->id).empty()) return turn.refuse("box_empty");
    if (missing_lines(turn, lines_now(turn)).empty()) return close_contents(turn);
    if (parcel->arranged == Arranger::channel)
        return turn.refuse("channel_no_split",
                           {{"order", number_of(lines_now(turn).front().order)}});
    if (parcel->carton.empty()) return turn.accept("carton_needed");
    parcel->closed_at = turn.now();
    tell_parcel(turn, *parcel, "closed", turn.station.operator_id);
    wait_for_weight(turn, std::move(*parcel));
}

void reopen_contents(Turn& turn) {
    auto parcel = turn.books.parcel(turn.station.parcel);
    if (turn.station.stage != Stage::weighing || !parcel) return turn.refuse("nothing_to_open");
    parcel->closed_at = {};
    turn.change(PutParcel{*parcel});
    turn.station.stage = Stage::items;
    turn.accept("opened", {{"next", next_step(turn, job_lines(turn))}});
}

void use_carton(Turn& turn, const std::string& code) {
    auto parcel = turn.books.parcel(turn.station.parcel);
    const auto carton = turn.books.carton(code);
    if (!carton) return turn.refuse("unknown_carton", {{"carton", code}});
    if (!parcel || (turn.station.stage != Stage::items && turn.station.stage != Stage::weighing))
        return turn.refuse("open_first");
    parcel->carton = carton->code;
    turn.change(PutParcel{*parcel});
    const auto lines = job_lines(turn);
    const bool complete =
        std::ranges::all_of(lines, [&](const auto& l) { return left_to_do(turn, l.line) <= 0; });
    if (turn.station.stage == Stage::items && complete) {
        parcel->closed_at = turn.now();
        tell_parcel(turn, *parcel, "closed", turn.station.operator_id);
        return wait_for_weight(turn, std::move(*parcel));
    }
    turn.accept("carton_ok", {{"carton", carton->name}, {"next", next_step(turn, lines)}});
}

}  // namespace kemas
