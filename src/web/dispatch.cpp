#include "web/dispatch.hpp"

#include <sodium.h>

#include "web/connection.hpp"
#include "web/text.hpp"

namespace kemas::web {

namespace {

Plan refuse(unsigned status, std::string_view title, std::string detail) {
    return {nullptr, problem(status, title, detail)};
}

bool authorised(const std::string& token, const Request& request) {
    auto sent = request.header("authorization").value_or("");
    if (sent.size() < 7 || !same_word(sent.substr(0, 7), "bearer ")) return false;
    sent = trim(sent.substr(7));
    return sent.size() == token.size() &&
           sodium_memcmp(sent.data(), token.data(), token.size()) == 0;
}

// A page of another site can make a browser send a POST here; its Origin gives it away.
bool foreign_origin(const Request& request) {
    if (request.method == Method::get || request.method == Method::head) return false;
    const auto origin = request.header("origin");
    if (!origin) return false;
    const auto mark = origin->find("://");
    return mark == std::string_view::npos ||
           !same_word(origin->substr(mark + 3), request.header("host").value_or(""));
}

Plan unroutable(const RouteTable::Match& match, const Request& request) {
    if (!match.path_known) {
        return refuse(404, "No such path",
                      "Nothing is served at " + request.path +
                          "; look at the path, a trailing slash counts.");
    }
    auto plan = refuse(405, "Method not allowed",
                       request.path + " does not take " + std::string(name_of(request.method)) +
                           "; it takes " + match.allow + ".");
    plan.refusal.headers.emplace_back("Allow", match.allow);
    return plan;
}

}  // namespace

Response body_too_long(const Request& request, std::size_t limit_bytes) {
    if (limit_bytes == 0) {
        return problem(413, "Body not wanted",
                       std::string(name_of(request.method)) + " " + request.path +
                           " takes no body; send it without one.");
    }
    return problem(413, "Body too long",
                   request.path + " takes at most " + std::to_string(limit_bytes) +
                       " bytes; split the request.");
}

Plan plan_request(const Core& core, const Head& head, const BodyFrame& body, Request& request) {
    auto match = core.routes.find(head.method, head.path);
    const auto& token = core.options.bearer_token;
    const bool open = match.route && match.route->access == Access::open;
    if (!token.empty() && !open && !authorised(token, request)) {
        auto plan = refuse(401, "Token wanted",
                           "This server answers only with its token; send the header "
                           "\"Authorization: Bearer ...\" with the site's web token.");
        plan.refusal.headers.emplace_back("WWW-Authenticate", "Bearer");
        return plan;
    }
    if (!match.route) return unroutable(match, request);
    if (match.bad_escape) {
        return refuse(400, "Path not readable",
                      "A part of " + request.path +
                          " is not percent-encoded UTF-8; encode it and send it again.");
    }
    auto query = read_query(head.query);
    if (!query.fault.empty()) return refuse(400, "Query not readable", query.fault);
    if (foreign_origin(request)) {
        return refuse(
            403, "Foreign page",
            "A page of another site sent this; use the page that this server itself serves.");
    }
    const Route& route = *match.route;
    if (!route.content_type.empty()) {
        const auto type = request.header("content-type").value_or("");
        if (!same_word(trim(type.substr(0, type.find(';'))), route.content_type)) {
            return refuse(415, "Media type not taken",
                          request.path + " takes " + route.content_type +
                              "; send it with that Content-Type.");
        }
    }
    if (body.present &&
        (route.max_body_bytes == 0 || body.length.value_or(0) > route.max_body_bytes)) {
        return {nullptr, body_too_long(request, route.max_body_bytes)};
    }
    request.params = std::move(match.params);
    request.query = std::move(query.values);
    return {&route, {}};
}

}  // namespace kemas::web
