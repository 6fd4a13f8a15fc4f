#include "core/rating/choice_order.hpp"

#include <tuple>

namespace kemas::rating {

std::int64_t wanted(const ChoiceRule& rule, const Offer& offer) {
    switch (rule.strategy) {
        case Strategy::cheapest:
            return 0;
        case Strategy::fastest:
            return offer.days;
        case Strategy::preferred:
            return static_cast<std::int64_t>(offer.preference);
        case Strategy::most_reliable:
            return -offer.punctuality.share;
    }
    return 0;
}

bool is_better(const ChoiceRule& rule, const Offer& a, const Offer& b) {
    if (a.competes() != b.competes()) return a.competes();
    if (!a.competes()) return false;
    const auto rank = [&](const Offer& o) {
        return std::tuple(wanted(rule, o), o.total(), o.days, o.preference);
    };
    const auto rank_a = rank(a), rank_b = rank(b);
    if (rank_a != rank_b) return rank_a < rank_b;
    const auto name = [](const Offer& o) {
        return std::tie(o.lane.service->courier, o.lane.service->code, o.packing);
    };
    return name(a) < name(b);
}

}  // namespace kemas::rating
