#include "core/rating/chargeable.hpp"

#include "core/rating/amounts.hpp"

namespace kemas::rating {

Chargeable explain(const ServiceRow& service, const Billed& billed, Tongue tongue) {
    const auto in = [&](const char* english, const char* indonesian) {
        return std::string(say(tongue, english, indonesian));
    };
    Chargeable result{billed.actual, billed.volumetric, milligrams(billed.ticks, service.unit), {}};
    result.how =
        kilograms(billed.by_volume ? billed.volumetric : billed.actual) +
        (billed.by_volume ? in(" (volume / ", " (volume / ") + std::to_string(service.divisor) + ")"
                          : "") +
        in(" billed as ", " dihitung ") + weight_text(billed.rounded, service.unit);
    if (billed.ticks != billed.rounded)
        result.how +=
            in(", at least ", ", paling sedikit ") + weight_text(billed.ticks, service.unit);
    return result;
}

Result<Chargeable> chargeable(const ServiceRow& service, Milligrams gross, const Size& outer) {
    const Piece piece{gross, outer};
    const auto billed = bill(service, {&piece, 1});
    if (billed.refusal == Refusal::none) return explain(service, billed);
    return fail(Remedy::call_person, refusal_text(billed.refusal, billed.facts, service.courier,
                                                  service.code, service.unit, {}, ""));
}

}  // namespace kemas::rating
