#include "settings/rating.hpp"

#include <algorithm>

namespace kemas::settings {
namespace {

using rating::ChoiceRule;
using rating::Strategy;

constexpr std::int64_t most_grams = 100'000'000;
constexpr std::int64_t most_money = 100'000'000'000'000;

void read_conditions(TableReader& table, ChoiceRule& rule) {
    rule.from_weight = grams(table.whole("from_g", 0, 0, most_grams));
    rule.below_weight = grams(table.whole("below_g", 0, 0, most_grams));
    rule.from_value.value = table.whole("from_value", 0, 0, most_money);
    rule.below_value.value = table.whole("below_value", 0, 0, most_money);
    if (const bool cod = table.flag("cod", false); table.has("cod")) rule.cod = cod;
    rule.areas = table.texts("areas");
    rule.channels = table.texts("channels");
    const auto never = [&](auto from, auto below, const char* key) {
        if (below.value > 0 && from >= below)
            table.wrong(key, "is not above where the rule begins", "a larger number");
    };
    never(rule.from_weight, rule.below_weight, "below_g");
    never(rule.from_value, rule.below_value, "below_value");
}

ChoiceRule read_rule(TableReader& table) {
    ChoiceRule rule;
    rule.name = table.need_text("name");
    read_conditions(table, rule);
    rule.couriers = table.texts("couriers");
    rule.max_transit_days = table.whole_int("max_transit_days", 0, 0, 365);
    rule.least_on_time = table.whole("least_on_time_percent", 0, 0, 100) * 100;
    rule.unproven_pass = table.choice<bool>("unproven", true, {{"pass", true}, {"bar", false}});
    rule.strategy = table.choice<Strategy>("choose", Strategy::cheapest,
                                           {{"cheapest", Strategy::cheapest},
                                            {"fastest", Strategy::fastest},
                                            {"preferred", Strategy::preferred},
                                            {"most_reliable", Strategy::most_reliable}});
    rule.preferred = table.texts("preferred");
    if (rule.strategy == Strategy::preferred && rule.preferred.empty())
        table.missing("preferred", "the preferred services, as in [\"JNE REG\", \"SICEPAT\"]");
    table.finish();
    return rule;
}

}  // namespace

void read_rating(TableReader& rating, Settings& into) {
    auto& policy = into.site.policy;
    policy.choice.reliable_from =
        rating.whole("reliable_from", policy.choice.reliable_from, 1, 1'000'000);
    policy.choice.reliable_days =
        rating.whole("reliable_days", policy.choice.reliable_days, 1, 3650);
    policy.insure_from.value = rating.whole("insure_from", 0, 0, most_money);
    policy.wooden_goods = rating.texts("wooden_goods");
    policy.settlement_days = rating.whole_int("settlement_days", 0, 0, 365);
    for (const auto* each : rating.tables("rule")) {
        TableReader table(*each, "[[rating.rule]]", rating.mistakes());
        auto rule = read_rule(table);
        const auto& rules = policy.choice.rules;
        if (std::ranges::find(rules, rule.name, &ChoiceRule::name) != rules.end())
            table.wrong("name", "is \"" + rule.name + "\", which is there already",
                        "each rule once");
        policy.choice.rules.push_back(std::move(rule));
    }
    rating.finish();
}

void read_packing(TableReader& packing, Settings& into) {
    auto& policy = into.site.policy.packing;
    policy.suggest = packing.flag("suggest", policy.suggest);
    policy.support_percent = packing.whole("support_percent", policy.support_percent, 0, 100);
    for (const auto& pair : packing.texts("apart")) {
        const auto slash = pair.find('/');
        if (slash == std::string::npos || slash == 0 || slash + 1 == pair.size())
            packing.wrong("apart", "has \"" + pair + "\"",
                          "two classes of goods, as in \"food/chemicals\"");
        else
            policy.apart.emplace_back(pair.substr(0, slash), pair.substr(slash + 1));
    }
    packing.finish();
}

}  // namespace kemas::settings
