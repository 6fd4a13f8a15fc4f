#include "core/rating/price.hpp"

#include "core/rating/price_engine.hpp"

namespace kemas::rating {
namespace {

// Rates of the service for this place, when one of them holds on the day.
std::span<const Rate> rates_on(const RateBook& book, ServiceIndex family, PlaceId place, Day day) {
    const auto bands = book.rates(family, place);
    for (const auto& rate : bands) {
        if (book.terms(rate).holds_on(day)) return bands;
    }
    return {};
}

}  // namespace

Lane lane_to(const RateBook& book, ServiceIndex family, const Places& places, Day day) {
    Lane lane;
    lane.family = family;
    lane.places = &places;
    lane.day = day;
    lane.service = book.rules(family, day);
    lane.refusal = lane.service == nullptr ? Refusal::not_that_day : Refusal::no_rate;
    if (lane.service == nullptr) return lane;
    const bool zoned = book.has_zones(family);
    for (const auto place : places.all()) {
        lane.place = place;
        lane.zone = kNowhere;
        lane.rates = rates_on(book, family, place, day);
        if (lane.rates.empty() && zoned) {
            lane.zone = book.zone(family, place);
            if (lane.zone != kNowhere) lane.rates = rates_on(book, family, lane.zone, day);
        }
        if (lane.rates.empty()) continue;
        lane.refusal = Refusal::none;
        break;
    }
    return lane;
}

Price price(const RateBook& book, const Lane& lane, const Shipment& shipment) {
    NoTrace none;
    return PriceEngine<NoTrace>(book, lane, shipment, none).run();
}

}  // namespace kemas::rating
