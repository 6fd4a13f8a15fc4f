#include "core/rating/choice_offers.hpp"

#include <utility>

#include "core/rating/choice_filters.hpp"
#include "core/rating/choice_order.hpp"

namespace kemas::rating {
namespace {

void weigh_in(const Contest& contest, Offer& offer, const Shipment& shipment) {
    offer.price = price(contest.book, offer.lane, shipment);
    if (offer.price.refusal != Refusal::none) return;
    const auto& service = *offer.lane.service;
    offer.preference = preference(contest.rule, service.courier, service.code);
    bar_by_days(contest, offer);
}

void take_best(const Contest& contest, Offer& best, std::span<const Packing> packings,
               Shipment shipment) {
    const auto bare = best;
    for (std::size_t i = 0; i < packings.size(); ++i) {
        auto offer = bare;
        offer.packing = i;
        offer.cost = packings[i].cost;
        shipment.pieces = packings[i].pieces;
        weigh_in(contest, offer, shipment);
        if (i == 0 || is_better(contest.rule, offer, best)) best = std::move(offer);
    }
}

}  // namespace

std::vector<Offer> offers_for(const Contest& contest, std::span<const Packing> packings) {
    const auto& [book, request, rule, reliability, reliable_from] = contest;
    const auto places = places_of(book, request);
    Piece only;
    const auto shipment = shipment_of(request, only);
    std::vector<Offer> offers;
    for (ServiceIndex family = 0; family < book.family_count(); ++family) {
        const auto& rules = book.any_rules(family);
        if (!request.courier.empty() && request.courier != rules.courier) continue;
        if (!request.service.empty() && request.service != rules.code) continue;
        auto& offer = offers.emplace_back();
        offer.lane = lane_to(book, family, places, request.day);
        if (asks_for_punctuality(rule)) offer.punctuality = punctuality_of(contest, rules);
        offer.barred = barred_before_price(contest, rules, offer.punctuality);
        if (!offer.barred.empty()) continue;
        if (packings.empty())
            weigh_in(contest, offer, shipment);
        else
            take_best(contest, offer, packings, shipment);
    }
    return offers;
}

}  // namespace kemas::rating
