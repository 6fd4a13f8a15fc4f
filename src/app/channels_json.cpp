#include "app/channels_json.hpp"

#include <boost/json/object.hpp>
#include <set>

#include "app/wall_clock.hpp"
#include "core/rules/packages.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

std::string time_text(Instant at) {
    return at.value ? iso_text(at) : "";
}

json::value connection_json(const LiveState& live, const std::string& name) {
    for (const auto& each : live.channels) {
        if (each.name != name) continue;
        const bool open = each.breaker == Breaker::State::open;
        return json::object{
            {"breaker", word_for(each.breaker)}, {"open_until", open ? iso_text(each.until) : ""},
            {"heard", time_text(each.heard)},    {"error", each.error},
            {"waiting", each.waiting},           {"under_way", each.under_way}};
    }
    return nullptr;
}

}  // namespace

json::array channels_json(const ledger::BooksStatus& books, const LiveState& live) {
    std::set<std::string> names;
    for (const auto& each : live.channels) names.insert(each.name);
    for (const auto& [name, counts] : books.packages) names.insert(name);
    json::array list;
    for (const auto& name : names) {
        const auto found = books.packages.find(name);
        const auto counts = found == books.packages.end() ? ledger::PackageCounts{} : found->second;
        json::array waiting;
        for (const auto& [why, n] : counts.waiting)
            waiting.push_back(json::object{{"for", why}, {"packages", n}});
        list.push_back(json::object{{"name", name},
                                    {"connection", connection_json(live, name)},
                                    {"without_label", counts.without_label},
                                    {"waiting", std::move(waiting)}});
    }
    return list;
}

json::object package_json(const ledger::SqlBooks& books, const ChannelPackage& package) {
    const auto parcel = books.parcel(package.parcel);
    const auto order = parcel ? books.order(parcel->order) : std::nullopt;
    const auto next = package.next();
    json::array slots;
    for (const auto& slot : package.slots) slots.push_back(json::string(slot.id));
    return {{"package_number", package.package_number},
            {"channel", package.link},
            {"order", order ? order->key.external_id : ""},
            {"parcel", package.parcel.value},
            {"tracking_number", parcel ? parcel->tracking_number : ""},
            {"has_label", parcel && !parcel->label.empty()},
            {"waits_for", next ? std::string(to_text(*next)) : ""},
            {"why", why_no_label(package)},
            {"effect", package.act ? to_text(package.act) : ""},
            {"method", package.method},
            {"slot", package.slot},
            {"slots", std::move(slots)},
            {"cancel", package.cancel_answer},
            {"told_at", time_text(package.told_at)}};
}

}  // namespace kemas::app
