// POST /api/v1/lines/{name}/clear-jam, POST /api/v1/lines/{name}/feeds/{feed}/clear-jam, POST
// /api/v1/lines/{name}/lanes/{lane}/open, shut
#include <boost/json/parse.hpp>
#include <optional>

#include "app/api.hpp"

namespace kemas::app {
namespace {

// The line that is asked for, with who asks and why; nullptr = the answer is given.
LineDesk* asked_line(Api& api, const web::Request& request, const web::Responder& respond,
                     ByReason& body) {
    const std::string name(request.param("name"));
    auto* const line = api.line(name);
    if (!line) {
        respond(web::problem(404, "Unknown line",
                             "No line " + name + " runs here: see lines in GET /status."));
        return nullptr;
    }
    body = read_by_reason(request);
    if (!body.problem) return line;
    respond(*body.problem);
    return nullptr;
}

void send_cleared(Api& api, const web::Responder& respond, const Answer& answer) {
    const bool unknown = answer.code.ends_with("_jam_unknown");
    if (!unknown && !answer.code.ends_with("_jam_stays")) return send_outcome(api, respond, answer);
    respond(web::problem(unknown ? 504 : 409, unknown ? "Nobody knows" : "The jam stays",
                         api.text_for(answer), {{"code", web::json_string(answer.code)}}));
}

void clear_jam(Api& api, const web::Request& request, const web::Responder& respond) {
    ByReason body;
    auto* const line = asked_line(api, request, respond, body);
    if (!line) return;
    line->clear_jam(body.by, body.reason,
                    [&api, respond](const Answer& answer) { send_cleared(api, respond, answer); });
}

std::optional<conveyor::Zone> zone_in(const web::Request& request) {
    boost::system::error_code ec;
    const auto body = boost::json::parse(request.body, ec);
    const auto* object = ec ? nullptr : body.if_object();
    const auto* zone = object ? object->if_contains("zone") : nullptr;
    for (const auto each : {conveyor::Zone::upstream, conveyor::Zone::downstream})
        if (zone && zone->is_string() && zone->get_string() == to_text(each)) return each;
    return std::nullopt;
}

void clear_feed(Api& api, const web::Request& request, const web::Responder& respond) {
    ByReason body;
    auto* const line = asked_line(api, request, respond, body);
    if (!line) return;
    const std::string feed(request.param("feed"));
    if (!line->has_feed(feed))
        return respond(
            web::problem(404, "Unknown feed", line->name() + " has no feed " + feed + "."));
    const auto zone = zone_in(request);
    if (!zone)
        return respond(web::problem(422, "Which zone",
                                    "zone must be \"upstream\" or \"downstream\": the one that "
                                    "was looked at."));
    line->clear_feed(feed, *zone, body.by, body.reason,
                     [&api, respond](const Answer& answer) { send_cleared(api, respond, answer); });
}

void switch_lane(Api& api, bool open, const web::Request& request, const web::Responder& respond) {
    ByReason body;
    auto* const line = asked_line(api, request, respond, body);
    if (!line) return;
    const std::string lane(request.param("lane"));
    if (!line->has_lane(lane))
        return respond(
            web::problem(404, "Unknown lane", line->name() + " has no lane " + lane + "."));
    line->switch_lane(lane, open, body.by, body.reason, [&api, respond](const Answer& answer) {
        send_outcome(api, respond, answer);
    });
}

}  // namespace

void add_line_routes(web::Server& server, Api& api) {
    server.post("/api/v1/lines/{name}/clear-jam", 4096, "application/json",
                [&api](const web::Request& request, const web::Responder& respond) {
                    clear_jam(api, request, respond);
                });
    server.post("/api/v1/lines/{name}/feeds/{feed}/clear-jam", 4096, "application/json",
                [&api](const web::Request& request, const web::Responder& respond) {
                    clear_feed(api, request, respond);
                });
    const auto add = [&](const char* pattern, bool open) {
        server.post(pattern, 4096, "application/json",
                    [&api, open](const web::Request& request, const web::Responder& respond) {
                        switch_lane(api, open, request, respond);
                    });
    };
    add("/api/v1/lines/{name}/lanes/{lane}/open", true);
    add("/api/v1/lines/{name}/lanes/{lane}/shut", false);
}

}  // namespace kemas::app
