#include "core/rating/choice_filters.hpp"

#include <algorithm>

#include "core/rating/choice_words.hpp"
#include "core/rating/promise.hpp"

namespace kemas::rating {

bool asks_for_punctuality(const ChoiceRule& rule) {
    return rule.least_on_time > 0 || rule.strategy == Strategy::most_reliable;
}

Punctuality punctuality_of(const Contest& contest, const ServiceRow& service) {
    const auto& known = contest.reliability;
    const auto& area = contest.request.area_code;
    if (const auto* row = known.of(service.courier, service.code, area, contest.reliable_from))
        return {on_time_share(*row), row->sent};
    const auto* all = known.of(service.courier, service.code, "", 1);
    return {-1, all == nullptr ? 0 : all->sent};
}

std::string barred_before_price(const Contest& contest, const ServiceRow& service,
                                const Punctuality& punctuality) {
    const auto& rule = contest.rule;
    const auto& couriers = rule.couriers;
    if (!couriers.empty() &&
        std::find(couriers.begin(), couriers.end(), service.courier) == couriers.end()) {
        return contest.in("courier not allowed here", "kurir ini tidak diizinkan di sini");
    }
    if (rule.least_on_time == 0) return {};
    if (punctuality.share < 0) return rule.unproven_pass ? "" : unproven_text(contest, punctuality);
    if (punctuality.share >= rule.least_on_time) return {};
    return share_text(punctuality.share) +
           contest.in(" on time, wanted at least ", " tepat waktu, diminta paling sedikit ") +
           share_text(rule.least_on_time);
}

void bar_by_days(const Contest& contest, Offer& offer) {
    const auto& rule = contest.rule;
    const auto& request = contest.request;
    const auto transit = offer.price.transit_days;
    offer.days = transit;
    if (rule.max_transit_days > 0 && transit > rule.max_transit_days) {
        offer.barred = contest.in("takes ", "perlu ") + std::to_string(transit) +
                       contest.in(" days, wanted at most ", " hari, diminta paling lama ") +
                       std::to_string(rule.max_transit_days);
    }
    if (request.day == kForever) return;
    const auto promised =
        promised_day(contest.book, *offer.lane.service, request.day, request.minute, transit);
    offer.days = (promised - request.day).value;
    if (promised > request.promise_by) {
        offer.barred = contest.in("promises ", "menjanjikan ") + to_text(promised) +
                       contest.in(", wanted by ", ", diminta sebelum ") +
                       to_text(request.promise_by);
    }
}

}  // namespace kemas::rating
