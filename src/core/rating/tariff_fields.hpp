// The columns of each row of a tariff, once for all who read, write or compare them: the CSV file,
// the ledger, the preview of an import. Knows no format. A visitor has
//   id(column, string&, required)  text(column, string&)  number(column, int64&, least, most)
//   small(column, int&, most)  flag(column, bool&)  money(column, Money&, least)
//   length(column, Millimetres&)  day(column, Day&)  word(column, enum&, words)
#pragma once

#include <array>
#include <concepts>
#include <string_view>
#include <type_traits>

#include "core/rating/judge.hpp"
#include "core/rating/tariff.hpp"

namespace kemas::rating {

inline constexpr std::array<std::string_view, 3> kRoundingWords{"up", "half_up", "tolerance"};
inline constexpr std::array<std::string_view, 2> kEdgeWords{"inclusive", "exclusive"};
inline constexpr std::array<std::string_view, 2> kUnitWords{"kg", "lb"};
inline constexpr std::array<std::string_view, 3> kSideWords{"none", "up", "half_up"};
inline constexpr std::array<std::string_view, 3> kPiecesWords{"each_pays", "each_rounded",
                                                              "summed"};
inline constexpr std::array<std::string_view, 3> kWeekWords{"every_day", "no_sunday",
                                                            "monday_to_friday"};
inline constexpr std::array<std::string_view, 8> kKindWords{"flat",
                                                            "per_kg",
                                                            "percent_of_freight",
                                                            "percent_of_cod",
                                                            "percent_of_value",
                                                            "percent_of_total",
                                                            "flat_or_per_kg",
                                                            "per_m3"};
inline constexpr std::array<std::string_view, 5> kWhenWords{"always", "cod", "insured", "dangerous",
                                                            "wooden"};
inline constexpr std::array<std::string_view, 3> kAmountRoundingWords{"up", "half_up", "down"};

template <class Row, class Visitor>
void days_of_validity(Row& row, Visitor& v) {
    v.day("valid_from", row.valid_from);
    v.day("valid_to", row.valid_to);
}

template <class Row, class Visitor>
void place_of_row(Row& row, Visitor& v) {
    v.id("area", row.area_prefix, false);
    v.id("country", row.country, false);
    v.id("postal", row.postal, false);
}

template <class Visitor, class Row>
requires std::same_as<std::remove_const_t<Row>, ServiceRow>
void visit_fields(Row& row, Visitor& v) {
    v.id("courier", row.courier, true);
    v.id("service", row.code, true);
    v.text("name", row.name);
    v.number("divisor_cm3_per_kg", row.divisor, 0, kMostDivisor);
    v.number("volumetric_above_cm3", row.volumetric_above_cm3, 0, kMostGrams);
    v.number("step_g", row.step_g, 1, kMostGrams);
    v.word("rounding", row.rounding, kRoundingWords);
    v.number("tolerance_g", row.tolerance_g, 0, kMostGrams);
    v.word("edge", row.edge, kEdgeWords);
    v.number("minimum_g", row.minimum_g, 0, kMostGrams);
    v.number("max_weight_g", row.max_weight_g, 0, kMostGrams);
    v.flag("cod", row.cod_allowed);
    v.money("cod_min", row.cod_min, 0);
    v.money("cod_max", row.cod_max, 0);
    v.small("transit_days", row.transit_days, 365);
    v.id("cut_off", row.cut_off, false);
    v.word("unit", row.unit, kUnitWords);
    v.word("side_rounding", row.side_rounding, kSideWords);
    v.word("pieces", row.pieces, kPiecesWords);
    v.number("max_gross_g", row.max_gross_g, 0, kMostGrams);
    v.length("max_side_mm", row.max_side);
    v.length("max_sides_sum_mm", row.max_sides_sum);
    v.length("max_girth_mm", row.max_girth);
    v.length("max_length_girth_mm", row.max_length_girth);
    v.money("max_value", row.max_value, 0);
    v.money("cod_customer_day_max", row.cod_customer_day_max, 0);
    v.flag("dangerous_goods", row.dangerous_allowed);
    v.word("week", row.week, kWeekWords);
    days_of_validity(row, v);
}

template <class Visitor, class Row>
requires std::same_as<std::remove_const_t<Row>, RateRow>
void visit_fields(Row& row, Visitor& v) {
    v.id("courier", row.courier, true);
    v.id("service", row.service, true);
    place_of_row(row, v);
    v.id("zone", row.zone, false);
    v.number("up_to_g", row.up_to_g, 0, kMostGrams);
    v.money("first_price", row.first_price, -1);
    v.number("first_g", row.first_g, 1, kMostGrams);
    v.money("step_price", row.per_step, 0);
    v.number("per_step_g", row.per_step_g, 0, kMostGrams);
    v.flag("exact", row.exact);
    v.small("transit_days", row.transit_days, 255);
    days_of_validity(row, v);
}

// Without `amount`, whose column says whether it is money or a percentage.
template <class Visitor, class Row>
requires std::same_as<std::remove_const_t<Row>, SurchargeRow>
void visit_fields(Row& row, Visitor& v) {
    v.id("courier", row.courier, true);
    v.id("service", row.service, false);
    v.id("name", row.name, true);
    v.word("kind", row.kind, kKindWords);
    v.word("when", row.when, kWhenWords);
    v.money("minimum", row.minimum, 0);
    v.money("limit", row.limit, 0);
    v.money("round_up_to", row.round_up_to, 1);
    v.word("round", row.round, kAmountRoundingWords);
    v.money("per_kg", row.per_kg, 0);
    v.money("plus", row.plus, 0);
    v.id("of", row.of, false);
    v.id("area_list", row.area_list, false);
    v.small("settlement_days", row.settlement_days, 365);
    v.number("from_g", row.from_g, 0, kMostGrams);
    v.number("below_g", row.below_g, 0, kMostGrams);
    v.length("side_over_mm", row.side_over);
    v.length("girth_over_mm", row.girth_over);
    v.flag("each_piece", row.each_piece);
    v.number("adds_g", row.adds_g, 0, kMostGrams);
    v.number("adds_basis_points", row.adds_basis_points, 0, kMostBasisPoints);
    v.flag("tax", row.tax);
    days_of_validity(row, v);
}

template <class Visitor, class Row>
requires std::same_as<std::remove_const_t<Row>, ZoneRow>
void visit_fields(Row& row, Visitor& v) {
    v.id("courier", row.courier, true);
    v.id("service", row.service, false);
    place_of_row(row, v);
    v.id("zone", row.zone, true);
}

template <class Visitor, class Row>
requires std::same_as<std::remove_const_t<Row>, ListedAreaRow>
void visit_fields(Row& row, Visitor& v) {
    v.id("area_list", row.list, true);
    place_of_row(row, v);
}

template <class Visitor, class Row>
requires std::same_as<std::remove_const_t<Row>, HolidayRow>
void visit_fields(Row& row, Visitor& v) {
    v.id("courier", row.courier, false);
    v.day("date", row.date);
    v.text("name", row.name);
}

}  // namespace kemas::rating
