// The scale's verdicts: a weight is taken once, from a settling that no parcel used before.
#include <algorithm>

#include "core/floor/flows.hpp"
#include "core/rules/rules.hpp"
#include "core/weighing/verdict.hpp"

namespace kemas {
namespace {

using weighing::VerdictKind;

std::string_view name_of(VerdictKind kind) {
    switch (kind) {
        case VerdictKind::ok:
            return "ok";
        case VerdictKind::too_light:
            return "too light";
        case VerdictKind::too_heavy:
            return "too heavy";
        case VerdictKind::unknown:
            break;
    }
    return "unknown";
}

std::string grams_text(Milligrams mass) {
    const auto value = mass.abs().value;
    return std::to_string((value + 500) / 1000) + " g";
}

weighing::Contents contents_of(const Turn& turn, const Parcel& parcel) {
    weighing::Contents contents;
    for (const auto& item : items_now(turn, parcel.id)) {
        if (item.quantity <= 0) continue;
        const auto known = std::ranges::find(contents.items, item.sku, &weighing::ItemWeight::sku);
        if (known != contents.items.end()) {
            known->quantity += item.quantity;
            continue;
        }
        const auto sku = turn.books.sku(item.sku);
        weighing::ItemWeight weight;
        weight.sku = item.sku;
        weight.name = sku ? sku->name : "";
        weight.quantity = item.quantity;
        weight.mean = sku ? sku->weight : Milligrams{};
        weight.spread = sku ? sku->spread : Milligrams{};
        weight.known = sku && sku->weight.value > 0;
        contents.items.push_back(std::move(weight));
    }
    if (const auto carton = turn.books.carton(parcel.carton)) {
        contents.tare = carton->tare;
        contents.tare_spread = carton->tare_spread;
    }
    return contents;
}

weighing::Verdict judge_parcel(const Turn& turn, const Parcel& parcel, Milligrams gross) {
    weighing::Policy policy;
    policy.k_sigma_tenths = turn.policy.sigma_tenths;
    policy.min_tolerance = turn.policy.tolerance_min;
    policy.max_tolerance = turn.policy.tolerance_max;
    return weighing::judge(contents_of(turn, parcel), gross, turn.station.load.division, policy);
}

std::string cause_text(const Turn& turn, const weighing::Verdict& verdict) {
    if (!verdict.cause) return "-";
    const auto& cause = *verdict.cause;
    if (cause.swapped_with) return cause.sku + " / " + *cause.swapped_with;
    return std::to_string(cause.units < 0 ? -cause.units : cause.units) + " x " +
           name_of(turn, cause.sku);
}

void record(Turn& turn, const Parcel& parcel, const weighing::Verdict& verdict, Milligrams gross,
            const std::string& source, const std::string& by, const std::string& reason) {
    PutWeighing record;
    record.parcel = parcel.id;
    record.source = source;
    record.raw = turn.station.load.raw;
    record.verdict = std::string(name_of(verdict.kind));
    record.by = by;
    record.reason = reason;
    record.gross = gross;
    record.expected = verdict.expected;
    record.tolerance = verdict.tolerance;
    record.division = turn.station.load.division;
    turn.change(std::move(record));
}

// Judges what lies on the scale against what should be inside.
void take_weight(Turn& turn, Parcel parcel) {
    auto& load = turn.station.load;
    const auto verdict = judge_parcel(turn, parcel, load.gross);
    load.used = load.settling;
    parcel.expected = verdict.expected;
    parcel.tolerance = verdict.tolerance;
    const auto source = "scale " + load.scale;
    if (verdict.kind == VerdictKind::ok || verdict.kind == VerdictKind::unknown)
        return accept_weight(turn, std::move(parcel), load.gross, source, "", "");
    record(turn, parcel, verdict, load.gross, source, turn.station.operator_id, "");
    turn.change(PutParcel{parcel});
    const bool light = verdict.kind == VerdictKind::too_light;
    turn.attention(light ? "too_light" : "too_heavy",
                   {{"difference", grams_text(verdict.difference)},
                    {"expected", grams_text(verdict.expected)},
                    {"measured", grams_text(load.gross)},
                    {"cause", cause_text(turn, verdict)}});
}

}  // namespace

void wait_for_weight(Turn& turn, Parcel parcel) {
    turn.station.stage = Stage::weighing;
    turn.station.last_pick = {};
    const auto& load = turn.station.load;
    if (load.settling > load.used && load.fault.empty())
        return take_weight(turn, std::move(parcel));
    turn.change(PutParcel{std::move(parcel)});
    // What was packed is recorded all the same; the scale may speak when the parcel lies there.
    if (!load.fault.empty()) return turn.accept("weigh_no_scale", {{"why", load.fault}});
    turn.accept("weigh_now");
}

void on_load_settled(Turn& turn, const LoadSettled& in) {
    auto& load = turn.station.load;
    const bool still_there =
        load.taken.value > 0 && (in.gross - load.taken).abs() <= in.division * 2;
    load = {in.scale, in.settling, in.gross, in.division, in.raw, "", load.used, load.taken};
    if (still_there)
        load.used = in.settling;
    else
        load.taken = {};
    if (turn.station.stage != Stage::weighing || refuse_if_stopped(turn)) return;
    if (still_there) return turn.attention("lift_parcel");
    auto parcel = turn.books.parcel(turn.station.parcel);
    if (parcel && load.settling > load.used) take_weight(turn, std::move(*parcel));
}

void on_load_disturbed(Turn& turn, const LoadDisturbed& in) {
    auto& load = turn.station.load;
    load.fault.clear();  // it speaks again
    // A driver that starts anew counts its settlings from 1: none before it may outrank them.
    if (in.settling == 0) load.settling = load.used = 0;
    if (in.settling == 0 || load.settling != in.settling) return;
    load.used = load.settling;
    load.taken = {};
}

void on_scale_failed(Turn& turn, const ScaleFailed& in) {
    auto& load = turn.station.load;
    load.scale = in.scale;
    load.fault = in.why;
    load.used = load.settling;
    if (turn.station.stage == Stage::weighing) turn.attention("scale_fault", {{"why", in.why}});
}

void accept_weight(Turn& turn, Parcel parcel, Milligrams gross, const std::string& source,
                   const std::string& by, const std::string& reason) {
    const auto verdict = judge_parcel(turn, parcel, gross);
    record(turn, parcel, verdict, gross, source, by.empty() ? turn.station.operator_id : by,
           reason);
    // After a scale fault or a restart a parcel still lying there settles anew: it must not be the
    // next one's weight.
    if (gross == turn.station.load.gross) turn.station.load.taken = gross;
    parcel.gross = gross;
    parcel.expected = verdict.expected;
    parcel.tolerance = verdict.tolerance;
    parcel.weight_source = source;
    parcel.weighed_at = turn.now();
    tell_parcel(turn, parcel, "weighed", turn.station.operator_id);
    ask_for_label(turn, std::move(parcel));
}

void type_weight(Turn& turn, std::int64_t weight_g, const std::string& reason,
                 const std::string& by) {
    auto parcel = turn.books.parcel(turn.station.parcel);
    if (turn.station.stage != Stage::weighing || !parcel) return turn.refuse("nothing_to_weigh");
    accept_weight(turn, std::move(*parcel), grams(weight_g), "typed by " + by, by, reason);
}

void override_verdict(Turn& turn, const std::string& reason, const std::string& by) {
    auto parcel = turn.books.parcel(turn.station.parcel);
    const auto& load = turn.station.load;
    if (turn.station.stage != Stage::weighing || !parcel) return turn.refuse("nothing_to_weigh");
    if (load.settling == 0 || !load.fault.empty() || parcel->expected.value == 0)
        return turn.refuse("weigh_before_override");
    accept_weight(turn, std::move(*parcel), load.gross, "override by " + by, by, reason);
}

}  // namespace kemas
