#include "core/rating/judge.hpp"

#include <algorithm>

#include "core/rating/place.hpp"

namespace kemas::rating {

bool is_percent(SurchargeKind kind) {
    switch (kind) {
        case SurchargeKind::flat:
        case SurchargeKind::per_kg:
        case SurchargeKind::flat_or_per_kg:
        case SurchargeKind::per_m3:
            return false;
        case SurchargeKind::percent_of_freight:
        case SurchargeKind::percent_of_cod:
        case SurchargeKind::percent_of_value:
        case SurchargeKind::percent_of_total:
            return true;
    }
    return false;
}

void check(const ServiceRow& s, Judge& judge) {
    judge.must(!s.courier.empty() && s.courier != "*", "courier", "is empty or *");
    for (const auto* name : {&s.courier, &s.code}) {
        judge.must(name->find_first_of("\t\n\r") == std::string::npos, "code",
                   "holds a tab or a line end");
    }
    judge.must(!s.code.empty() && s.code != "*", "code", "is empty or *");
    judge.must_lie(s.divisor, 0, kMostDivisor, "divisor");
    judge.must_lie(s.volumetric_above_cm3, 0, kMostMoney, "volumetric_above_cm3");
    judge.must_lie(s.step_g, 1, kMostGrams, "step_g");
    judge.must_lie(s.tolerance_g, 0, std::max<std::int64_t>(s.step_g - 1, 0), "tolerance_g");
    judge.must(s.rounding == Rounding::tolerance || s.tolerance_g == 0, "tolerance_g",
               "needs rounding = tolerance");
    judge.must_lie(s.minimum_g, 0, kMostGrams, "minimum_g");
    judge.must_lie(s.max_weight_g, 0, kMostGrams, "max_weight_g");
    judge.must_lie(s.max_gross_g, 0, kMostGrams, "max_gross_g");
    judge.must_lie(s.cod_min.value, 0, kMostMoney, "cod_min");
    judge.must_lie(s.cod_max.value, 0, kMostMoney, "cod_max");
    judge.must(s.cod_max.value == 0 || s.cod_min <= s.cod_max, "cod_max", "is below cod_min");
    judge.must_lie(s.cod_customer_day_max.value, 0, kMostMoney, "cod_customer_day_max");
    judge.must_lie(s.max_value.value, 0, kMostMoney, "max_value");
    judge.must_lie(s.max_side.value, 0, kMostMillimetres, "max_side_mm");
    judge.must_lie(s.max_sides_sum.value, 0, 3 * kMostMillimetres, "max_sides_sum_mm");
    judge.must_lie(s.max_girth.value, 0, 4 * kMostMillimetres, "max_girth_mm");
    judge.must_lie(s.max_length_girth.value, 0, 5 * kMostMillimetres, "max_length_girth_mm");
    judge.must_lie(s.transit_days, 0, 365, "transit_days");
    judge.must_follow(s.valid_from, s.valid_to);
}

void check(const SurchargeRow& s, Judge& judge) {
    judge.must(!s.name.empty() && s.name.find('|') == std::string::npos, "name",
               "is empty or holds |");
    judge.must_lie(s.amount, 0, is_percent(s.kind) ? kMostBasisPoints : kMostPrice, "amount");
    judge.must_lie(s.minimum.value, 0, kMostMoney, "minimum");
    judge.must_lie(s.limit.value, 0, kMostMoney, "limit");
    judge.must(s.limit.value == 0 || s.minimum <= s.limit, "limit", "is below minimum");
    judge.must_lie(s.round_up_to.value, 1, kMostMoney, "round_up_to");
    judge.must_lie(s.plus.value, 0, kMostMoney, "plus");
    judge.must_lie(s.per_kg.value, 0, kMostPrice, "per_kg");
    judge.must(s.per_kg.value == 0 || s.kind == SurchargeKind::flat_or_per_kg, "per_kg",
               "needs kind = flat_or_per_kg");
    judge.must(s.of.empty() || s.kind == SurchargeKind::percent_of_freight, "of",
               "needs kind = percent_of_freight");
    judge.must_lie(s.settlement_days, 0, 365, "settlement_days");
    judge.must_lie(s.from_g, 0, kMostGrams, "from_g");
    judge.must_lie(s.below_g, 0, kMostGrams, "below_g");
    judge.must(s.below_g == 0 || s.from_g < s.below_g, "below_g", "is not above from_g");
    judge.must_lie(s.side_over.value, 0, kMostMillimetres, "side_over_mm");
    judge.must_lie(s.girth_over.value, 0, 5 * kMostMillimetres, "girth_over_mm");
    judge.must_lie(s.adds_g, 0, kMostGrams, "adds_g");
    judge.must_lie(s.adds_basis_points, 0, kMostBasisPoints, "adds_basis_points");
    judge.must_follow(s.valid_from, s.valid_to);
}

bool check(const RateRow& r, bool service_known, Judge& judge) {
    bool good = judge.must(service_known, "service",
                           r.courier + " " + r.service + " is not among the services");
    std::optional<PlaceFault> fault;
    make_place(r.area_prefix, r.country, r.postal, r.zone, fault);
    if (fault) good &= judge.must(false, fault->column.c_str(), fault->reason);
    good &= judge.must_lie(r.first_g, 1, kMostGrams, "first_g");
    good &= judge.must_lie(r.first_price.value, 0, kMostPrice, "first_price");
    good &= judge.must_lie(r.per_step.value, 0, kMostPrice, "per_step");
    good &= judge.must_lie(r.up_to_g, 0, kMostGrams, "up_to_g");
    good &= judge.must_lie(r.per_step_g, 0, kMostGrams, "per_step_g");
    good &= judge.must_lie(r.transit_days, 0, 255, "transit_days");
    good &= judge.must_follow(r.valid_from, r.valid_to);
    return good;
}

}  // namespace kemas::rating
