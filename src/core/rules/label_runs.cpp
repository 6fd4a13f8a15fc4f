// Many labels in one go, in pick order. A run that breaks waits for one answer: which label is the
// last in hand. Those up to it are on paper; of those after it only bytes that never left the
// daemon are printed without a mark.
#include <algorithm>

#include "core/rules/rules.hpp"

namespace kemas {
namespace {

constexpr const char* last_label = "last_label";  // the question a station asks

std::string number_text(std::int64_t value) {
    return std::to_string(value);
}

bool bytes_left(const std::vector<EffectRow>& effects, int revision) {
    return std::ranges::any_of(effects, [&](const auto& effect) {
        return effect.kind == EffectKind::print_label && effect.revision == revision &&
               effect.started_at.value > 0;
    });
}

bool under_way(const std::vector<EffectRow>& effects) {
    return std::ranges::any_of(effects, [](const auto& effect) {
        return is_paper_act(effect.kind) &&
               (effect.state == EffectState::planned || effect.state == EffectState::started);
    });
}

// Whether paper came of it nobody has said yet.
bool open_to_doubt(const EffectRow& effect) {
    return effect.state == EffectState::unknown || effect.state == EffectState::sent;
}

struct Settled {
    int on_paper = 0, unmarked = 0, marked = 0;
};

void confirm(Turn& turn, Parcel parcel, const std::vector<EffectRow>& effects,
             const std::string& by) {
    for (const auto& effect : effects)
        if (effect.kind == EffectKind::print_label && open_to_doubt(effect))
            turn.change(
                SetEffect{effect.id, EffectState::resolved, "done: said by the last label", by});
    if (!parcel.printed_at.value) parcel.printed_at = turn.now();
    turn.change(PutParcel{parcel});
}

void print_rest(Turn& turn, const LabelRun& run, Parcel parcel,
                const std::vector<EffectRow>& effects, const std::string& by, Settled& count) {
    if (!parcel.labelled_at.value || under_way(effects)) return;  // it is still being drawn
    if (!bytes_left(effects, parcel.revision)) {
        ++count.unmarked;
        turn.plan(
            {EffectKind::print_label, run.station, run.device, parcel.id, parcel.revision, ""});
        return;
    }
    ++count.marked;
    const auto reason = "run " + number_text(run.id.value) + " broke";
    for (const auto& effect : effects)
        if (open_to_doubt(effect))
            turn.change(SetEffect{effect.id, EffectState::resolved, "failed: " + reason, by});
    parcel.reprints += 1;
    parcel.revision += 1;
    parcel.printed_at = {};
    turn.change(PutParcel{parcel});
    turn.plan(
        {EffectKind::prepare_label, run.station, run.device, parcel.id, parcel.revision, reason});
    const auto place = turn.books.run_place_of(parcel.id);
    turn.change(PutRunLabel{run.id, {place ? place->place : 0, parcel.id, parcel.revision}});
}

void settle(Turn& turn, LabelRun run, int last, const std::string& by) {
    Settled count;
    for (const auto& label : turn.books.run_labels(run.id)) {
        const auto parcel = turn.books.parcel(label.parcel);
        if (!parcel || parcel->revision != label.revision || parcel->staged_at.value) continue;
        const auto effects = turn.books.effects_of(parcel->id);
        // What never left the daemon cannot be on paper, whatever is said.
        if (label.place <= last && bytes_left(effects, label.revision)) {
            ++count.on_paper;
            confirm(turn, *parcel, effects, by);
        } else {
            print_rest(turn, run, *parcel, effects, by, count);
        }
    }
    run.settled_at = turn.now();
    turn.change(PutLabelRun{run});
    turn.station.asked.clear();
    turn.accept("run_settled", {{"run", number_text(run.id.value)},
                                {"printed", number_text(count.on_paper)},
                                {"again", number_text(count.unmarked)},
                                {"marked", number_text(count.marked)}});
}

}  // namespace

void on_label_run_asked(Turn& turn, const LabelRunAsked& in) {
    if (turn.station.printer.empty())
        return turn.refuse("no_printer", {{"station", turn.station.name}});
    if (const auto broken = turn.books.broken_run(turn.station.name))
        return turn.refuse("run_broken_before", {{"run", number_text(broken->id.value)}});
    const auto parcels = turn.books.parcels_to_label(in.channel, in.courier,
                                                     std::clamp(in.most, 1, most_run_labels));
    if (parcels.empty()) return turn.refuse("nothing_to_label");
    LabelRun run;
    run.id = turn.books.next_label_run_id();
    run.station = turn.station.name;
    run.device = turn.station.printer;
    run.by = in.by;
    run.labels = static_cast<int>(parcels.size());
    run.asked_at = turn.now();
    turn.change(PutLabelRun{run});
    int place = 0;
    for (const auto id : parcels) {
        auto parcel = *turn.books.parcel(id);
        parcel.revision += 1;
        turn.change(PutParcel{parcel});
        turn.change(PutRunLabel{run.id, {++place, id, parcel.revision}});
        turn.plan({EffectKind::prepare_label, run.station, run.device, id, parcel.revision, ""});
    }
    turn.accept("label_run",
                {{"run", number_text(run.id.value)}, {"labels", number_text(run.labels)}});
}

void break_run(Turn& turn, const EffectRow& effect, const std::string& why) {
    const auto place = turn.books.run_place_of(effect.parcel);
    auto run = place ? turn.books.label_run(place->run) : std::nullopt;
    if (!run || effect.kind != EffectKind::print_label || run->broken_at > run->settled_at) return;
    const auto labels = turn.books.run_labels(run->id);
    const bool of_it = std::ranges::any_of(labels, [&](const auto& label) {
        return label.parcel == effect.parcel && label.revision == effect.revision;
    });
    if (!of_it) return;
    run->broken = why;
    run->broken_at = turn.now();
    turn.change(PutLabelRun{*run});
    for (const auto& label : labels)
        for (const auto& other : turn.books.effects_of(label.parcel))
            if (other.kind == EffectKind::print_label && other.revision == label.revision &&
                other.state == EffectState::planned)
                turn.change(SetEffect{other.id, EffectState::failed, "its run broke", "kemas"});
    turn.attention("run_broken", {{"run", number_text(run->id.value)},
                                  {"place", number_text(place->place)},
                                  {"of", number_text(place->of)},
                                  {"why", why}});
}

bool waits_for_its_run(const Turn& turn, ParcelId id) {
    const auto place = turn.books.run_place_of(id);
    const auto run = place ? turn.books.label_run(place->run) : std::nullopt;
    return run && run->broken_at > run->settled_at;
}

void on_label_run_settled(Turn& turn, const LabelRunSettled& in) {
    const auto run = turn.books.label_run(in.run);
    if (!run) return turn.refuse("unknown_run", {{"run", number_text(in.run.value)}});
    if (run->broken_at <= run->settled_at)
        return turn.refuse("run_not_broken", {{"run", number_text(in.run.value)}});
    if (in.last < 0 || in.last > run->labels)
        return turn.refuse("not_in_run", {{"run", number_text(in.run.value)}});
    settle(turn, *run, in.last, in.by);
}

void ask_last_label(Turn& turn, const std::string& arg) {
    const auto run = turn.books.broken_run(turn.station.name);
    if (!run) return turn.refuse("no_broken_run");
    if (arg == "none" || arg == "NONE") return settle(turn, *run, 0, turn.station.operator_id);
    turn.station.asked = last_label;
    turn.station.asked_arg = number_text(run->id.value);
    turn.accept("scan_last_label", {{"run", number_text(run->id.value)}});
}

bool answer_last_label(Turn& turn, ParcelId id) {
    if (turn.station.asked != last_label) return false;
    const LabelRunId run{std::stoll(turn.station.asked_arg)};
    const auto row = turn.books.label_run(run);
    const auto labels = turn.books.run_labels(run);
    const auto found = std::ranges::find(labels, id, &RunLabel::parcel);
    if (!row || row->broken_at <= row->settled_at || found == labels.end()) {
        turn.refuse("not_in_run", {{"run", turn.station.asked_arg}});
        return true;
    }
    settle(turn, *row, found->place, turn.station.operator_id);
    return true;
}

}  // namespace kemas
