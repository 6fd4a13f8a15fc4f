// Reads a code, finds what it means at this station now, and hands it on.
#include "core/barcode/scan.hpp"

#include <algorithm>

#include "core/floor/flows.hpp"
#include "core/floor/supervisor.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

std::vector<CodeMeaning> meanings_of(const Turn& turn, const barcode::Scan& scan) {
    auto found = turn.books.meanings(scan.text);
    if (found.empty() && scan.gtin14) found = turn.books.meanings(*scan.gtin14);
    if (scan.gs1 && scan.gs1->count())
        for (auto& meaning : found)
            if (meaning.kind == CodeKind::sku) meaning.quantity *= *scan.gs1->count();
    return found;
}

const CodeMeaning* find(const std::vector<CodeMeaning>& meanings, CodeKind kind) {
    const auto it = std::ranges::find(meanings, kind, &CodeMeaning::kind);
    return it == meanings.end() ? nullptr : &*it;
}

std::int64_t id_in(const CodeMeaning& meaning) {
    return std::stoll(meaning.ref);
}

void sign_in(Turn& turn, const CodeMeaning& badge) {
    const auto who = turn.books.operator_by_id(badge.ref);
    const auto name = who ? who->name : badge.ref;
    if (turn.station.operator_id == badge.ref)
        return turn.accept("already_signed_in", {{"name", name}});
    turn.station.operator_id = badge.ref;
    turn.accept(turn.station.order ? "signed_in_open" : "signed_in", {{"name", name}});
}

// One code, several orders (the same number in two channels): the answer asks which.
bool refuse_if_ambiguous(Turn& turn, const std::vector<CodeMeaning>& meanings) {
    std::string choices;
    int count = 0;
    for (const auto& meaning : meanings) {
        if (meaning.kind != CodeKind::order) continue;
        const auto order = turn.books.order({id_in(meaning)});
        if (!order || order->id == turn.station.order) continue;
        choices += (count++ ? ", " : "") + number_of(*order) + " (" + order->key.shop + ")";
    }
    if (count < 2) return false;
    turn.refuse("ambiguous", {{"code", meanings.front().ref}, {"choices", choices}});
    return true;
}

// A label opens or stages; with items still to pack it names the job it belongs to.
void on_job_code(Turn& turn, const std::vector<CodeMeaning>& meanings) {
    if (const auto* label = find(meanings, CodeKind::parcel)) {
        const auto parcel = turn.books.parcel({id_in(*label)});
        if (parcel) return on_label_scanned(turn, *parcel);
    }
    if (refuse_if_ambiguous(turn, meanings)) return;
    if (const auto* tote = find(meanings, CodeKind::tote)) return open_tote(turn, tote->ref);
    if (const auto* order = find(meanings, CodeKind::order))
        return open_order(turn, {id_in(*order)});
    turn.refuse("open_first");
}

bool within_double_scan(const Turn& turn, const std::string& text) {
    return turn.policy.double_scan.value > 0 && turn.station.last_code == text &&
           turn.now().value - turn.station.last_code_at.value < turn.policy.double_scan.value;
}

void on_item_code(Turn& turn, const CodeMeaning& item, const barcode::Scan& scan) {
    const auto& text = scan.text;
    if (turn.station.stage != Stage::items)
        return turn.refuse(turn.station.stage == Stage::weighing ? "weigh_first" : "open_first");
    if (within_double_scan(turn, text)) return turn.refuse("double_scan", {{"code", text}});
    on_item(turn, item.ref, item.quantity, marks_in(turn, scan));
    turn.station.last_code = text;
    turn.station.last_code_at = turn.now();
}

// At the returns desk only labels and items say something.
void on_returns_meaning(Turn& turn, const barcode::Scan& scan,
                        const std::vector<CodeMeaning>& meanings) {
    if (find(meanings, CodeKind::parcel)) return on_job_code(turn, meanings);
    const auto* item = find(meanings, CodeKind::sku);
    if (!item) return turn.refuse("scan_label_here");
    on_returned_item(turn, item->ref, item->quantity, marks_in(turn, scan));
}

// A code of a label that must not leave any more: the refusal names the number that counts.
bool refuse_void_label(Turn& turn, const barcode::Scan& scan,
                       const std::vector<CodeMeaning>& meanings) {
    const auto* old = find(meanings, CodeKind::void_label);
    if (!old || find(meanings, CodeKind::parcel)) return false;
    const auto parcel = turn.books.parcel({id_in(*old)});
    const bool same = parcel && parcel->tracking_number == scan.text;
    if (same)
        turn.refuse("label_void_same", {{"code", scan.text}});
    else
        turn.refuse("label_replaced",
                    {{"code", scan.text}, {"number", parcel ? parcel->tracking_number : "-"}});
    return true;
}

void on_meaning(Turn& turn, const barcode::Scan& scan, const std::vector<CodeMeaning>& meanings) {
    if (turn.station.kind == StationKind::returns) return on_returns_meaning(turn, scan, meanings);
    if (refuse_void_label(turn, scan, meanings)) return;
    if (find(meanings, CodeKind::parcel) || find(meanings, CodeKind::order) ||
        find(meanings, CodeKind::tote))
        return on_job_code(turn, meanings);
    if (const auto* location = find(meanings, CodeKind::location))
        return on_location(turn, location->ref);
    if (const auto* carton = find(meanings, CodeKind::carton)) return use_carton(turn, carton->ref);
    if (const auto* item = find(meanings, CodeKind::sku)) return on_item_code(turn, *item, scan);
}

}  // namespace

void on_scan(Turn& turn, const CodeScanned& in) {
    const auto scan = barcode::read_scan(in.text);
    const auto meanings = scan.command ? std::vector<CodeMeaning>{} : meanings_of(turn, scan);
    const auto* badge = find(meanings, CodeKind::badge);

    if (badge && answer_with_badge(turn, badge->ref)) return;
    if (badge) return sign_in(turn, *badge);
    if (turn.station.operator_id.empty()) return turn.refuse("badge_first");
    if (refuse_if_stopped(turn)) return;
    if (scan.command) return on_command(turn, *scan.command);
    if (const auto* label = find(meanings, CodeKind::parcel);
        label && answer_last_label(turn, {id_in(*label)}))
        return;
    turn.station.asked.clear();
    if (!meanings.empty()) return on_meaning(turn, scan, meanings);
    if (scan.fault)
        return turn.refuse("bad_code", {{"code", scan.text}, {"why", scan.fault->what}});
    if (const auto ask = turn.books.ask_by_number(scan.text); ask && ask->state != AskState::given)
        return turn.refuse("label_void", {{"tracking", scan.text}, {"why", ask->detail}});
    if (!turn.station.order) return turn.refuse("unknown_code_idle", {{"code", scan.text}});
    turn.refuse("unknown_code", {{"code", scan.text}, {"next", next_step(turn, job_lines(turn))}});
}

}  // namespace kemas
