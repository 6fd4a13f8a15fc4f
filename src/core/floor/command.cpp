// Command barcodes: the bench needs no keyboard.
#include <array>
#include <charconv>

#include "core/floor/flows.hpp"
#include "core/floor/supervisor.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

constexpr const char* known_verbs =
    "qty:N, lot:code, done, box, undo, open, short:reason, carton:code, tote:code, "
    "weight:grams:reason, override:reason, reprint:reason, cancel:reason, hold:reason, leave, no, "
    "manifest:courier, labels:N, last, logout";

std::string arg(const barcode::Command& command, std::size_t i) {
    return i < command.args.size() ? command.args[i] : std::string{};
}

std::int64_t number(const std::string& text) {  // -1 = not a whole number
    std::int64_t value = -1;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    return ec == std::errc{} && end == text.data() + text.size() ? value : -1;
}

void add_quantity(Turn& turn, const std::string& text) {
    const auto total = number(text);
    if (total < 1 || total > 100000) return turn.refuse("bad_quantity", {{"text", text}});
    const auto& last = turn.station.last_pick;
    if (turn.station.stage != Stage::items || last.quantity == 0)
        return turn.refuse("quantity_needs_item");
    for (const auto& [order, line] : job_lines(turn)) {
        if (order.id != last.order || line.no != last.line_no) continue;
        // The scan counted already: `qty:5` means five in all.
        if (total <= last.quantity)
            return turn.refuse("quantity_counted", {{"done", std::to_string(last.quantity)}});
        return on_item(turn, line.sku, total - last.quantity, last.marks);
    }
    turn.refuse("quantity_needs_item");
}

void sign_out(Turn& turn) {
    turn.station.operator_id.clear();
    turn.accept("signed_out");
}

// The job is put aside as it stands; any bench may open it again.
void leave_here(Turn& turn) {
    const auto order = turn.books.order(turn.station.order);
    const auto name = order ? number_of(*order) : "-";
    const auto owed = label_owed(turn);
    if (!owed.empty() && print_policy(turn) == Policy::Print::strict)
        return turn.refuse("label_first", {{"tracking", owed}});
    leave_job(turn);
    if (!owed.empty()) return turn.attention("left_owed", {{"order", name}, {"tracking", owed}});
    turn.accept("left", {{"order", name}});
}

void typed_weight(Turn& turn, const barcode::Command& command) {
    const auto weight_g = number(arg(command, 0));
    if (weight_g < 1 || weight_g > 1000000)
        return turn.refuse("bad_weight", {{"text", arg(command, 0)}});
    if (turn.station.stage != Stage::weighing) return turn.refuse("nothing_to_weigh");
    if (arg(command, 1).empty()) return turn.refuse("reason_needed", {{"verb", "weight"}});
    ask_supervisor(turn, "weight", std::to_string(weight_g) + ":" + arg(command, 1));
}

void override_weight(Turn& turn, const std::string& reason) {
    if (turn.station.stage != Stage::weighing) return turn.refuse("nothing_to_weigh");
    if (reason.empty()) return turn.refuse("reason_needed", {{"verb", "override"}});
    ask_supervisor(turn, "override", reason);
}

// `labels:100`, `labels:100:shopee`, `labels:100:shopee:SPX`
void ask_labels(Turn& turn, const barcode::Command& command) {
    const auto most = number(arg(command, 0));
    if (most < 1 || most > most_run_labels)
        return turn.refuse("bad_run_size",
                           {{"text", arg(command, 0)}, {"most", std::to_string(most_run_labels)}});
    on_label_run_asked(
        turn, {arg(command, 1), arg(command, 2), static_cast<int>(most), turn.station.operator_id});
}

void ask_reprint(Turn& turn, const std::string& reason) {
    if (reason.empty()) return turn.refuse("reason_needed", {{"verb", "reprint"}});
    if (!turn.station.parcel || turn.station.stage != Stage::label)
        return turn.refuse("nothing_to_reprint");
    if (turn.policy.reprint == Policy::Right::supervisor)
        return ask_supervisor(turn, "reprint", reason);
    reprint_here(turn, reason, turn.station.operator_id);
}

}  // namespace

void on_command(Turn& turn, const barcode::Command& command) {
    const auto& verb = command.verb;
    if (verb == "logout") return sign_out(turn);
    if (turn.station.kind == StationKind::returns) return on_returned_command(turn, command);
    if (verb == "manifest") return close_manifest(turn, arg(command, 0));
    if (verb == "labels") return ask_labels(turn, command);
    if (verb == "last") return ask_last_label(turn, arg(command, 0));
    if (turn.station.stage == Stage::idle) return turn.refuse("open_first");
    if (verb == "qty") return add_quantity(turn, arg(command, 0));
    if (verb == "done") return close_contents(turn);
    if (verb == "box") return close_box(turn);
    if (verb == "undo") return undo_last_pick(turn);
    if (verb == "open") return reopen_contents(turn);
    if (verb == "lot") return use_lot(turn, arg(command, 0));
    if (verb == "short") return short_pick(turn, arg(command, 0));
    if (verb == "carton") return use_carton(turn, arg(command, 0));
    if (verb == "tote") return open_tote(turn, arg(command, 0));
    if (verb == "weight") return typed_weight(turn, command);
    if (verb == "override") return override_weight(turn, arg(command, 0));
    if (verb == "reprint") return ask_reprint(turn, arg(command, 0));
    if (verb == "cancel") return cancel_here(turn, arg(command, 0));
    if (verb == "hold") return hold_here(turn, arg(command, 0));
    if (verb == "leave") return leave_here(turn);
    if (verb == "no") {
        turn.station.asked.clear();
        return turn.accept("never_mind", {{"next", next_step(turn, job_lines(turn))}});
    }
    turn.refuse("unknown_command", {{"verb", verb}, {"known", known_verbs}});
}

}  // namespace kemas
