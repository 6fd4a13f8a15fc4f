// POST /api/v1/scans: a scan from a page or a script, as good as one from a scanner
#include <boost/asio/steady_timer.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <memory>

#include "app/api.hpp"
#include "app/packing_desk.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

constexpr auto patience =
    std::chrono::milliseconds(500);  // for the packing, after the scan is done

std::string text_of(const json::object& from, const char* name) {
    const auto* value = from.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string{};
}

bool is_printable(const std::string& code) {
    for (const char c : code)
        if ((c < ' ' || c > '~') && c != '\x1d') return false;
    return !code.empty() && code.size() <= 512;
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

// {"text", "picture"}: what the order goes into, or why that is not known.
json::object packing_json(const Api& api, const Suggestion& told) {
    const bool suggested = told.answer.code == "packing_suggested";
    return {{"text", api.text_for(told.answer)},
            {"picture", suggested ? json::value(picture_path(told.order)) : json::value()}};
}

// The scan is done and answered in any case; what to pack in comes with the answer when an order
// was just opened at a bench and it is known in time.
void answer_with_packing(Api& api, const std::string& station, const Answer& answer,
                         const web::Responder& respond) {
    if (!api.packing->starts(station, answer)) return respond(scan_response(api, answer));
    auto timer = std::make_shared<boost::asio::steady_timer>(api.loop, patience);
    timer->async_wait([&api, answer, respond](const boost::system::error_code& ended) {
        if (!ended) respond(scan_response(api, answer));
    });
    api.packing->suggest(station, [&api, answer, respond, timer](const auto& told) {
        timer->cancel();
        auto response = scan_response(api, answer);
        if (told) {
            auto body = json::parse(response.body).as_object();
            body["packing"] = packing_json(api, *told);
            response.body = json::serialize(body);
        }
        respond(std::move(response));
    });
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
