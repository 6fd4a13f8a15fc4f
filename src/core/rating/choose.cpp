#include "core/rating/choose.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/rating/amounts.hpp"

namespace kemas::rating {
namespace {

// Empty when `service` may compete.
std::string barred(const ServiceRow& service, const Filter& filter) {
    const auto& couriers = filter.couriers;
    if (!couriers.empty() &&
        std::find(couriers.begin(), couriers.end(), service.courier) == couriers.end()) {
        return "courier not allowed here";
    }
    if (filter.max_transit_days > 0 && service.transit_days > filter.max_transit_days) {
        return "takes " + std::to_string(service.transit_days) + " days, wanted at most " +
               std::to_string(filter.max_transit_days);
    }
    return {};
}

auto rank(const Quote& quote) {
    return std::tie(quote.total, quote.service.transit_days, quote.service.courier,
                    quote.service.code);
}

std::string why_lost(const Quote& quote, const Quote& best) {
    if (quote.total != best.total) {
        return amount_text(quote.total, quote.currency) + " against " +
               amount_text(best.total, best.currency);
    }
    const auto same = "same price " + amount_text(quote.total, quote.currency);
    if (quote.service.transit_days != best.service.transit_days) {
        return same + ", " + std::to_string(quote.service.transit_days) + " days against " +
               std::to_string(best.service.transit_days);
    }
    return same + " and days, later in the alphabet";
}

}  // namespace

Result<Choice> cheapest(const RateBook& book, const Request& request, const Filter& filter) {
    std::vector<Quote> quotes;
    std::vector<Loser> losers;
    for (const auto& service : book.services()) {
        if (!request.courier.empty() && request.courier != service.courier) continue;
        if (!request.service.empty() && request.service != service.code) continue;
        auto why = barred(service, filter);
        if (why.empty()) {
            auto asked = request;
            asked.courier = service.courier;
            asked.service = service.code;
            if (auto offer = quote(book, asked)) {
                quotes.push_back(std::move(*offer));
                continue;
            } else {
                why = std::move(offer.error().what);
            }
        }
        losers.push_back({service.courier, service.code, std::move(why)});
    }

    const auto best =
        std::min_element(quotes.begin(), quotes.end(),
                         [](const auto& a, const auto& b) { return rank(a) < rank(b); });
    if (best == quotes.end()) {
        std::string what = "No service takes this parcel to area " + request.area_code +
                           "; choose by hand or complete the tariff.";
        for (const auto& loser : losers) {
            what += " " + loser.courier + " " + loser.service + ": " + loser.why;
        }
        return fail(Remedy::call_person, std::move(what));
    }
    for (const auto& other : quotes) {
        if (&other == &*best) continue;
        losers.push_back({other.service.courier, other.service.code, why_lost(other, *best)});
    }
    std::sort(losers.begin(), losers.end(), [](const Loser& a, const Loser& b) {
        return std::tie(a.courier, a.service) < std::tie(b.courier, b.service);
    });
    return Choice{std::move(*best), std::move(losers)};
}

}  // namespace kemas::rating
