// What happened in the shift, for a person and for a script.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <map>

#include "tools/sim/shift.hpp"

namespace kemas::sim {

namespace json = boost::json;

namespace {

std::string row(const std::string& left, const std::string& right) {
    std::string text = "  " + left;
    text.resize(std::max<std::size_t>(text.size(), 34), ' ');
    return text + right + "\n";
}

std::string name_of(const OrderKey& key) {
    return key.channel + "/" + key.shop + " " + key.external_id;
}

}  // namespace

std::string table_text(const DemoDay& day, const ShiftResult& result) {
    std::map<std::string, int> states, benches;
    for (const auto& one : result.outcomes) {
        ++states[one.state.empty() ? "not asked" : one.state];
        if (one.floor == "staged") ++benches[one.bench];
    }
    const auto& t = result.tally;
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, "%.1f s", static_cast<double>(result.took_ms) / 1000);
    std::string text = "Shift: " + std::to_string(day.orders.size()) + " orders in " +
                       std::to_string(day.jobs.size()) + " parcels, " + seconds + "\n";
    for (const auto& [state, count] : states) text += row("orders " + state, std::to_string(count));
    for (const auto& [bench, count] : benches)
        text += row("shipped at " + bench, std::to_string(count));
    text += row("scans", std::to_string(t.scans));
    text += row("wrong on purpose, refused", std::to_string(t.wrong_on_purpose - t.wrong_accepted) +
                                                 " of " + std::to_string(t.wrong_on_purpose));
    text += row("labels on paper", std::to_string(t.labels));
    text += row("labels printed twice", std::to_string(result.duplicates.size()));
    text += row("weighed again / overridden",
                std::to_string(t.reweighed) + " / " + std::to_string(t.overridden));
    text += row("cancelled by buyers", std::to_string(t.cancels));
    if (t.resent) text += row("scans sent again", std::to_string(t.resent));
    text += "Not shipped:\n";
    for (std::size_t i = 0; i < day.orders.size(); ++i) {
        const auto& order = day.orders[i];
        const auto& one = result.outcomes[i];
        if (one.as_planned && order.expect == "shipped") continue;
        text += std::string("  ") + (one.as_planned ? "as planned  " : "NOT PLANNED ") +
                name_of(order.draft.key) + ": " + one.state + ", planned " + order.expect +
                (order.why.empty() ? "" : " (" + order.why + ")") +
                (one.code.empty() ? "" : "; floor: " + one.code + " " + one.text) + "\n";
    }
    for (const auto& mark : result.duplicates) text += "  TWICE " + mark + "\n";
    for (const auto& trouble : result.troubles) text += "  TROUBLE " + trouble + "\n";
    return text + (result.as_planned() ? "Every order ended as planned.\n"
                                       : "The shift did not end as planned.\n");
}

std::string json_text(const DemoDay& day, const ShiftResult& result) {
    json::array orders, numbers, twice, troubles;
    std::int64_t shipped = 0, aside = 0, planned = 0;
    for (std::size_t i = 0; i < day.orders.size(); ++i) {
        const auto& order = day.orders[i];
        const auto& one = result.outcomes[i];
        shipped += one.floor == "staged";
        aside += one.floor == "aside";
        planned += one.as_planned;
        orders.push_back(json::object{{"channel", order.draft.key.channel},
                                      {"shop", order.draft.key.shop},
                                      {"external_id", order.draft.key.external_id},
                                      {"expected", order.expect},
                                      {"state", one.state},
                                      {"as_planned", one.as_planned},
                                      {"bench", one.bench},
                                      {"floor", one.floor},
                                      {"code", one.code},
                                      {"text", one.text},
                                      {"tracking_number", one.tracking}});
    }
    for (const auto& number : result.tracking_numbers) numbers.emplace_back(number);
    for (const auto& mark : result.duplicates) twice.emplace_back(mark);
    for (const auto& trouble : result.troubles) troubles.emplace_back(trouble);
    const auto& t = result.tally;
    return json::serialize(json::object{{"as_planned", result.as_planned()},
                                        {"in_time", result.in_time},
                                        {"took_ms", result.took_ms},
                                        {"orders_total", day.orders.size()},
                                        {"orders_as_planned", planned},
                                        {"staged", shipped},
                                        {"aside", aside},
                                        {"scans", t.scans},
                                        {"wrong_on_purpose", t.wrong_on_purpose},
                                        {"wrong_accepted", t.wrong_accepted},
                                        {"refused", t.refused},
                                        {"labels", t.labels},
                                        {"reweighed", t.reweighed},
                                        {"overridden", t.overridden},
                                        {"cancels", t.cancels},
                                        {"resent", t.resent},
                                        {"orders", std::move(orders)},
                                        {"tracking_numbers", std::move(numbers)},
                                        {"duplicates", std::move(twice)},
                                        {"troubles", std::move(troubles)}});
}

}  // namespace kemas::sim
