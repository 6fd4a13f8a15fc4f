// The service for a shipment by the site's rules, with the reason why each other one lost; also the
// best pair of packing and service. Deterministic: what the rule leaves equal goes to the lower
// price, then fewer days, then the rule's preference, then courier and service by alphabet.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/rating/choice_rules.hpp"
#include "core/rating/quote.hpp"
#include "core/rating/rate_book.hpp"
#include "core/rating/reliability.hpp"

namespace kemas::rating {

// What a service must satisfy besides carrying the parcel.
struct Filter {
    std::vector<std::string> couriers;  // allowed; empty = all
    int max_transit_days = 0;           // 0 = any
};

struct Loser {
    std::string courier, service;
    std::string why;  // "12000 against 9000", or the fault of its quote
};

struct Choice {
    Quote best;
    std::vector<Loser> losers;  // by courier, service
    std::string rule{};         // the name of the rule that decided; empty = the cheapest of all
    std::size_t packing = 0;    // of the candidates
    std::string proof{};        // of its punctuality, where the rule asks for that
};

// Every service of the tariff, for people: the winner first, then those that lost to it, the best
// first, then those that may not compete.
struct Compared {
    ServiceRow service;
    bool competes = false;
    std::string why;             // it lost or may not compete; empty = it won
    std::string proof;           // of its punctuality, where the rule asks for that
    std::optional<Quote> quote;  // where it has a price, even if a rule bars it
};

struct Comparison {
    std::string rule;  // as Choice::rule
    Strategy strategy = Strategy::cheapest;
    std::vector<Compared> services;
    bool has_winner() const { return !services.empty() && services.front().competes; }
};

// Asks all that `choose` asks, and keeps what it found; `request` narrows it likewise.
Comparison compare(const RateBook& book, const Request& request, const ChoiceRules& rules,
                   const Reliability& reliability);

// `request.courier` and `.service` narrow the choice where they are given. A fault that lists
// every refusal when no service takes the parcel.
Result<Choice> choose(const RateBook& book, const Request& request, const ChoiceRules& rules,
                      const Reliability& reliability);
Result<Choice> cheapest(const RateBook& book, const Request& request, const Filter& filter = {});

// One way to pack an order: its parcels, and what the cartons themselves cost.
struct Packing {
    std::vector<Piece> pieces;
    Money cost;
};

// The best pair of packing and service: price and cost of the cartons count together. The request's
// own pieces are not looked at. Equal pairs go to the packing first in the list. A loser is a
// service with its best packing.
Result<Choice> choose_packing(const RateBook& book, const Request& request,
                              std::span<const Packing> packings, const ChoiceRules& rules,
                              const Reliability& reliability);

// One line a service, for people: the rule, the winner with its price, each loser with its reason.
std::string to_text(const Choice& choice);

}  // namespace kemas::rating
