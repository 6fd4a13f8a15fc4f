// Labels that were asked for and are not known to be on paper.
#include <algorithm>

#include "core/floor/flows.hpp"

namespace kemas {

Policy::Print print_policy(const Turn& turn) {
    const auto own = turn.policy.print_at.find(turn.station.name);
    return own == turn.policy.print_at.end() ? turn.policy.print : own->second;
}

std::string label_owed(const Turn& turn) {
    if (turn.station.stage != Stage::label || !turn.station.parcel) return "";
    const auto parcel = turn.books.parcel(turn.station.parcel);
    if (!parcel || parcel->revision == 0 || parcel->printed_at.value || parcel->staged_at.value ||
        parcel->voided_at.value)
        return "";
    // A printer that tells no count has taken it: the label's scan is the proof, at the latest on
    // the dock. Only who wants every label confirmed here waits for that.
    const auto effects = turn.books.effects_of(parcel->id);
    const auto print = std::find_if(effects.rbegin(), effects.rend(), [](const auto& effect) {
        return effect.kind == EffectKind::print_label;
    });
    const bool taken = print != effects.rend() && print->state == EffectState::sent;
    if (taken && print_policy(turn) == Policy::Print::lenient) return "";
    return number_of(*parcel);
}

}  // namespace kemas
