// POST /api/v1/scans: a scan from a page or a script, as good as one from a scanner
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

std::string text_of(const json::object& from, const char* name) {
    const auto* value = from.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string{};
}

const char* kind_text(Answer::Kind kind) {
    switch (kind) {
        case Answer::Kind::accepted:
            return "accepted";
        case Answer::Kind::refused:
            return "refused";
        case Answer::Kind::attention:
            break;
    }
    return "attention";
}

bool is_printable(const std::string& code) {
    for (const char c : code)
        if ((c < ' ' || c > '~') && c != '\x1d') return false;
    return !code.empty() && code.size() <= 512;
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
    api.ledger.submit({key, station, CodeScanned{code}}, [&api, respond](const Done& done) {
        if (done.answer.kind == Answer::Kind::refused) ++api.refused;
        web::Response response;
        response.body =
            json::serialize(json::object{{"ok", done.answer.kind == Answer::Kind::accepted},
                                         {"kind", kind_text(done.answer.kind)},
                                         {"code", done.answer.code},
                                         {"text", api.text_for(done.answer)}});
        respond(std::move(response));
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
