#include "core/rating/choose.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/rating/amounts.hpp"
#include "core/rating/promise.hpp"

namespace kemas::rating {
namespace {

std::string share_text(std::int64_t basis_points) {
    return amount_text({basis_points}, {"", 2}) + " %";
}

struct Offer {
    Lane lane;
    Price price;
    std::size_t packing = 0;
    Money cost;             // of the cartons
    std::int64_t days = 0;  // until the promised day, or in transit
    std::int64_t on_time = -1;
    std::size_t preference = 0;
    std::string barred;  // why it may not compete, although it has a price or was not asked

    bool competes() const { return barred.empty() && price.refusal == Refusal::none; }
    std::int64_t total() const { return price.total.value + cost.value; }
};

class Contest {
 public:
    Contest(const RateBook& book, const Request& request, const ChoiceRules& rules,
            const Reliability& reliability)
        : book_(book),
          request_(request),
          reliability_(reliability),
          reliable_from_(rules.reliable_from),
          places_(places_of(book, request)) {
        static const ChoiceRule cheapest_of_all;
        rule_ = &cheapest_of_all;
        for (const auto& rule : rules.rules) {
            if (!holds(rule, request)) continue;
            rule_ = &rule;
            break;
        }
    }

    Comparison compared() {
        make_offers({});
        std::vector<const Offer*> ranked;
        for (const auto& offer : offers_) ranked.push_back(&offer);
        // Equal ones keep their places: by courier, service.
        std::stable_sort(ranked.begin(), ranked.end(),
                         [&](const Offer* a, const Offer* b) { return better(*a, *b); });
        Comparison all{rule_->name, rule_->strategy, {}};
        for (const auto* offer : ranked) {
            const auto& rules = book_.any_rules(offer->lane.family);
            Compared one{rules, offer->competes(), {}, {}};
            auto asked = request_;
            asked.courier = rules.courier;
            asked.service = rules.code;
            if (auto quoted = quote(book_, offer->lane, asked)) one.quote = std::move(*quoted);
            if (!one.competes)
                one.why = why_out(*offer);
            else if (offer != ranked.front())
                one.why = why_lost(*offer, *ranked.front());
            all.services.push_back(std::move(one));
        }
        return all;
    }

    Result<Choice> run(std::span<const Packing> packings) {
        make_offers(packings);
        return judge(packings);
    }

 private:
    void make_offers(std::span<const Packing> packings) {
        Piece only;
        auto shipment = shipment_of(request_, only);
        for (ServiceIndex family = 0; family < book_.family_count(); ++family) {
            const auto& rules = book_.any_rules(family);
            if (!request_.courier.empty() && request_.courier != rules.courier) continue;
            if (!request_.service.empty() && request_.service != rules.code) continue;
            Offer offer;
            offer.lane = lane_to(book_, family, places_, request_.day);
            offer.barred = barred_before(rules);
            if (!offer.barred.empty()) {
                offers_.push_back(std::move(offer));
                continue;
            }
            if (packings.empty()) {
                weigh_in(offer, shipment);
            } else {
                take_best(offer, packings, shipment);
            }
            offers_.push_back(std::move(offer));
        }
    }

    // Reasons that need no price.
    std::string barred_before(const ServiceRow& service) const {
        const auto& couriers = rule_->couriers;
        if (!couriers.empty() &&
            std::find(couriers.begin(), couriers.end(), service.courier) == couriers.end()) {
            return in("courier not allowed here", "kurir ini tidak diizinkan di sini");
        }
        if (rule_->least_on_time == 0) return {};
        const auto share = on_time(service);
        if (share < 0)
            return in("nothing is known of its punctuality", "ketepatannya belum diketahui");
        if (share >= rule_->least_on_time) return {};
        return share_text(share) +
               in(" on time, wanted at least ", " tepat waktu, diminta paling sedikit ") +
               share_text(rule_->least_on_time);
    }

    std::int64_t on_time(const ServiceRow& service) const {
        const auto* row =
            reliability_.of(service.courier, service.code, request_.area_code, reliable_from_);
        return row == nullptr ? -1 : on_time_share(*row);
    }

    void weigh_in(Offer& offer, const Shipment& shipment) const {
        offer.price = price(book_, offer.lane, shipment);
        if (offer.price.refusal != Refusal::none) return;
        const auto& service = *offer.lane.service;
        offer.preference = preference(*rule_, service.courier, service.code);
        if (rule_->strategy == Strategy::most_reliable) offer.on_time = on_time(service);
        promise(offer, service);
    }

    void promise(Offer& offer, const ServiceRow& service) const {
        const auto transit = offer.price.transit_days;
        offer.days = transit;
        if (rule_->max_transit_days > 0 && transit > rule_->max_transit_days) {
            offer.barred = in("takes ", "perlu ") + std::to_string(transit) +
                           in(" days, wanted at most ", " hari, diminta paling lama ") +
                           std::to_string(rule_->max_transit_days);
        }
        if (request_.day == kForever) return;
        const auto promised = promised_day(book_, service, request_.day, request_.minute, transit);
        offer.days = (promised - request_.day).value;
        if (promised > request_.promise_by) {
            offer.barred = in("promises ", "menjanjikan ") + to_text(promised) +
                           in(", wanted by ", ", diminta sebelum ") + to_text(request_.promise_by);
        }
    }

    void take_best(Offer& best, std::span<const Packing> packings, Shipment shipment) const {
        bool first = true;
        const auto lane = best.lane;
        for (std::size_t i = 0; i < packings.size(); ++i) {
            Offer offer;
            offer.lane = lane;
            offer.packing = i;
            offer.cost = packings[i].cost;
            shipment.pieces = packings[i].pieces;
            weigh_in(offer, shipment);
            if (first || better(offer, best)) best = std::move(offer);
            first = false;
        }
    }

    // What the rule looks at first; less is better.
    std::int64_t wanted(const Offer& offer) const {
        switch (rule_->strategy) {
            case Strategy::cheapest:
                return 0;
            case Strategy::fastest:
                return offer.days;
            case Strategy::preferred:
                return static_cast<std::int64_t>(offer.preference);
            case Strategy::most_reliable:
                return -offer.on_time;
        }
        return 0;
    }

    bool better(const Offer& a, const Offer& b) const {
        if (a.competes() != b.competes()) return a.competes();
        if (!a.competes()) return false;
        const auto rank = [&](const Offer& o) {
            return std::tuple(wanted(o), o.total(), o.days, o.preference);
        };
        const auto rank_a = rank(a), rank_b = rank(b);
        if (rank_a != rank_b) return rank_a < rank_b;
        const auto name = [](const Offer& o) {
            return std::tie(o.lane.service->courier, o.lane.service->code, o.packing);
        };
        return name(a) < name(b);
    }

    std::string in(const char* english, const char* indonesian) const {
        return say(request_.tongue, english, indonesian);
    }
    std::string days_text(std::int64_t days) const {
        return std::to_string(days) + (days == 1 ? in(" day", " hari") : in(" days", " hari"));
    }
    std::string money(std::int64_t amount) const { return amount_text({amount}, book_.currency()); }

    std::string why_lost(const Offer& offer, const Offer& best) const {
        const auto against = in(" against ", " dibanding ");
        if (wanted(offer) != wanted(best)) {
            const auto& preferred = rule_->preferred;
            switch (rule_->strategy) {
                case Strategy::fastest:
                    return days_text(offer.days) + against + std::to_string(best.days);
                case Strategy::preferred:
                    return offer.preference < preferred.size()
                               ? in("preferred after ", "diutamakan setelah ") +
                                     preferred[best.preference]
                               : in("not among the preferred", "tidak termasuk yang diutamakan");
                case Strategy::most_reliable:
                    return (offer.on_time < 0
                                ? in("punctuality unknown", "ketepatan tidak diketahui")
                                : share_text(offer.on_time) + in(" on time", " tepat waktu")) +
                           against + share_text(best.on_time);
                case Strategy::cheapest:
                    break;
            }
        }
        if (offer.total() != best.total())
            return money(offer.total()) + against + money(best.total());
        const auto same = in("same price ", "harga sama ") + money(offer.total());
        if (offer.days != best.days) {
            return same + ", " + std::to_string(offer.days) + in(" days", " hari") + against +
                   std::to_string(best.days);
        }
        if (offer.preference != best.preference)
            return same + in(" and days, preferred less", " dan hari sama, kurang diutamakan");
        return same + in(" and days, later in the alphabet", " dan hari sama, abjad kemudian");
    }

    std::string why_out(const Offer& offer) const {
        return offer.barred.empty() ? refusal_text(book_, offer.lane, offer.price, request_)
                                    : offer.barred;
    }

    Result<Choice> judge(std::span<const Packing> packings) {
        const auto best =
            std::min_element(offers_.begin(), offers_.end(),
                             [&](const Offer& a, const Offer& b) { return better(a, b); });
        if (best == offers_.end() || !best->competes()) return nobody();
        auto asked = request_;
        const auto& service = *best->lane.service;
        asked.courier = service.courier;
        asked.service = service.code;
        if (!packings.empty()) asked.pieces = packings[best->packing].pieces;
        auto quoted = quote(book_, best->lane, asked);
        if (!quoted) return tl::unexpected(std::move(quoted.error()));
        Choice choice{std::move(*quoted), {}, rule_->name, best->packing};
        for (const auto& offer : offers_) {
            if (&offer == &*best) continue;
            const auto& rules = book_.any_rules(offer.lane.family);
            choice.losers.push_back({rules.courier, rules.code,
                                     offer.competes() ? why_lost(offer, *best) : why_out(offer)});
        }
        return choice;
    }

    Result<Choice> nobody() const {
        auto what = in("No service takes this parcel to area ",
                       "Tidak ada layanan yang menerima paket ini ke wilayah ") +
                    request_.area_code +
                    in("; choose by hand or complete the tariff.",
                       "; pilih sendiri atau lengkapi tarifnya.");
        for (const auto& offer : offers_) {
            const auto& rules = book_.any_rules(offer.lane.family);
            what += " " + rules.courier + " " + rules.code + ": " + why_out(offer);
        }
        return fail(Remedy::call_person, std::move(what));
    }

    const RateBook& book_;
    const Request& request_;
    const Reliability& reliability_;
    std::int64_t reliable_from_;
    Places places_;
    const ChoiceRule* rule_;
    std::vector<Offer> offers_;  // by courier, service
};

}  // namespace

Result<Choice> choose(const RateBook& book, const Request& request, const ChoiceRules& rules,
                      const Reliability& reliability) {
    return Contest(book, request, rules, reliability).run({});
}

Result<Choice> choose_packing(const RateBook& book, const Request& request,
                              std::span<const Packing> packings, const ChoiceRules& rules,
                              const Reliability& reliability) {
    if (packings.empty()) {
        return fail(Remedy::call_person,
                    "There is no packing to choose from; give the order's goods a carton.");
    }
    return Contest(book, request, rules, reliability).run(packings);
}

Comparison compare(const RateBook& book, const Request& request, const ChoiceRules& rules,
                   const Reliability& reliability) {
    return Contest(book, request, rules, reliability).compared();
}

Result<Choice> cheapest(const RateBook& book, const Request& request, const Filter& filter) {
    ChoiceRules rules;
    rules.rules.emplace_back();
    rules.rules[0].couriers = filter.couriers;
    rules.rules[0].max_transit_days = filter.max_transit_days;
    return choose(book, request, rules, {});
}

std::string to_text(const Choice& choice) {
    const auto& best = choice.best;
    auto text = "rule " + (choice.rule.empty() ? "cheapest" : choice.rule) + ": " +
                best.service.courier + " " + best.service.code + " for " + best.currency.code +
                " " + amount_text(best.total, best.currency);
    for (const auto& loser : choice.losers)
        text += "\n" + loser.courier + " " + loser.service + ": " + loser.why;
    return text;
}

}  // namespace kemas::rating
