// POST /api/v1/lines/{name}/clear-jam, POST /api/v1/lines/{name}/lanes/{lane}/open, shut
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

void said(const web::Responder& respond, const char* code, const std::string& text) {
    web::Response response;
    response.body = json::serialize(json::object{{"code", code}, {"text", text}});
    respond(std::move(response));
}

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

void clear_jam(Api& api, const web::Request& request, const web::Responder& respond) {
    ByReason body;
    auto* const line = asked_line(api, request, respond, body);
    if (!line) return;
    line->jam_cleared(body.by + " (" + body.reason + ")");
    said(respond, "jam_clearing",
         "The PLC of " + line->name() +
             " is asked to clear the jam. What lies on the belt goes to the reject lane.");
}

void switch_lane(Api& api, bool open, const web::Request& request, const web::Responder& respond) {
    ByReason body;
    auto* const line = asked_line(api, request, respond, body);
    if (!line) return;
    const std::string lane(request.param("lane"));
    if (!line->switch_lane(lane, open, body.by + " (" + body.reason + ")"))
        return respond(
            web::problem(404, "Unknown lane", line->name() + " has no lane " + lane + "."));
    said(respond, open ? "lane_open" : "lane_shut",
         "Lane " + lane + " of " + line->name() + (open ? " is in use." : " is out of use."));
}

}  // namespace

void add_line_routes(web::Server& server, Api& api) {
    server.post("/api/v1/lines/{name}/clear-jam", 4096, "application/json",
                [&api](const web::Request& request, const web::Responder& respond) {
                    clear_jam(api, request, respond);
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
