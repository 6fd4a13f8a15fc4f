// Tracking numbers of parcels that we ship: from a pool, counted by us, or bought of a courier's
// service, each once.
#pragma once

#include <string>

#include "core/floor/turn.hpp"

namespace kemas {

struct NumberStep {
    enum class Kind { here, coming, none };
    Kind kind = Kind::none;
    std::string why;  // none: what is missing, with the next step
};
// The number of a parcel whose courier and service are chosen. `coming`: it is asked for.
NumberStep number_for(Turn& turn, Parcel& parcel);
// Whether the courier may still be chosen: nothing was given, asked or promised yet.
bool may_choose_courier(const Turn& turn, const Parcel& parcel);
// What the site ships with while this courier is down; nothing when it is not, or says nothing.
struct Instead {
    std::string courier, service;
};
std::optional<Instead> instead_of(const Turn& turn, const std::string& courier,
                                  const std::string& service);

// Nobody wants the parcel's number any more: one of the pool goes back, one that was bought is
// voided, one under way is voided when it comes. Its label says nothing from here on.
void give_up_number(Turn& turn, Parcel& parcel, const std::string& why);
bool has_bought_number(const Turn& turn, const Parcel& parcel);
// The number is ours to keep whatever becomes of the label.
bool keeps_number(const Turn& turn, const Parcel& parcel);

void on_number_answered(Turn& turn, const NumberAnswered& in);
void on_number_refused(Turn& turn, const NumberRefused& in);
void on_number_voided(Turn& turn, const NumberVoided& in);
// get_number and void_number, of the common inputs: see effects.cpp.
void on_number_started(Turn& turn, const EffectRow& effect);
void on_number_unwanted(Turn& turn, const EffectRow& effect, const std::string& why);
// No answer that can be believed. `failed`: the request never left us.
void on_number_unanswered(Turn& turn, const EffectRow& effect, const EffectEnded& in);
void on_number_resolved(Turn& turn, const EffectRow& effect, const EffectResolved& in);
bool is_courier_act(EffectKind kind);

}  // namespace kemas
