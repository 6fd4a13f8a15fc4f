// What a call to a channel says of its package, as the books have it now. Knows no connection.
#pragma once

#include <optional>

#include "core/books.hpp"
#include "ports/channel.hpp"

namespace kemas::app {

// Nothing when the package is gone.
inline std::optional<PackageAsk> package_ask(const Books& books, const EffectRow& effect) {
    const auto package = books.channel_package(effect.parcel);
    const auto parcel = books.parcel(effect.parcel);
    if (!package || !parcel) return std::nullopt;
    PackageAsk ask;
    ask.package_number = package->package_number;
    ask.method = package->method;
    ask.address = package->address;
    ask.slot = package->slot;
    switch (effect.kind) {
        case EffectKind::change_slot:
            ask.slot = package->slot_asked;
            break;
        case EffectKind::answer_cancel:
            ask.cancel_id = package->cancel_id;
            ask.answer = package->cancel_answer;
            ask.reason = package->cancel_why;
            break;
        case EffectKind::tell_packed:
            ask.at = parcel->closed_at;
            break;
        case EffectKind::tell_ready_to_ship:
            ask.at = parcel->staged_at;
            break;
        case EffectKind::tell_handed_over:
            ask.at = parcel->handed_over_at;
            break;
        default:
            break;
    }
    if (!ask.at.value) ask.at = effect.planned_at;
    return ask;
}

}  // namespace kemas::app
