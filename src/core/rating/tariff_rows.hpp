// A tariff as plain rows, the way a file or the ledger holds it. make_rate_book() checks and
// indexes them; the rows know no rule.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/quantities.hpp"

namespace kemas::rating {

enum class Rounding { up, half_up, tolerance };
enum class Edge { inclusive, exclusive };  // does a remainder of exactly the tolerance drop?
enum class SurchargeKind { flat, per_kg, percent_of_freight, percent_of_cod, percent_of_value };
enum class SurchargeWhen { always, cod, insured };

struct ServiceRow {
    std::string courier, service, name;
    std::int64_t divisor_cm3_per_kg = 0;    // 0 = volume does not count
    std::int64_t volumetric_above_cm3 = 0;  // volume counts only above this
    std::int64_t step_g = 1000;
    Rounding rounding = Rounding::up;
    std::int64_t tolerance_g = 0;
    Edge edge = Edge::inclusive;
    std::int64_t minimum_g = 1000;
    std::int64_t max_weight_g = 0;  // 0 = no limit
    bool cod = false;               // collects at the door
    Money cod_min, cod_max;         // 0 = no limit
    int transit_days = 0;
    std::string cut_off;  // "16:00", for people
};

struct RateRow {
    std::string courier, service;
    std::string area;   // area code or its prefix; "" = everywhere
    Money first_price;  // for the first `first_g`
    std::int64_t first_g = 1000;
    Money step_price;  // for each further step of the service
};

struct SurchargeRow {              // in the order given
    std::string courier, service;  // service "" = all of the courier
    std::string name;
    SurchargeKind kind = SurchargeKind::flat;
    SurchargeWhen when = SurchargeWhen::always;
    Money amount;                   // flat, per_kg
    std::int64_t basis_points = 0;  // percent kinds
    Money minimum, limit;           // 0 = none
    Money round_up_to{1};
};

struct TariffRows {
    std::string currency = "IDR";
    int exponent = 0;  // decimals of the minor unit
    std::vector<ServiceRow> services;
    std::vector<RateRow> rates;
    std::vector<SurchargeRow> surcharges;
};

}  // namespace kemas::rating
