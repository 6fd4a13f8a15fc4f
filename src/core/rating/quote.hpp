// What sending a shipment costs, and why: every amount with the sum behind it. Knows one service
// at a time; choosing is choose.hpp, the bare number is price.hpp.
#pragma once

#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/quantities.hpp"
#include "core/rating/chargeable.hpp"
#include "core/rating/price.hpp"
#include "core/rating/rate_book.hpp"

namespace kemas::rating {

struct Request {
    std::string courier, service;
    std::string area_code;  // of the recipient
    Milligrams gross;       // settled weight of the closed parcel
    Size outer;             // of its packaging
    Money cod;              // to collect; 0 = none
    Money value;            // of the goods
    bool insured = false;
    std::string country{};  // of the recipient; "" = the tariff's own
    std::string postal_code{};
    std::vector<Piece> pieces{};  // all parcels of the shipment, in place of gross and outer
    bool dangerous = false, wooden = false;
    int settlement_days = 0;          // when the courier pays COD out; 0 = not agreed
    Money cod_same_day{};             // of the same customer, already under way today
    Day day = kForever;               // of the handover; kForever = the rows without an end
    int minute = 0;                   // of that day, for the cut-off
    Day promise_by = kForever;        // no later than
    std::string channel{};            // the order's, for the site's rules
    Tongue tongue = Tongue::english;  // of the explanation
    friend bool operator==(const Request&, const Request&) = default;
};

struct QuoteLine {
    std::string name;
    Money amount;
    std::string how;  // "2 x 1 kg x 9000"
    bool tax = false;
    std::int64_t band_up_to_g = 0;  // of freight: right end of the band; 0 = it has none
};

// Carries its inputs, so that a later invoice can be compared (floor-behaviours.md, 42).
struct Quote {
    ServiceRow service;
    Chargeable weight;        // of several parcels: the sums
    bool by_volume = false;   // of any of them
    std::string area_prefix;  // of the rate used; empty = anywhere
    std::vector<QuoteLine> lines;
    Money total;
    Currency currency;
    std::string rate_book;  // its version
    Request inputs;
    std::string zone{};  // the area's, when the rate is a zone's
    int transit_days = 0;
    Day promised = kForever;  // when the request names a day
};

// A fault when the tariff has no such service or no rate for the area, or when the service takes
// no such weight, size, value or COD amount. Money must not be negative.
Result<Quote> quote(const RateBook& book, const Request& request);

// The same for a lane that is known already: the service of `lane`, whatever `request` names.
Result<Quote> quote(const RateBook& book, const Lane& lane, const Request& request);

// Where a request goes, and what it sends; the shipment points into `request`, or to `only`.
Places places_of(const RateBook& book, const Request& request);
Shipment shipment_of(const Request& request, Piece& only);
std::string refusal_text(const RateBook& book, const Lane& lane, const Price& price,
                         const Request& request);

// For people and the parcel's record, a line each: service, area and rate book; the weight; the
// amounts with how they came about; the total; the promised day.
std::string to_text(const Quote& quote);

}  // namespace kemas::rating
