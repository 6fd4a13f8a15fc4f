#include <cstdlib>

#include "core/weighing/verdict.hpp"

namespace kemas::weighing {
namespace {

// To the gram: no scale here shows less.
std::string rounded_grams(Milligrams weight) {
    return std::to_string((weight.abs().value + 500) / 1000) + " g";
}

std::string cause_text(const Cause& cause) {
    const auto item = cause.sku + " (" + cause.name + ")";
    if (cause.swapped_with)
        return "1 x " + item + " may have been swapped with " + *cause.swapped_with;
    return std::to_string(std::abs(cause.units)) + " x " + item + " may be " +
           (cause.units < 0 ? "missing" : "too many");
}

}  // namespace

std::string to_text(const Verdict& verdict) {
    switch (verdict.kind) {
        case VerdictKind::ok:
            return "weight agrees";
        case VerdictKind::unknown: {
            std::string text = "weight cannot be checked: no known weight of";
            for (const auto& sku : verdict.unweighed) text += " " + sku;
            return text;
        }
        case VerdictKind::too_light:
        case VerdictKind::too_heavy:
            break;
    }
    const bool light = verdict.kind == VerdictKind::too_light;
    return std::string(light ? "too light by " : "too heavy by ") +
           rounded_grams(verdict.difference) + " (" + rounded_grams(verdict.tolerance) +
           " allowed): " +
           (verdict.cause ? cause_text(*verdict.cause) : "count the contents again");
}

std::string_view to_text(VerdictKind kind) {
    switch (kind) {
        case VerdictKind::ok:
            return "ok";
        case VerdictKind::too_light:
            return "too_light";
        case VerdictKind::too_heavy:
            return "too_heavy";
        case VerdictKind::unknown:
            return "unknown";
    }
    return "";
}

}  // namespace kemas::weighing
