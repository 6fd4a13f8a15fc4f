// POST /api/v1/scans: a scan from a page or a script, as good as one from a scanner
#include <boost/asio/post.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "app/order_packing.hpp"
#include "app/wall_clock.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

std::string text_of(const json::object& from, const char* name) {
    const auto* value = from.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string{};
}

bool is_printable(const std::string& code) {
    for (const char c : code)
        if ((c < ' ' || c > '~') && c != '\x1d') return false;
    return !code.empty() && code.size() <= 512;
}

std::optional<Order> open_at(ReadView view, const std::string& station) {
    auto rows = view.db.query("SELECT order_id FROM stations WHERE name = ?1", station);
    return rows.next() ? view.books.order({rows.integer(0)}) : std::nullopt;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (plain.find(c) != plain.npos)
            out += c;
        else
            out.append({'%', hex[byte >> 4], hex[byte & 15]});
    }
    return out;
}

std::string picture_path(const OrderKey& key) {
    return "/api/v1/orders/" + percent_encoded(key.external_id) +
           "/packing.svg?channel=" + percent_encoded(key.channel) +
           "&shop=" + percent_encoded(key.shop);
}

// {"text", "picture"}: what the order goes into; or why that is not known, where the site wants it.
json::value packing_json(const Api& api, const std::string& language, const Order& order,
                         const OrderPacking& packing) {
    const auto& code = packing.refused.code;
    if (code == "packing_no_cartons" || code == "packing_nothing") return nullptr;
    if (!code.empty())
        return json::object{{"text", api.catalogue.text(packing.refused, language)},
                            {"picture", nullptr}};
    return json::object{
        {"text", api.catalogue.text(packing_suggestion(packing.ask, packing.plan), language)},
        {"picture", picture_path(order.key)}};
}

// The scan is done and answered in any case; what to pack in comes with the answer when an order
// was just opened at a bench.
void answer_with_packing(Api& api, const std::string& station, const Answer& answer,
                         const web::Responder& respond) {
    auto response = scan_response(api, answer);
    const auto& site = api.site;
    const bool opened = answer.code == "order_open" || answer.code == "order_open_owed";
    const auto plan = site->stations.find(station);
    if (!opened || !site->policy.packing.suggest || plan == site->stations.end() ||
        plan->second.kind != StationKind::bench)
        return respond(std::move(response));
    const bool asked = api.reader.ask([&api, shelf = api.rates, site = api.site, station, respond,
                                       response, language = api.settings.language](ReadView view) {
        json::value told;
        if (const auto order = open_at(view, station))
            told = packing_json(
                api, language, *order,
                packing_of(view.books, *site, *shelf->now(view.books), *order, wall_clock()));
        boost::asio::post(api.loop, [respond, response, told]() mutable {
            if (told.is_object()) {
                auto body = json::parse(response.body).as_object();
                body["packing"] = told;
                response.body = json::serialize(body);
            }
            respond(std::move(response));
        });
    });
    if (!asked) respond(std::move(response));
}

void scan(Api& api, const web::Request& request, const web::Responder& respond) {
    boost::system::error_code ec;
    const auto body = json::parse(request.body, ec);
    const auto* object = ec ? nullptr : body.if_object();
    if (!object)
        return respond(web::problem(
            422, "Not a scan", "The body must be {\"station\": \"bench-1\", \"code\": \"...\"}."));
    const auto station = text_of(*object, "station"), code = text_of(*object, "code"),
               id = text_of(*object, "id");
    if (!api.site->stations.contains(station))
        return respond(web::problem(422, "Unknown station",
                                    "station \"" + station + "\" is not in the site file."));
    if (!is_printable(code))
        return respond(
            web::problem(422, "Not a code", "code must be 1 to 512 printable ASCII characters."));
    const auto key = id.empty() ? api.new_key() : "scan:" + station + "#" + id;
    ++api.scans;
    api.ledger.submit({key, station, CodeScanned{code}},
                      [&api, station, respond](const Done& done) {
                          if (done.answer.kind == Answer::Kind::refused) ++api.refused;
                          answer_with_packing(api, station, done.answer, respond);
                      });
}

}  // namespace

void add_scan_routes(web::Server& server, Api& api) {
    server.post("/api/v1/scans", 8192, "application/json",
                [&api](const web::Request& request, const web::Responder& respond) {
                    scan(api, request, respond);
                });
}

}  // namespace kemas::app
