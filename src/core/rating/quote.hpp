// What sending one parcel costs, and why: every amount with the sum behind it. Knows one service
// at a time; choosing is choose.hpp.
#pragma once

#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/quantities.hpp"
#include "core/rating/chargeable.hpp"
#include "core/rating/tariff.hpp"

namespace kemas::rating {

struct Request {
    std::string courier, service;
    std::string area_code;  // of the recipient
    Milligrams gross;       // settled weight of the closed parcel
    Size outer;             // of its packaging
    Money cod;              // to collect; 0 = none
    Money value;            // of the goods
    bool insured = false;
    friend bool operator==(const Request&, const Request&) = default;
};

struct QuoteLine {
    std::string name;
    Money amount;
    std::string how;  // "2 x 1 kg x 9000"
};

// Carries its inputs, so that a later invoice can be compared (floor-behaviours.md, 42).
struct Quote {
    ServiceRow service;
    Chargeable weight;
    std::string area_prefix;  // of the rate used; empty = anywhere
    std::vector<QuoteLine> lines;
    Money total;
    Currency currency;
    std::string rate_book;  // its version
    Request inputs;
};

// A fault when the tariff has no such service or no rate for the area, or when the service takes
// no such weight or COD amount. Money must not be negative.
Result<Quote> quote(const RateBook& book, const Request& request);

// For people and the parcel's record, a line each: service, area and rate book; the weight; the
// amounts with how they came about; the total.
std::string to_text(const Quote& quote);

}  // namespace kemas::rating
