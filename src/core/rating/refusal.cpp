#include "core/rating/refusal.hpp"

#include "core/rating/amounts.hpp"

namespace kemas::rating {

std::string refusal_text(Refusal refusal, RefusalFacts facts, const std::string& courier,
                         const std::string& service, Unit unit, const Currency& currency,
                         const std::string& area, Tongue tongue) {
    if (tongue == Tongue::indonesian)
        return refusal_in_indonesian(refusal, facts, courier, service, unit, currency, area);
    const auto name = courier + " " + service;
    const auto money = [&](std::int64_t value) { return amount_text({value}, currency); };
    const auto mm = [](std::int64_t value) { return std::to_string(value) + " mm"; };
    const auto ticks = [&](std::int64_t value) { return weight_text(value, unit); };
    const std::string other = "; choose another service.";
    switch (refusal) {
        case Refusal::none:
            return {};
        case Refusal::no_service:
            return "The tariff has no service " + name + "; import it or choose another service.";
        case Refusal::not_that_day:
            return name + " has no rules for that day; import its tariff of the day" + other;
        case Refusal::amount_impossible:
            return name + ": the amount " + money(facts.found) +
                   " is impossible; correct the order.";
        case Refusal::cod_not:
            return name + " collects no cash; choose a service with COD.";
        case Refusal::cod_low:
            return name + " collects from " + money(facts.allowed) + ", not " + money(facts.found) +
                   other;
        case Refusal::cod_high:
            return name + " collects up to " + money(facts.allowed) + ", not " +
                   money(facts.found) + other;
        case Refusal::cod_of_customer:
            return name + " collects up to " + money(facts.allowed) +
                   " from one customer a day, and this parcel would make it " + money(facts.found) +
                   "; send it tomorrow or choose another service.";
        case Refusal::value_high:
            return name + " takes goods worth up to " + money(facts.allowed) + ", not " +
                   money(facts.found) + other;
        case Refusal::dangerous:
            return name + " takes no dangerous goods" + other;
        case Refusal::no_rate:
            return name + " has no rate to area " + (area.empty() ? "(none given)" : area) +
                   "; add it to the tariff or choose another service.";
        case Refusal::no_piece:
            return name + ": the shipment has no parcel, or more than 1000.";
        case Refusal::no_weight:
            return name + ": the parcel has no usable weight (" + kilograms({facts.found}) +
                   "); weigh it again.";
        case Refusal::side_impossible:
            return name + ": a side of " + mm(facts.found) +
                   " is impossible; correct the carton's size.";
        case Refusal::no_size:
            return name +
                   " bills or limits by size and the parcel has none; give the carton its length, "
                   "width and height.";
        case Refusal::weight_high:
            return name + " carries at most " + ticks(facts.allowed) + " and this parcel counts " +
                   ticks(facts.found) + "; split it or choose another service.";
        case Refusal::gross_high:
            return name + " takes pieces up to " + ticks(facts.allowed) +
                   " on the scale and this one weighs " + kilograms({facts.found}) +
                   "; split it or choose another service.";
        case Refusal::side_long:
            return name + " takes sides up to " + mm(facts.allowed) + ", not " + mm(facts.found) +
                   other;
        case Refusal::sides_sum:
            return name + " takes length, width and height of together " + mm(facts.allowed) +
                   ", not " + mm(facts.found) + other;
        case Refusal::girth:
            return name + " takes a girth up to " + mm(facts.allowed) + ", not " + mm(facts.found) +
                   other;
        case Refusal::length_girth:
            return name + " takes length and girth of together " + mm(facts.allowed) + ", not " +
                   mm(facts.found) + other;
        case Refusal::above_table:
            return name + " has rates up to " + ticks(facts.allowed) + " to area " + area +
                   " and this parcel counts " + ticks(facts.found) +
                   "; split it or choose another service.";
        case Refusal::total_impossible:
            return name + ": the price leaves all bounds; correct the tariff.";
    }
    return {};
}

}  // namespace kemas::rating
