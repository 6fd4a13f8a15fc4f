// An order, tote or label becomes the station's job; a stopped job is given back.
#include "core/floor/flows.hpp"
#include "core/rules/packages.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

// Another order of the same parcel was cancelled: its goods must come out before work goes on.
bool tell_what_to_take_out(Turn& turn) {
    auto parcel = turn.books.parcel(turn.station.parcel);
    if (!parcel || parcel->hold.empty()) return false;
    turn.attention("take_out", {{"items", parcel->hold}, {"rack", turn.policy.cancel_rack}});
    parcel->hold.clear();
    turn.change(PutParcel{*parcel});
    return true;
}

// The parcel under way for this job, if one was opened before (label first, or after a hold).
std::optional<Parcel> open_parcel(const Turn& turn, OrderId order) {
    for (const auto& parcel : turn.books.parcels_of(order))
        if (!parcel.staged_at.value && !parcel.voided_at.value) return parcel;
    return std::nullopt;
}

Parcel new_parcel(Turn& turn, const Order& order) {
    Parcel parcel;
    parcel.id = turn.new_parcel_id();
    parcel.order = order.id;
    parcel.arranged = order.arranged;
    parcel.no = static_cast<int>(turn.books.parcels_of(order.id).size()) + 1;
    return parcel;
}

void start_parcel(Turn& turn, const Order& order) {
    auto parcel = open_parcel(turn, order.id).value_or(Parcel{});
    if (!parcel.id) parcel = new_parcel(turn, order);
    parcel.station = turn.station.name;
    if (parcel.carton.empty()) parcel.carton = turn.policy.default_carton;
    turn.station.parcel = parcel.id;
    turn.change(PutParcel{parcel});
}

void begin_work(Turn& turn, const Order& order) {
    const bool bench = turn.station.kind == StationKind::bench;
    const auto state = bench ? OrderState::packing : OrderState::picking;
    for (const auto& each : turn.books.orders_of_job(order))
        if (each.state != state) {
            set_state(turn, each, state, turn.station.operator_id, "");
            channel_event(turn, each, FloorEvent::picking);
        }
    if (bench) start_parcel(turn, order);
}

// A parcel closed earlier goes on where it stopped: at the scale, or at its label.
void resume(Turn& turn, const Order& order) {
    const auto parcel = open_parcel(turn, order.id);
    if (turn.station.kind != StationKind::bench || !parcel || !parcel->closed_at.value) {
        turn.station.stage = Stage::items;
        return turn.accept("order_open", {{"order", number_of(order)},
                                          {"next", next_step(turn, job_lines(turn))}});
    }
    auto again = *parcel;
    again.station = turn.station.name;
    if (!again.weighed_at.value) return wait_for_weight(turn, std::move(again));
    ask_for_label(turn, std::move(again));
}

// The label of the open parcel may or may not be on paper: the question comes again until it is
// settled.
bool ask_about_label(Turn& turn) {
    for (const auto& effect : turn.books.effects_of(turn.station.parcel)) {
        if (effect.state != EffectState::unknown || effect.kind != EffectKind::print_label)
            continue;
        const auto parcel = turn.books.parcel(effect.parcel);
        turn.attention("print_unknown", {{"printer", effect.device},
                                         {"tracking", parcel ? parcel->tracking_number : "-"},
                                         {"detail", effect.detail}});
        return true;
    }
    return false;
}

// The number came while the parcel lay at another bench: its label is asked for now.
bool go_on_at_label(Turn& turn) {
    auto parcel = turn.books.parcel(turn.station.parcel);
    if (turn.station.stage != Stage::label || !parcel || parcel->labelled_at.value ||
        parcel->tracking_number.empty())
        return false;
    ask_for_label(turn, std::move(*parcel));
    return true;
}

}  // namespace

void leave_job(Turn& turn) {
    turn.station.stage = Stage::idle;
    turn.station.order = {};
    turn.station.parcel = {};
    turn.station.location.clear();
    turn.station.lot.clear();
    turn.station.last_pick = {};
    turn.station.asked.clear();
}

bool refuse_if_stopped(Turn& turn) {
    if (!turn.station.order) return false;
    const auto order = turn.books.order(turn.station.order);
    if (!order) return false;
    if (!is_stopped(order->state))
        return !order->combine_group.empty() && tell_what_to_take_out(turn);
    refuse_stopped(turn, *order);
    leave_job(turn);
    return true;
}

void open_order(Turn& turn, OrderId id) {
    const auto order = turn.books.order(id);
    if (!order)
        return turn.refuse("unknown_code", {{"code", std::to_string(id.value)}, {"next", "-"}});
    if (turn.station.order == id && ask_about_label(turn)) return;
    if (turn.station.order == id && go_on_at_label(turn)) return;
    if (turn.station.order == id)
        return turn.accept("already_open", {{"order", number_of(*order)},
                                            {"next", next_step(turn, job_lines(turn))}});
    if (turn.station.kind == StationKind::dock) return turn.refuse("scan_label_here");
    if (turn.station.stage == Stage::items || turn.station.stage == Stage::weighing) {
        const auto current = turn.books.order(turn.station.order);
        return turn.refuse("finish_first", {{"order", current ? number_of(*current) : "-"},
                                            {"scanned", number_of(*order)}});
    }
    if (is_stopped(order->state)) return refuse_stopped(turn, *order);
    if (order->state == OrderState::backordered)
        return turn.refuse("order_backordered",
                           {{"order", number_of(*order)}, {"reason", order->reason}});
    if (!is_open(order->state) || order->state == OrderState::packed)
        return turn.refuse("order_finished", {{"order", number_of(*order)},
                                              {"state", std::string(to_text(order->state))}});
    if (order->state == OrderState::picked && turn.station.kind == StationKind::pick)
        return turn.refuse("already_picked", {{"order", number_of(*order)}});
    if (const auto where = turn.books.busy_station(id);
        !where.empty() && where != turn.station.name)
        return turn.refuse("open_elsewhere", {{"order", number_of(*order)}, {"station", where}});
    const auto owed = label_owed(turn);
    if (!owed.empty() && print_policy(turn) == Policy::Print::strict)
        return turn.refuse("label_first", {{"tracking", owed}});
    leave_job(turn);
    turn.station.order = id;
    begin_work(turn, *order);
    resume(turn, *order);
    // Never silent: whoever goes on hears which label is still owed.
    if (!owed.empty() && turn.decision.answer.code == "order_open")
        turn.attention("order_open_owed", {{"order", number_of(*order)},
                                           {"next", next_step(turn, job_lines(turn))},
                                           {"tracking", owed}});
}

void open_tote(Turn& turn, const std::string& tote) {
    if (tote.empty() || tote.size() > 64) return turn.refuse("tote_empty", {{"tote", tote}});
    const auto inside = turn.books.order_in_tote(tote);
    const bool picking =
        turn.station.kind == StationKind::pick && turn.station.stage == Stage::items;
    if (!picking) {
        if (!inside) return turn.refuse("tote_empty", {{"tote", tote}});
        return open_order(turn, inside);
    }
    if (inside && inside != turn.station.order) {
        const auto other = turn.books.order(inside);
        return turn.refuse("tote_taken",
                           {{"tote", tote}, {"order", other ? number_of(*other) : "-"}});
    }
    turn.change(BindTote{tote, turn.station.order});
    turn.accept("tote_bound", {{"tote", tote}, {"next", next_step(turn, job_lines(turn))}});
}

}  // namespace kemas
