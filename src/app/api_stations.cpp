// GET /api/v1/stations and GET /api/v1/stations/{station}/packing: where people stand, and what the
// order open at a bench goes into
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <map>

#include "app/api.hpp"
#include "app/packing_desk.hpp"
#include "app/packing_json.hpp"
#include "intake/seal.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

const char* name_of(StationKind kind) {
    switch (kind) {
        case StationKind::bench:
            return "bench";
        case StationKind::pick:
            return "pick";
        case StationKind::dock:
            return "dock";
        case StationKind::returns:
            return "returns";
    }
    return "bench";
}

const char* name_of(Stage stage) {
    switch (stage) {
        case Stage::idle:
            return "idle";
        case Stage::items:
            return "items";
        case Stage::weighing:
            return "weighing";
        case Stage::label:
            return "label";
    }
    return "idle";
}

struct Standing {
    Stage stage = Stage::idle;
    std::optional<Order> order;
};

Standing standing_of(ReadView view, const std::string& station) {
    auto rows = view.db.query("SELECT stage, order_id FROM stations WHERE name = ?1", station);
    if (!rows.next()) return {};
    const auto stage = static_cast<Stage>(rows.integer(0));
    return {stage, rows.integer(1) ? view.books.order({rows.integer(1)}) : std::nullopt};
}

json::value key_json(const std::optional<Order>& order) {
    if (!order) return nullptr;
    return json::object{{"channel", order->key.channel},
                        {"shop", order->key.shop},
                        {"external_id", order->key.external_id}};
}

web::Response list(ReadView view, const Site& site) {
    json::array stations;
    for (const auto& [name, plan] : site.stations) {
        const auto standing = standing_of(view, name);
        stations.push_back(json::object{{"station", name},
                                        {"kind", name_of(plan.kind)},
                                        {"stage", name_of(standing.stage)},
                                        {"order", key_json(standing.order)}});
    }
    web::Response response;
    response.body = json::serialize(json::object{{"stations", std::move(stations)}});
    return response;
}

// The job's lines by SKU: how many units are wanted, and how many are in the parcel already.
json::array lines_json(const ledger::SqlBooks& books, const Order& order) {
    auto orders = books.orders_of_job(order);
    if (orders.empty()) orders.push_back(order);
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> units;
    for (const auto& one : orders)
        for (const auto& line : books.lines(one.id)) {
            units[line.sku].first += line.wanted();
            units[line.sku].second += line.packed;
        }
    json::array lines;
    for (const auto& [sku, count] : units) {
        const auto known = books.sku(sku);
        lines.push_back(json::object{{"sku", sku},
                                     {"name", known ? known->name : sku},
                                     {"wanted", count.first},
                                     {"packed", count.second}});
    }
    return lines;
}

web::Response packing_at(ReadView view, Api& api, const std::shared_ptr<const Site>& site,
                         const std::string& station, const std::string& language) {
    const auto standing = standing_of(view, station);
    json::object told{{"station", station},
                      {"stage", name_of(standing.stage)},
                      {"order", key_json(standing.order)},
                      {"lines", json::array{}},
                      {"packing", nullptr},
                      {"none_because", nullptr}};
    if (standing.order) {
        told["lines"] = lines_json(view.books, *standing.order);
        const auto packing = api.packing->packing(view, site, *standing.order);
        if (packing->refused.code.empty())
            told["packing"] = packing_json(*packing, *standing.order);
        else
            told["none_because"] =
                json::object{{"code", packing->refused.code},
                             {"text", api.catalogue.text(packing->refused, language)}};
    }
    web::Response response;
    response.body = json::serialize(told);
    response.etag = intake::sha256_hex(response.body).substr(0, 16);
    return response;
}

}  // namespace

void add_station_routes(web::Server& server, Api& api) {
    server.get("/api/v1/stations", [&api](const web::Request&, const web::Responder& respond) {
        ask(api, respond, [site = api.site](ReadView view) { return list(view, *site); });
    });
    server.get("/api/v1/stations/{station}/packing", [&api](const web::Request& request,
                                                            const web::Responder& respond) {
        const std::string station(request.param("station"));
        const auto plan = api.site->stations.find(station);
        if (plan == api.site->stations.end() || plan->second.kind != StationKind::bench)
            return respond(web::problem(
                404, "Unknown bench",
                "No bench is named \"" + station + "\": GET /api/v1/stations lists the stations."));
        const std::string language(request.query_value("language").value_or(api.settings.language));
        if (language != "en" && language != "id")
            return respond(web::problem(422, "Unknown language",
                                        "language must be en or id: leave it out for the site's."));
        ask(api, respond, [&api, site = api.site, station, language](ReadView view) {
            return packing_at(view, api, site, station, language);
        });
    });
}

}  // namespace kemas::app
