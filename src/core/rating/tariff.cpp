#include "core/rating/tariff.hpp"

namespace kemas::rating {

std::string_view to_text(Rounding rounding) {
    switch (rounding) {
        case Rounding::up:
            return "up";
        case Rounding::half_up:
            return "half_up";
        case Rounding::tolerance:
            return "tolerance";
    }
    return "";
}

std::string_view to_text(Edge edge) {
    return edge == Edge::inclusive ? "inclusive" : "exclusive";
}

std::string_view to_text(SurchargeKind kind) {
    switch (kind) {
        case SurchargeKind::flat:
            return "flat";
        case SurchargeKind::per_kg:
            return "per_kg";
        case SurchargeKind::percent_of_freight:
            return "percent_of_freight";
        case SurchargeKind::percent_of_cod:
            return "percent_of_cod";
        case SurchargeKind::percent_of_value:
            return "percent_of_value";
        case SurchargeKind::percent_of_total:
            return "percent_of_total";
        case SurchargeKind::flat_or_per_kg:
            return "flat_or_per_kg";
        case SurchargeKind::per_m3:
            return "per_m3";
    }
    return "";
}

std::string_view to_text(When when) {
    switch (when) {
        case When::always:
            return "always";
        case When::cod:
            return "cod";
        case When::insured:
            return "insured";
        case When::dangerous:
            return "dangerous";
        case When::wooden:
            return "wooden";
    }
    return "";
}

}  // namespace kemas::rating
