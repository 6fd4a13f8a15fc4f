// The dock: parcels go to their courier, and the list of what went is closed when the truck leaves.
#include <algorithm>

#include "core/floor/flows.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

bool all_handed_over(const Turn& turn, const Order& order, ParcelId this_one) {
    return std::ranges::all_of(turn.books.parcels_of(order.id), [&](const auto& parcel) {
        return parcel.id == this_one || parcel.voided_at.value || parcel.handed_over_at.value;
    });
}

// The courier's open list, a new one when there is none; this parcel counted.
Manifest joined_manifest(Turn& turn, const std::string& courier) {
    Manifest manifest;
    for (const auto& open : turn.books.open_manifests())
        if (open.courier == courier) manifest = open;
    if (!manifest.id)
        manifest = {
            turn.books.next_manifest_id(), courier, turn.station.name, turn.now(), {}, "", 0};
    ++manifest.parcels;
    return manifest;
}

void hand_over(Turn& turn, Parcel parcel) {
    const auto manifest = joined_manifest(turn, parcel.courier);
    turn.change(PutManifest{manifest});
    parcel.manifest = manifest.id;
    parcel.handed_over_at = turn.now();
    turn.change(PutParcel{parcel});
    tell_parcel(turn, parcel, "handed_over", turn.station.operator_id);
    for (const auto& order : orders_in(turn, parcel))
        if (order.state == OrderState::packed && all_handed_over(turn, order, parcel.id))
            ship(turn, order);
    turn.accept("handed_over", {{"tracking", number_of(parcel)},
                                {"courier", parcel.courier},
                                {"count", std::to_string(manifest.parcels)}});
}

}  // namespace

void ship(Turn& turn, const Order& order) {
    set_state(turn, order, OrderState::shipped, turn.station.operator_id, "");
}

void on_dock_scan(Turn& turn, const Parcel& parcel) {
    if (!parcel.staged_at.value)
        return turn.refuse("not_staged", {{"tracking", number_of(parcel)}});
    if (parcel.handed_over_at.value)
        return turn.refuse("already_handed_over", {{"tracking", number_of(parcel)}});
    hand_over(turn, parcel);
}

void close_manifest(Turn& turn, const std::string& courier) {
    if (turn.station.kind != StationKind::dock) return turn.refuse("only_at_dock");
    std::string open;
    for (auto manifest : turn.books.open_manifests()) {
        open += (open.empty() ? "" : ", ") + manifest.courier + " (" +
                std::to_string(manifest.parcels) + ")";
        if (manifest.courier != courier) continue;
        manifest.closed_at = turn.now();
        manifest.closed_by = turn.station.operator_id;
        turn.change(PutManifest{manifest});
        return turn.accept("manifest_closed", {{"courier", courier},
                                               {"manifest", std::to_string(manifest.id.value)},
                                               {"parcels", std::to_string(manifest.parcels)}});
    }
    turn.refuse("no_manifest", {{"courier", courier.empty() ? "-" : courier},
                                {"open", open.empty() ? "-" : open}});
}

}  // namespace kemas
