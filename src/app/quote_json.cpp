#include "app/quote_json.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "app/order_json.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

std::string_view text_of(rating::Strategy strategy) {
    switch (strategy) {
        case rating::Strategy::fastest:
            return "fastest";
        case rating::Strategy::preferred:
            return "preferred";
        case rating::Strategy::most_reliable:
            return "most_reliable";
        case rating::Strategy::cheapest:
            break;
    }
    return "cheapest";
}

json::value day_or_null(rating::Day day) {
    return day == rating::kForever ? json::value(nullptr) : json::value(rating::to_text(day));
}

// The rules that made the billed weight, so that it can be worked out again by hand.
json::object weight_json(const rating::Quote& quote) {
    const auto& s = quote.service;
    return {{"actual_g", grams_text(quote.weight.actual)},
            {"volumetric_g", grams_text(quote.weight.volumetric)},
            {"billed_g", grams_text(quote.weight.weight)},
            {"by_volume", quote.by_volume},
            {"unit", s.unit == rating::Unit::pound ? "lb" : "kg"},
            {"divisor", s.divisor},
            {"step", s.step_g},
            {"rounding", rating::to_text(s.rounding)},
            {"tolerance", s.tolerance_g},
            {"edge", rating::to_text(s.edge)},
            {"minimum", s.minimum_g},
            {"how", quote.weight.how}};
}

json::array lines_json(const rating::Quote& quote) {
    json::array lines;
    for (const auto& line : quote.lines)
        lines.push_back(json::object{
            {"name", line.name},
            {"amount", line.amount.value},
            {"how", line.how},
            {"tax", line.tax},
            {"band_up_to", line.band_up_to_g ? json::value(line.band_up_to_g) : nullptr}});
    return lines;
}

json::object quote_json(const rating::Quote& quote) {
    return {{"total", quote.total.value},
            {"weight", weight_json(quote)},
            {"rate_for", quote.area_prefix},
            {"zone", quote.zone},
            {"lines", lines_json(quote)},
            {"transit_days", quote.transit_days},
            {"promised", day_or_null(quote.promised)},
            {"text", text_lines(rating::to_text(quote))}};
}

}  // namespace

json::object comparison_json(const rating::Comparison& comparison, const rating::RateBook& book,
                             const rating::Request& request) {
    json::array services;
    for (const auto& one : comparison.services)
        services.push_back(json::object{
            {"courier", one.service.courier},
            {"service", one.service.code},
            {"name", one.service.name},
            {"competes", one.competes},
            {"why_not", one.why},
            {"punctuality", one.proof},
            {"quote", one.quote ? json::value(quote_json(*one.quote)) : json::value(nullptr)}});
    json::value winner;
    if (comparison.has_winner()) {
        const auto& best = comparison.services.front().service;
        winner = json::object{{"courier", best.courier}, {"service", best.code}};
    }
    return {{"tariff", book.version()},
            {"currency", book.currency().code},
            {"exponent", book.currency().exponent},
            {"rule", comparison.rule},
            {"choose", text_of(comparison.strategy)},
            {"area_code", request.area_code},
            {"day", day_or_null(request.day)},
            {"time", fmt::format("{:02}:{:02}", request.minute / 60, request.minute % 60)},
            {"winner", std::move(winner)},
            {"services", std::move(services)}};
}

}  // namespace kemas::app
