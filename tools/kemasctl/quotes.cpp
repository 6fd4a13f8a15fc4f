// kemasctl quote: what each service would ask for a parcel, and why the others lose.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <memory>
#include <optional>
#include <sstream>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {
namespace {

struct QuoteArgs {
    std::string order, channel, shop, courier, service, area, postal, country;
    std::vector<std::string> parcels;
    std::string day, time, promise_by, language;
    std::int64_t cod = -1, value = -1, settlement_days = -1;
    bool insured = false, wooden = false, dangerous = false, explain = false;
};

// "1200", "1200:BOX-S" or "1200:250x200x120": grams, then a carton or the sides in millimetres.
std::optional<object> piece_of(const std::string& text) {
    const auto colon = text.find(':');
    object piece;
    const auto number = [](const std::string& digits) -> std::int64_t {
        if (digits.empty() || digits.size() > 12 ||
            digits.find_first_not_of("0123456789") != std::string::npos)
            return -1;
        return std::stoll(digits);
    };
    const auto weight = number(text.substr(0, colon));
    if (weight < 0) return std::nullopt;
    piece["weight_g"] = weight;
    if (colon == std::string::npos) return piece;
    const auto size = text.substr(colon + 1);
    std::vector<std::int64_t> sides;
    std::istringstream parts(size);
    for (std::string side; std::getline(parts, side, 'x');) sides.push_back(number(side));
    if (sides.size() != 3 || std::ranges::find(sides, -1) != sides.end()) {
        piece["carton"] = size;
        return piece;
    }
    piece["length_mm"] = sides[0];
    piece["width_mm"] = sides[1];
    piece["height_mm"] = sides[2];
    return piece;
}

std::optional<object> body_of(Session& session, const QuoteArgs& args) {
    object body;
    const std::pair<const char*, const std::string*> texts[] = {{"order", &args.order},
                                                                {"channel", &args.channel},
                                                                {"shop", &args.shop},
                                                                {"courier", &args.courier},
                                                                {"service", &args.service},
                                                                {"area_code", &args.area},
                                                                {"postal_code", &args.postal},
                                                                {"country", &args.country},
                                                                {"day", &args.day},
                                                                {"time", &args.time},
                                                                {"promise_by", &args.promise_by},
                                                                {"language", &args.language}};
    for (const auto& [name, value] : texts)
        if (!value->empty()) body[name] = *value;
    const std::pair<const char*, std::int64_t> numbers[] = {
        {"cod", args.cod}, {"value", args.value}, {"settlement_days", args.settlement_days}};
    for (const auto& [name, value] : numbers)
        if (value >= 0) body[name] = value;
    if (args.insured) body["insured"] = true;
    if (args.wooden) body["wooden"] = true;
    if (args.dangerous) body["dangerous"] = true;
    array pieces;
    for (const auto& text : args.parcels) {
        auto piece = piece_of(text);
        if (!piece) {
            session.complain(Exit::cannot, "--parcel " + text +
                                               " is no parcel: say grams and its carton or sides, "
                                               "as in 1200:BOX-S or 1200:250x200x120.");
            return std::nullopt;
        }
        pieces.push_back(std::move(*piece));
    }
    if (!pieces.empty()) body["pieces"] = std::move(pieces);
    return body;
}

std::string money(const object& from, std::string_view name, std::int64_t exponent) {
    auto digits = std::to_string(count(from, name));
    if (exponent <= 0) return digits;
    const auto behind = static_cast<std::size_t>(exponent);
    if (digits.size() <= behind) digits.insert(0, behind + 1 - digits.size(), '0');
    return digits.insert(digits.size() - behind, ".");
}

std::string grams_as_kg(const object& weight, std::string_view name) {
    const auto grams = text(weight, name);  // "1301.000"
    const auto point = std::min(grams.find('.'), grams.size());
    auto digits = grams.substr(0, point);
    if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
    digits.insert(digits.size() - 3, ".");
    while (digits.back() == '0') digits.pop_back();
    if (digits.back() == '.') digits.pop_back();
    return digits + " kg";
}

void print_quotes(const object& answer, bool explain) {
    const auto exponent = count(answer, "exponent");
    const auto& winner = part(answer, "winner");
    const auto rule = text(answer, "rule");
    fmt::print("Tariff {}, for {} at {}; rule: {}\n\n", text(answer, "tariff").substr(0, 12),
               text(answer, "day"), text(answer, "time"),
               rule.empty() ? text(answer, "choose") : rule + ", " + text(answer, "choose"));
    std::vector<Row> rows;
    for (const auto& item : list(answer, "services")) {
        const auto& one = as_object(item);
        const auto& quote = part(one, "quote");
        const bool wins = yes(one, "competes") && text(one, "why_not").empty();
        rows.push_back(
            {cell(one, "courier"), cell(one, "service"),
             quote.empty() ? "-" : money(quote, "total", exponent),
             quote.empty() ? "-" : grams_as_kg(part(quote, "weight"), "billed_g"),
             quote.empty() ? "-" : cell(quote, "promised"),
             wins ? joined("chosen", ", ", text(one, "punctuality")) : cell(one, "why_not")});
    }
    fmt::print("{}", table({"COURIER", "SERVICE", text(answer, "currency"), "BILLED", "PROMISED",
                            "WHY NOT"},
                           rows));
    for (const auto& item : list(answer, "services")) {
        const auto& one = as_object(item);
        const auto& quote = part(one, "quote");
        if (quote.empty()) continue;
        const bool wins = yes(one, "competes") && text(one, "why_not").empty();
        if (!explain && !wins) continue;
        fmt::print("\n");
        for (const auto& line : list(quote, "text")) fmt::print("  {}\n", text(line));
    }
    if (winner.empty())
        fmt::print(
            "\nNo service takes it: see the reasons above; complete the tariff or choose by "
            "hand.\n");
}

void quote(Session& session, const QuoteArgs& args) {
    const auto body = body_of(session, args);
    if (!body) return;
    const auto answer = session.ask(post("/api/v1/quotes", boost::json::serialize(*body)));
    if (!answer) return;
    if (part(*answer, "winner").empty()) session.exit = Exit::refused;
    if (session.json) return session.print_raw();
    print_quotes(*answer, args.explain);
}

}  // namespace

void add_quotes(CLI::App& app, Session& session) {
    const auto args = std::make_shared<QuoteArgs>();
    auto* command = app.add_subcommand(
        "quote", "What each courier's service would ask, which one is chosen, and why");
    const auto add = [&](const char* name, std::string& into, const char* what, const char* type) {
        command->add_option(name, into, what)->type_name(type);
    };
    add("--order", args->order, "An order of the books: its area, cash and value", "NUMBER");
    add("--channel", args->channel, "Of the order, or for the site's rules", "NAME");
    add("--shop", args->shop, "Of the order", "NAME");
    command
        ->add_option("--parcel", args->parcels,
                     "Grams and carton or sides: 1200:BOX-S, 1200:250x200x120")
        ->type_name("G:SIZE");
    add("--area", args->area, "Area code of the recipient", "CODE");
    add("--postal", args->postal, "Postal code of the recipient", "CODE");
    add("--country", args->country, "Country of the recipient, where it is abroad", "CC");
    command->add_option("--cod", args->cod, "Cash to collect, in minor units")->type_name("AMOUNT");
    command->add_option("--value", args->value, "Value of the goods, in minor units")
        ->type_name("AMOUNT");
    command->add_option("--settlement-days", args->settlement_days, "When COD is paid out")
        ->type_name("DAYS");
    command->add_flag("--insured", args->insured, "With insurance");
    command->add_flag("--wooden", args->wooden, "In wooden packing");
    command->add_flag("--dangerous", args->dangerous, "Dangerous goods");
    add("--courier", args->courier, "This courier only", "NAME");
    add("--service", args->service, "This service only", "CODE");
    add("--day", args->day, "Of the handover; otherwise now", "2026-11-22");
    add("--time", args->time, "Of that day, for the cut-off", "14:30");
    add("--promise-by", args->promise_by, "Only what is promised by that day", "2026-11-24");
    add("--language", args->language, "Of the explanation: en or id; otherwise the site's", "LANG");
    command->add_flag("--explain", args->explain, "Every service's sum, not only the winner's");
    command->callback([&session, args] { quote(session, *args); });
}

}  // namespace kemas::ctl
