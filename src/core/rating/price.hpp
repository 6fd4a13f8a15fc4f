// What sending a shipment costs: numbers only, no text and no allocation, for choosing among many.
// The explanation of one price is quote.hpp. Knows one service and one destination at a time.
#pragma once

#include <cstdint>
#include <span>

#include "core/quantities.hpp"
#include "core/rating/billed_weight.hpp"
#include "core/rating/rate_book.hpp"
#include "core/rating/refusal.hpp"

namespace kemas::rating {

struct Shipment {
    std::span<const Piece> pieces;
    Money cod;                // to collect; 0 = none
    Money value;              // of the goods
    Money cod_same_day{};     // of the same customer, already under way today
    int settlement_days = 0;  // when the courier pays COD out; 0 = not agreed
    bool insured = false, dangerous = false, wooden = false;
};

// One service towards one destination on one day; may be kept for many shipments. Points into the
// book and to `places`.
struct Lane {
    Refusal refusal = Refusal::none;  // no_service, not_that_day, no_rate
    ServiceIndex family = 0;
    const ServiceRow* service = nullptr;
    const Places* places = nullptr;
    Day day = kForever;
    PlaceId place = kNowhere, zone = kNowhere;  // which the rates are for
    std::span<const Rate> rates;                // bands of all days, by right end
};

Lane lane_to(const RateBook& book, ServiceIndex family, const Places& places, Day day);

struct Price {
    Refusal refusal = Refusal::none;
    RefusalFacts facts;
    Money total, freight;
    std::int64_t billed = 0;  // of all pieces; grams or thousandths of a pound
    int transit_days = 0;
};

Price price(const RateBook& book, const Lane& lane, const Shipment& shipment);

}  // namespace kemas::rating
