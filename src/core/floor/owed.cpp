// Labels that were asked for and are not known to be on paper.
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
    return number_of(*parcel);
}

}  // namespace kemas
