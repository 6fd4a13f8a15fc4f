// The site's rules for choosing a service: which parcels a rule is for, and what it prefers. The
// first whose conditions all hold decides. Knows no price.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/quantities.hpp"

namespace kemas::rating {

struct Request;

enum class Strategy { cheapest, fastest, preferred, most_reliable };

struct ChoiceRule {
    std::string name;
    // For which shipments; what is empty or 0 does not ask.
    Milligrams from_weight, below_weight;  // on the scale, of all parcels
    Money from_value, below_value;         // of the goods
    std::optional<bool> cod;
    std::vector<std::string> areas;  // prefixes of area codes
    std::vector<std::string> channels;
    // Who may compete.
    std::vector<std::string> couriers;  // empty = all
    int max_transit_days = 0;           // 0 = any
    std::int64_t least_on_time = 0;     // basis points
    bool unproven_pass = true;          // services with too few parcels to have a share
    // Who wins.
    Strategy strategy = Strategy::cheapest;
    std::vector<std::string> preferred;  // "JNE" or "JNE REG", the best first
};

struct ChoiceRules {
    std::vector<ChoiceRule> rules;    // when none holds: the cheapest of all
    std::int64_t reliable_from = 30;  // parcels, below which a share is not believed
    std::int64_t reliable_days = 30;  // how far back ends count
};

bool holds(const ChoiceRule& rule, const Request& request);
// Place in the list of preferred services, its length when not there.
std::size_t preference(const ChoiceRule& rule, const std::string& courier,
                       const std::string& service);

}  // namespace kemas::rating
