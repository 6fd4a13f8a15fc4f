#include "core/rating/choose.hpp"

#include <algorithm>
#include <utility>

#include "core/rating/choice_offers.hpp"
#include "core/rating/choice_order.hpp"
#include "core/rating/choice_words.hpp"

namespace kemas::rating {
namespace {

const ChoiceRule& deciding(const ChoiceRules& rules, const Request& request) {
    static const ChoiceRule cheapest_of_all;
    const auto found = std::ranges::find_if(
        rules.rules, [&](const ChoiceRule& rule) { return holds(rule, request); });
    return found == rules.rules.end() ? cheapest_of_all : *found;
}

Result<Choice> best_of(const Contest& contest, std::span<const Packing> packings) {
    const auto offers = offers_for(contest, packings);
    const auto best = std::min_element(
        offers.begin(), offers.end(),
        [&](const Offer& a, const Offer& b) { return is_better(contest.rule, a, b); });
    if (best == offers.end() || !best->competes())
        return fail(Remedy::call_person, why_nobody(contest, offers));
    auto asked = contest.request;
    asked.courier = best->lane.service->courier;
    asked.service = best->lane.service->code;
    if (!packings.empty()) asked.pieces = packings[best->packing].pieces;
    auto quoted = quote(contest.book, best->lane, asked);
    if (!quoted) return tl::unexpected(std::move(quoted.error()));
    Choice choice{std::move(*quoted), {}, contest.rule.name, best->packing};
    choice.proof = proof_text(contest, *best);
    for (const auto& offer : offers) {
        if (&offer == &*best) continue;
        const auto& rules = contest.book.any_rules(offer.lane.family);
        choice.losers.push_back(
            {rules.courier, rules.code,
             offer.competes() ? why_lost(contest, offer, *best) : why_out(contest, offer)});
    }
    return choice;
}

}  // namespace

Result<Choice> choose(const RateBook& book, const Request& request, const ChoiceRules& rules,
                      const Reliability& reliability) {
    return best_of({book, request, deciding(rules, request), reliability, rules.reliable_from}, {});
}

Result<Choice> choose_packing(const RateBook& book, const Request& request,
                              std::span<const Packing> packings, const ChoiceRules& rules,
                              const Reliability& reliability) {
    if (packings.empty()) {
        return fail(Remedy::call_person,
                    "There is no packing to choose from; give the order's goods a carton.");
    }
    return best_of({book, request, deciding(rules, request), reliability, rules.reliable_from},
                   packings);
}

Comparison compare(const RateBook& book, const Request& request, const ChoiceRules& rules,
                   const Reliability& reliability) {
    const Contest contest{book, request, deciding(rules, request), reliability,
                          rules.reliable_from};
    const auto offers = offers_for(contest, {});
    std::vector<const Offer*> ranked;
    for (const auto& offer : offers) ranked.push_back(&offer);
    // Equal ones keep their places: by courier, service.
    std::ranges::stable_sort(
        ranked, [&](const Offer* a, const Offer* b) { return is_better(contest.rule, *a, *b); });
    Comparison all{contest.rule.name, contest.rule.strategy, {}};
    for (const auto* offer : ranked) {
        const auto& rules_of = book.any_rules(offer->lane.family);
        Compared one{rules_of, offer->competes(), {}, proof_text(contest, *offer), {}};
        auto asked = request;
        asked.courier = rules_of.courier;
        asked.service = rules_of.code;
        if (auto quoted = quote(book, offer->lane, asked)) one.quote = std::move(*quoted);
        if (!one.competes)
            one.why = why_out(contest, *offer);
        else if (offer != ranked.front())
            one.why = why_lost(contest, *offer, *ranked.front());
        all.services.push_back(std::move(one));
    }
    return all;
}

Result<Choice> cheapest(const RateBook& book, const Request& request, const Filter& filter) {
    ChoiceRules rules;
    rules.rules.emplace_back();
    rules.rules[0].couriers = filter.couriers;
    rules.rules[0].max_transit_days = filter.max_transit_days;
    return choose(book, request, rules, {});
}

}  // namespace kemas::rating
