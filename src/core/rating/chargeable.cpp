#include "core/rating/chargeable.hpp"

#include <algorithm>

#include "core/rating/amounts.hpp"

namespace kemas::rating {
namespace {

constexpr Milligrams kHeaviest = grams(100'000'000);
constexpr Millimetres kLongest{100'000};

// A weight of `numerator / denominator` milligrams: a volume divided by 6000 is rarely whole.
struct ExactWeight {
    std::int64_t numerator = 0, denominator = 1;
};

bool goes_up(const ServiceRow& service, std::int64_t rest, std::int64_t step, std::int64_t unit) {
    if (rest == 0) return false;
    switch (service.rounding) {
        case Rounding::up:
            return true;
        case Rounding::half_up:
            return rest >= step - rest;
        case Rounding::tolerance:
            break;
    }
    const auto forgiven = grams(service.tolerance_g).value * unit;
    return service.edge == Edge::inclusive ? rest > forgiven : rest >= forgiven;
}

Milligrams round_to_step(const ServiceRow& service, ExactWeight weight) {
    const auto step = grams(service.step_g).value * weight.denominator;
    auto steps = weight.numerator / step;
    if (goes_up(service, weight.numerator % step, step, weight.denominator)) ++steps;
    return grams(service.step_g) * std::max<std::int64_t>(steps, 1);
}

}  // namespace

Result<Chargeable> chargeable(const ServiceRow& service, Milligrams gross, const Size& outer) {
    const auto name = service.courier + " " + service.code;
    if (gross <= Milligrams{0} || gross > kHeaviest) {
        return fail(Remedy::call_person, name + ": the parcel has no usable weight (" +
                                             kilograms(gross) + "); weigh it again.");
    }
    for (const auto side : {outer.length, outer.width, outer.height}) {
        if (side >= Millimetres{0} && side <= kLongest) continue;
        return fail(Remedy::call_person, name + ": a side of " + std::to_string(side.value) +
                                             " mm is impossible; correct the carton's size.");
    }
    const auto volume_mm3 = outer.length.value * outer.width.value * outer.height.value;
    const bool by_volume = service.divisor > 0 && volume_mm3 > service.volumetric_above_cm3 * 1000;
    if (service.divisor > 0 && volume_mm3 == 0) {
        return fail(Remedy::call_person, name +
                                             " bills by volume and the parcel has no size; "
                                             "give the carton its length, width and height.");
    }

    Chargeable result{gross, {}, {}, {}};
    ExactWeight exact{gross.value, 1};
    bool volume_wins = false;
    if (by_volume) {
        // mm3 / 1000 = cm3, / divisor = kg, * 1,000,000 = mg.
        const ExactWeight volumetric{volume_mm3 * 1000, service.divisor};
        result.volumetric = {(volumetric.numerator + service.divisor - 1) / service.divisor};
        volume_wins = volumetric.numerator > gross.value * service.divisor;
        if (volume_wins) exact = volumetric;
    }
    const auto rounded = round_to_step(service, exact);
    result.weight = std::max(rounded, grams(service.minimum_g));
    result.how = kilograms(volume_wins ? result.volumetric : gross) +
                 (volume_wins ? " (volume / " + std::to_string(service.divisor) + ")" : "") +
                 " billed as " + kilograms(rounded);
    if (result.weight != rounded) result.how += ", at least " + kilograms(result.weight);
    if (service.max_weight_g > 0 && result.weight > grams(service.max_weight_g)) {
        return fail(Remedy::call_person, name + " carries at most " +
                                             kilograms(grams(service.max_weight_g)) +
                                             " and this parcel counts " + kilograms(result.weight) +
                                             "; split it or choose another service.");
    }
    return result;
}

}  // namespace kemas::rating
