// The rows of a tariff as a site writes them, each with its days of validity. Knows no files, no
// parcels and not how rows are kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/quantities.hpp"
#include "core/rating/day.hpp"

namespace kemas::rating {

struct Currency {
    std::string code;  // ISO 4217
    int exponent = 0;  // digits behind the point: IDR as used 0, USD 2
    friend bool operator==(const Currency&, const Currency&) = default;
};

// How a weight between two steps is rounded (couriers-labels.md, 1.1). Numbers are stored: append.
enum class Rounding { up, half_up, tolerance };
// Whether a remainder that equals the tolerance is still forgiven: inclusive bills 1.300 kg as 1,
// exclusive as 2. Sources differ for the same courier, so it is data (couriers-labels.md, 0.6).
enum class Edge { inclusive, exclusive };
// A service's weights are grams, or thousandths of a pound (453.59237 g) with sides in inches.
enum class Unit { kilogram, pound };
// How each side is rounded to a whole centimetre (or inch) before the volume is taken: UPS and
// FedEx up since 2025-08-18, to the nearest before (couriers-labels.md, 1.3).
enum class SideRounding { none, up, half_up };
// Of several parcels of one shipment: each pays its own freight; each is rounded and the sum pays
// (DHL); weights and volumes are summed and rounded once.
enum class Pieces { each_pays, each_rounded, summed };
enum class Week { every_day, no_sunday, monday_to_friday };  // when the courier works

struct ServiceRow {
    std::string courier, code, name;
    std::int64_t divisor = 0;  // cm3 a kilogram, or in3 a pound; 0 = volume does not count
    std::int64_t volumetric_above_cm3 = 0;  // volume counts only above this; in3 with pounds
    // All `_g` of a service and of its rates are grams, or thousandths of a pound.
    std::int64_t step_g = 1000;
    Rounding rounding = Rounding::up;
    std::int64_t tolerance_g = 0;  // only for Rounding::tolerance
    Edge edge = Edge::inclusive;
    std::int64_t minimum_g = 0;
    std::int64_t max_weight_g = 0;  // chargeable, of a piece; 0 = none
    bool cod_allowed = false;
    Money cod_min, cod_max;  // of a parcel; 0 = none
    int transit_days = 0;
    std::string cut_off;  // "15:00" on the site's wall; later ones leave on the next working day
    Unit unit = Unit::kilogram;
    SideRounding side_rounding = SideRounding::none;
    Pieces pieces = Pieces::each_pays;
    std::int64_t max_gross_g = 0;    // of a piece on the scale; 0 = none, as all below
    Millimetres max_side{};          // the longest
    Millimetres max_sides_sum{};     // L + W + H
    Millimetres max_girth{};         // 2 x (W + H), L the longest (couriers-labels.md, 1.3)
    Millimetres max_length_girth{};  // L + 2 x (W + H)
    Money max_value{};               // of the goods
    Money cod_customer_day_max{};    // of one customer on one day
    bool dangerous_allowed = false;
    Week week = Week::every_day;
    Day valid_from = kEver, valid_to = kForever;  // both inclusive
    friend bool operator==(const ServiceRow&, const ServiceRow&) = default;
};

// Prices towards one place, or one zone, for weights up to `up_to_g`. Rows of one place are the
// bands of its weight table; the first whose right end is not below the weight counts, so a parcel
// of exactly 500 g is in the row up to 500.
struct RateRow {
    std::string courier, service;
    std::string area_prefix;  // the longest that fits wins; "" or "*" = anywhere in `country`
    std::int64_t first_g = 1000;
    Money first_price;            // up to and with first_g
    Money per_step;               // each further step
    std::string country{};        // ISO 3166, two letters; "" = the tariff's own, "*" = any
    std::string postal{};         // "17530", "175*" or "17000-17999"
    std::string zone{};           // in place of area, country and postal: a name of the zone rows
    std::int64_t up_to_g = 0;     // right end, inclusive; 0 = no end
    std::int64_t per_step_g = 0;  // what per_step pays for; 0 = the service's step
    bool exact = false;           // further weight by the gram, not by begun steps
    int transit_days = 0;         // 0 = the service's
    Day valid_from = kEver, valid_to = kForever;
    friend bool operator==(const RateRow&, const RateRow&) = default;
};

// `plus` and `minimum` of money work with every kind. Numbers are stored: append.
enum class SurchargeKind {
    flat,
    per_kg,              // of the chargeable weight
    percent_of_freight,  // and of the surcharges named in `of`
    percent_of_cod,
    percent_of_value,
    percent_of_total,  // of all lines before
    flat_or_per_kg,    // the greater: remote areas (couriers-labels.md, 1.3)
    per_m3             // of the outer volume: wooden packing is charged by size
};
enum class When { always, cod, insured, dangerous, wooden };
enum class AmountRounding { up, half_up, down };

struct SurchargeRow {
    std::string courier, service;  // service "*" = all of the courier
    std::string name;
    SurchargeKind kind = SurchargeKind::flat;
    std::int64_t amount = 0;  // minor units, or basis points (percent_of_...)
    Money minimum, limit;     // of this surcharge; limit 0 = none
    Money round_up_to{1};     // rounded to a multiple of this
    When when = When::always;
    AmountRounding round = AmountRounding::up;
    Money per_kg{};            // flat_or_per_kg only
    Money plus{};              // added to what the kind gives: "0.2 % + 5000"
    std::string of{};          // percent_of_freight: names of earlier surcharges, "fuel|remote"
    std::string area_list{};   // only to the places of this list
    int settlement_days = 0;   // only when COD is settled after so many days; 0 = any
    std::int64_t from_g = 0;   // only pieces that weigh at least this on the scale, grams
    std::int64_t below_g = 0;  // and less than this; 0 = no end
    Millimetres side_over{};   // only pieces whose longest side is over this
    Millimetres girth_over{};  // only pieces whose length and girth are over this
    bool each_piece = false;   // once for each such piece, not once
    std::int64_t adds_g = 0;   // packing: weight added to each piece before billing
    std::int64_t adds_basis_points = 0;  // of its own weight
    bool tax = false;                    // charged after all others
    Day valid_from = kEver, valid_to = kForever;
    friend bool operator==(const SurchargeRow&, const SurchargeRow&) = default;
};

struct ZoneRow {                   // which zone of a service a place lies in
    std::string courier, service;  // "*" = all of the courier
    std::string area_prefix, country, postal;
    std::string zone;
    friend bool operator==(const ZoneRow&, const ZoneRow&) = default;
};

struct ListedAreaRow {  // a place of a named list, e.g. of remote areas
    std::string list;
    std::string area_prefix, country, postal;
    friend bool operator==(const ListedAreaRow&, const ListedAreaRow&) = default;
};

struct HolidayRow {       // a day on which a courier neither collects nor delivers
    std::string courier;  // "*" = all
    Day date{};
    std::string name;
    friend bool operator==(const HolidayRow&, const HolidayRow&) = default;
};

}  // namespace kemas::rating
