// Packages of shipments that a channel arranges: which calls their events ask for, and what the
// channel's answers make of them.
#pragma once

#include <string>

#include "core/floor/turn.hpp"

namespace kemas {

// packages.cpp
bool is_channel_act(EffectKind kind);
EffectKind act_of(ChannelCall call);
ChannelCall call_of(EffectKind kind);  // of a channel act
// Something happened to a parcel: the calls that its channel wants then are asked for, in order.
void channel_event(Turn& turn, const Order& order, const Parcel& parcel, FloorEvent event);
void channel_event(Turn& turn, const Order& order, FloorEvent event);  // to all its parcels
// What a person must have settled when a held order goes on.
void clear_trouble(Turn& turn, const Order& order);
// The package of a parcel with this turn's changes; none = its channel has no service of its own.
std::optional<ChannelPackage> package_now(const Turn& turn, ParcelId id);
// Why this parcel has no label yet, for the packer; only of one with a package.
std::string why_no_label(const ChannelPackage& package);
// Why nothing of ours may number, price or draw this shipment; "" = it is ours to arrange.
std::string refusal_of_ours(const Turn& turn, const Parcel& parcel);

// package_answers.cpp
void on_package_told(Turn& turn, const PackageTold& in);
void on_package_parameters_told(Turn& turn, const PackageParametersTold& in);
void on_package_label_told(Turn& turn, const PackageLabelTold& in);
void on_package_refused(Turn& turn, const PackageRefused& in);
// Takes over what the channel declares of the package, weight and size each when it tells it;
// whether anything is new.
bool hear_declared(ChannelPackage& package, const PackageState& told);

// package_changes.cpp: what the channel or a person changes under way
void on_package_unasked(Turn& turn, const PackageTold& in);
void on_slot_change_asked(Turn& turn, const SlotChangeAsked& in);
// The channel arranged it anew: the label made before is void, number and label are asked for.
void arranged_anew(Turn& turn, ChannelPackage& package, Parcel& parcel, const PackageState& told);

// The common inputs of acts: see effects.cpp.
std::string unwanted_call(const Turn& turn, const EffectRow& effect);
void on_call_started(Turn& turn, const EffectRow& effect);
void on_call_unwanted(Turn& turn, const EffectRow& effect);
void on_call_unknown(Turn& turn, const EffectRow& effect, const std::string& detail);
void on_call_resolved(Turn& turn, const EffectRow& effect, const EffectResolved& in);

// The next call the package waits for, planned when there is none under way.
void go_on(Turn& turn, ChannelPackage& package, const Order& order, const Parcel& parcel);

}  // namespace kemas
