// The body of POST /api/v1/quotes: what is to be sent, and where. An order may be named instead of
// its area, cash and value; what the body says itself wins. Knows no tariff.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/quantities.hpp"
#include "core/rating/day.hpp"
#include "core/rating/tongue.hpp"
#include "intake/field_fault.hpp"

namespace kemas::app {

struct QuotePiece {
    Milligrams weight;
    std::string carton;  // its outer size counts; empty = `outer`
    Size outer;
};

struct QuoteAsk {
    std::string order, channel, shop;  // an order of the books; empty = none
    std::string courier, service;      // empty = all
    std::string area_code, postal_code, country;
    std::vector<QuotePiece> pieces;  // empty = the order's parcels as weighed
    std::optional<Money> cod, value, cod_same_day;
    std::optional<bool> dangerous, insured, wooden;  // else as the order's goods are
    std::optional<int> settlement_days;              // else as the site has agreed
    std::optional<rating::Day> day, promise_by;
    std::optional<int> minute;
    std::optional<rating::Tongue> tongue;
};

tl::expected<QuoteAsk, intake::FieldFaults> quote_ask_from_json(std::string_view body);

}  // namespace kemas::app
