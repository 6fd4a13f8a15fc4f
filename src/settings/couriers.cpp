#include "settings/couriers.hpp"

#include <charconv>

#include "core/bare_letter.hpp"
#include "core/numbers/sscc.hpp"
#include "settings/lines.hpp"
#include "settings/service_url.hpp"

namespace kemas::settings {
namespace {

using numbers::Method;

// "3 1 7": each from 0 to 99.
std::vector<int> read_weights(TableReader& table) {
    std::vector<int> weights;
    const auto text = table.text("weights");
    const auto* at = text.data();
    const auto* end = at + text.size();
    while (at != end) {
        int weight = 0;
        const auto read = std::from_chars(at, end, weight);
        if (read.ec != std::errc{} || weight < 0 || weight > 99) {
            table.wrong("weights", "is \"" + text + "\"", "whole numbers, as in \"3 1 7\"");
            return {};
        }
        weights.push_back(weight);
        at = read.ptr;
        while (at != end && *at == ' ') ++at;
    }
    return weights;
}

numbers::Rule read_rule(TableReader& table) {
    numbers::Rule rule;
    rule.name = table.need_text("name");
    rule.shapes = table.texts("shapes");
    rule.method = table.choice<Method>("check", Method::none,
                                       {{"none", Method::none},
                                        {"mod10", Method::mod10},
                                        {"luhn", Method::luhn},
                                        {"mod7", Method::mod7},
                                        {"s10", Method::s10},
                                        {"mod37_36", Method::mod37_36},
                                        {"sum_product", Method::sum_product}});
    rule.evens = table.whole_int("evens", rule.evens, 1, 9);
    rule.odds = table.whole_int("odds", rule.odds, 1, 9);
    rule.reverse = table.flag("reverse", rule.reverse);
    rule.weights = read_weights(table);
    rule.modulo1 = table.whole_int("modulo1", 0, 2, 1000);
    rule.modulo2 = table.whole_int("modulo2", 0, 2, 36);
    rule.prepend = table.text("prepend");
    if (rule.shapes.empty())
        table.missing("shapes", "what such a number looks like, as in \"[@@]#(8)+[@@]\"");
    else if (const auto mistake = numbers::mistake_of(rule); !mistake.empty())
        table.wrong("shapes", "cannot be used: " + mistake, "a shape as the file's head says");
    table.finish();
    return rule;
}

// "JNE/YES" into two words.
void read_instead(TableReader& table, ServicePlan& plan) {
    if (!table.has("instead")) return (void)table.text("instead");
    const auto text = table.text("instead");
    const auto slash = text.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == text.size())
        return table.wrong("instead", "is \"" + text + "\"",
                           "courier and service, as in \"SICEPAT/REG\"");
    plan.instead_courier = text.substr(0, slash);
    plan.instead_service = text.substr(slash + 1);
}

// What a courier and each of its services may say; `plan` holds what holds without.
void read_plan(TableReader& table, const NumberRules& rules, ServicePlan& plan) {
    plan.source = table.choice<NumberSource>(
        "numbers", plan.source,
        {{"pool", NumberSource::pool}, {"http", NumberSource::http}, {"sscc", NumberSource::sscc}});
    plan.low_water = table.whole("low_water", plan.low_water, 0, 1'000'000);
    plan.courier_label =
        table.choice<bool>("label", plan.courier_label, {{"drawn", false}, {"courier", true}});
    if (plan.courier_label && plan.source != NumberSource::http)
        table.wrong("label", "is \"courier\"", "\"drawn\", or numbers = \"http\"");
    read_instead(table, plan);
    const auto name = table.text("rule");
    if (name.empty()) return;
    const auto rule = rules.find(name);
    if (rule == rules.end())
        return table.wrong("rule", "is \"" + name + "\"",
                           "a [[rule]] of the file that number_rules in [files] names");
    plan.rule = rule->second;
}

void read_connection(TableReader& table, CourierSettings& courier) {
    courier.url = read_service_url(table);
    courier.token = table.text("token");
    const auto limits = read_service_limits(table);
    courier.deadline_ms = limits.deadline_ms;
    courier.at_once = limits.at_once;
    courier.breaker_failures = limits.breaker_failures;
    courier.breaker_open_ms = limits.breaker_open_ms;
}

bool uses(const CourierPlan& plan, NumberSource source) {
    if (plan.usual.source == source) return true;
    for (const auto& [code, service] : plan.services)
        if (service.source == source) return true;
    return false;
}

void read_courier(TableReader& table, std::string written, const NumberRules& rules,
                  Settings& into) {
    const auto name = table.need_text("name");
    CourierPlan plan;
    read_plan(table, rules, plan.usual);
    for (const auto* each : table.tables("service")) {
        TableReader service(*each, "[[courier.service]]", table.mistakes());
        auto own = plan.usual;
        const auto code = service.need_text("code");
        read_plan(service, rules, own);
        service.finish();
        if (!plan.services.emplace(code, std::move(own)).second)
            service.wrong("code", "is \"" + code + "\", which is there already",
                          "each service once");
    }
    plan.company_prefix = table.text("company_prefix");
    plan.extension = table.whole_int("extension", 0, 0, 9);
    plan.idempotent = table.flag("idempotent", plan.idempotent);
    plan.horizon.value = table.whole("horizon_s", plan.horizon.value / 1000, 1, 86'400) * 1000;
    if (uses(plan, NumberSource::sscc) && !numbers::is_company_prefix(plan.company_prefix))
        table.wrong("company_prefix", "is \"" + plan.company_prefix + "\"",
                    "the site's GS1 company prefix, 4 to 12 digits");
    CourierSettings courier;
    courier.name = name;
    courier.written = std::move(written);
    if (uses(plan, NumberSource::http)) read_connection(table, courier);
    table.finish();
    if (name.empty()) return;
    if (!into.site.policy.couriers.emplace(name, std::move(plan)).second)
        return table.wrong("name", "is \"" + name + "\", which is there already",
                           "each courier once");
    if (!courier.url.empty()) into.couriers.push_back(std::move(courier));
}

}  // namespace

NumberRules read_number_rules(std::string_view toml, Mistakes& mistakes) {
    NumberRules rules;
    if (const auto letter = find_bare_letter(toml)) {
        mistakes.add(letter->line,
                     "column " + std::to_string(letter->column) + ": " + letter->what);
        return rules;
    }
    try {
        const auto file = toml::parse(toml);
        TableReader root(file, "the file", mistakes);
        for (const auto* each : root.tables("rule")) {
            TableReader table(*each, "[[rule]]", mistakes);
            auto rule = read_rule(table);
            const auto name = rule.name;
            if (!rules.emplace(name, std::move(rule)).second)
                table.wrong("name", "is \"" + name + "\", which is there already",
                            "each rule once");
        }
        root.finish();
    } catch (const toml::parse_error& error) {
        mistakes.add(static_cast<int>(error.source().begin.line),
                     std::string(error.description()) + ", expected TOML");
    }
    return rules;
}

void read_couriers(TableReader& root, const NumberRules& rules, Settings& into) {
    for (const auto* each : root.tables("courier")) {
        TableReader table(*each, "[[courier]]", root.mistakes());
        read_courier(table, as_written(*each, ""), rules, into);
    }
}

}  // namespace kemas::settings
