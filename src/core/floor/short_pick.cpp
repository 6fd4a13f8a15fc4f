// Less on the shelf than asked. The reason says what became of the stock; another place is tried
// before the customer goes short (floor-behaviours.md, 9 and 10).
#include <algorithm>
#include <array>

#include "core/floor/flows.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

constexpr std::array<std::string_view, 5> reasons{"stock_out", "damaged", "expired", "not_found",
                                                  "other"};

// The line in question: the one last picked while it is incomplete, else the next open one.
const JobLine* line_in_question(const Turn& turn, const std::vector<JobLine>& lines) {
    const auto& last = turn.station.last_pick;
    for (const auto& each : lines)
        if (each.order.id == last.order && each.line.no == last.line_no &&
            left_to_do(turn, each.line) > 0)
            return &each;
    for (const auto& each : lines)
        if (left_to_do(turn, each.line) > 0) return &each;
    return nullptr;
}

// What the shelf does not have: reservation back, and what nobody else holds leaves the stock.
void empty_shelf(Turn& turn, const JobLine& each, const Reservation& place,
                 const std::string& reason) {
    turn.change(Reserve{each.order.id, each.line.no, place.location, each.line.sku, place.lot,
                        -place.quantity});
    const auto stock = turn.books.stock_at(place.location, each.line.sku, place.lot);
    const auto others = stock ? stock->reserved - place.quantity : 0;
    const auto gone = stock ? stock->quantity - std::max<std::int64_t>(0, others) : 0;
    if (gone > 0)
        turn.change(MoveStock{each.line.sku, place.lot, place.location, "", gone,
                              "short: " + reason, each.order.id, each.line.no});
}

std::optional<std::string> other_place(Turn& turn, const JobLine& each, std::int64_t units,
                                       const std::vector<Reservation>& tried) {
    for (const auto& place : good_places(turn, each.line.sku)) {
        const bool was_tried = std::ranges::any_of(tried, [&](const auto& t) {
            return t.location == place.location && t.lot == place.lot;
        });
        if (was_tried || place.free() < units) continue;
        turn.change(
            Reserve{each.order.id, each.line.no, place.location, each.line.sku, place.lot, units});
        return place.location;
    }
    return std::nullopt;
}

}  // namespace

void short_pick(Turn& turn, const std::string& reason) {
    if (turn.station.stage != Stage::items) return turn.refuse("open_first");
    if (std::ranges::find(reasons, reason) == reasons.end())
        return turn.refuse("short_reason",
                           {{"known", "stock_out, damaged, expired, not_found, other"}});
    auto lines = job_lines(turn);
    const auto* each = line_in_question(turn, lines);
    if (!each) return turn.refuse("nothing_short");

    const auto missing = left_to_do(turn, each->line);
    const auto tried = turn.books.reservations(each->order.id, each->line.no);
    for (const auto& place : tried) empty_shelf(turn, *each, place, reason);
    if (const auto other = other_place(turn, *each, missing, tried))
        return turn.accept("short_other_place", {{"item", name_of(turn, each->line.sku)},
                                                 {"location", *other},
                                                 {"left", std::to_string(missing)}});
    if (each->order.arranged == Arranger::channel) {
        // The channel allows no back-order: a person answers the buyer, nothing is shipped short.
        const auto why =
            "short " + std::to_string(missing) + " x " + each->line.sku + ": " + reason;
        set_state(turn, each->order, OrderState::on_hold, turn.station.operator_id, why);
        turn.attention("short_hold", {{"order", number_of(each->order)},
                                      {"reason", why},
                                      {"rack", turn.policy.cancel_rack}});
        return leave_job(turn);
    }
    Line line = each->line;
    line.short_ += missing;
    turn.change(SetLine{each->order.id, line});
    turn.fact(line_fact(each->order, line, "short", turn.station.operator_id));
    for (auto& mine : lines)
        if (mine.order.id == each->order.id && mine.line.no == line.no) mine.line = line;
    const bool complete =
        std::ranges::all_of(lines, [&](const auto& l) { return left_to_do(turn, l.line) <= 0; });
    if (complete) return close_contents(turn);
    turn.accept("short_ok", {{"item", name_of(turn, line.sku)},
                             {"missing", std::to_string(missing)},
                             {"next", next_step(turn, lines)}});
}

}  // namespace kemas
