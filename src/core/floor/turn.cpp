#include "core/floor/turn.hpp"

namespace kemas {

Turn::Turn(const Station* before, const Recorded& recorded_, const Books& books_,
           const Policy& policy_)
    : recorded(recorded_),
      books(books_),
      policy(policy_),
      station(before ? *before : Station{}),
      speaks_for_station_(before != nullptr) {}

OrderId Turn::new_order_id() {
    if (!next_order_) next_order_ = books.next_order_id();
    return {next_order_.value++};
}

ParcelId Turn::new_parcel_id() {
    if (!next_parcel_) next_parcel_ = books.next_parcel_id();
    return {next_parcel_.value++};
}

void Turn::accept(std::string code, Args args) {
    decision.answer = {Answer::Kind::accepted, std::move(code), std::move(args)};
}

void Turn::refuse(std::string code, Args args) {
    decision.changes.clear();
    decision.facts.clear();
    decision.effects.clear();
    decision.answer = {Answer::Kind::refused, std::move(code), std::move(args)};
}

void Turn::attention(std::string code, Args args) {
    decision.answer = {Answer::Kind::attention, std::move(code), std::move(args)};
}

EffectId Turn::plan(Effect effect) {
    decision.effects.push_back(std::move(effect));
    return {recorded.seq, static_cast<int>(decision.effects.size()) - 1};
}

Decision finish(Turn turn) {
    if (turn.speaks_for_station_) turn.decision.station = std::move(turn.station);
    return std::move(turn.decision);
}

}  // namespace kemas
