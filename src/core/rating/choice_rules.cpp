#include "core/rating/choice_rules.hpp"

#include <algorithm>

#include "core/rating/quote.hpp"

namespace kemas::rating {
namespace {

bool has(const std::vector<std::string>& list, const std::string& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

bool holds(const ChoiceRule& rule, const Request& request) {
    Piece only;
    Milligrams weight;
    for (const auto& piece : shipment_of(request, only).pieces) weight += piece.gross;
    if (weight < rule.from_weight || request.value < rule.from_value) return false;
    if (rule.below_weight > Milligrams{} && weight >= rule.below_weight) return false;
    if (rule.below_value > Money{} && request.value >= rule.below_value) return false;
    if (rule.cod && *rule.cod != (request.cod > Money{})) return false;
    if (!rule.channels.empty() && !has(rule.channels, request.channel)) return false;
    return rule.areas.empty() ||
           std::any_of(rule.areas.begin(), rule.areas.end(), [&](const std::string& area) {
               return request.area_code.starts_with(area);
           });
}

std::size_t preference(const ChoiceRule& rule, const std::string& courier,
                       const std::string& service) {
    for (std::size_t i = 0; i < rule.preferred.size(); ++i) {
        const auto& name = rule.preferred[i];
        if (name == courier || name == courier + " " + service) return i;
    }
    return rule.preferred.size();
}

}  // namespace kemas::rating
