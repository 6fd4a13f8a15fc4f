// Why a service does not take a shipment, as a number that costs nothing; the sentence is made on
// demand. Knows no rule.
#pragma once

#include <cstdint>
#include <string>

#include "core/rating/tariff.hpp"
#include "core/rating/tongue.hpp"

namespace kemas::rating {

enum class Refusal : std::uint8_t {
    none,
    no_service,
    not_that_day,
    amount_impossible,
    cod_not,
    cod_low,
    cod_high,
    cod_of_customer,
    value_high,
    dangerous,
    no_rate,
    no_piece,
    no_weight,
    side_impossible,
    no_size,
    weight_high,  // chargeable
    gross_high,
    side_long,
    sides_sum,
    girth,
    length_girth,
    above_table,  // heavier than the last band of the rates
    total_impossible,
    cod_settlement  // the COD fee goes by days of settlement, and none of its rows has the agreed
                    // ones
};

// What a refusal's sentence names besides the service: what was found, and what is allowed.
struct RefusalFacts {
    std::int64_t found = 0, allowed = 0;
};

// A sentence with the next step. `area` is where to, for people.
std::string refusal_text(Refusal refusal, RefusalFacts facts, const std::string& courier,
                         const std::string& service, Unit unit, const Currency& currency,
                         const std::string& area, Tongue tongue = Tongue::english);

}  // namespace kemas::rating
