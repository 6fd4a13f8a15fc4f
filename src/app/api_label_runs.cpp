// GET and POST /api/v1/label-runs, POST /api/v1/label-runs/{id}/settle
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "app/label_json.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

struct Body {
    json::object fields;
    bool good = false;
    std::string text(const char* name) const {
        const auto* value = fields.if_contains(name);
        return value && value->is_string() ? std::string(value->get_string()) : std::string();
    }
    std::int64_t number(const char* name, std::int64_t otherwise) const {
        const auto* value = fields.if_contains(name);
        return value && value->is_int64() ? value->get_int64() : otherwise;
    }
};

Body body_of(const web::Request& request) {
    boost::system::error_code ec;
    auto parsed = json::parse(request.body, ec);
    if (ec || !parsed.is_object()) return {};
    return {std::move(parsed.get_object()), true};
}

void begin(Api& api, const web::Request& request, const web::Responder& respond) {
    const auto body = body_of(request);
    const auto station = body.text("station"), by = body.text("by");
    const auto most = body.number("most", most_run_labels);
    if (!body.good || station.empty() || by.empty() || most < 1 || most > most_run_labels)
        return respond(web::problem(
            422, "Which labels",
            "The body must be {\"station\", \"by\"}; it may have \"most\" (1 to 500), \"channel\" "
            "and \"courier\"."));
    if (!api.site->stations.contains(station))
        return respond(web::problem(422, "Unknown station",
                                    "station \"" + station + "\" is not in the site file."));
    LabelRunAsked in{body.text("channel"), body.text("courier"), static_cast<int>(most), by};
    api.ledger.submit({api.new_key(), station, std::move(in)}, [&api, respond](const Done& done) {
        send_outcome(api, respond, done.answer);
    });
}

void list(Api& api, const web::Request&, const web::Responder& respond) {
    ask(api, respond, [](ReadView view) {
        json::array runs;
        for (const auto& run : view.books.newest_label_runs(50))
            runs.push_back(label_run_json(run));
        web::Response response;
        response.body = json::serialize(json::object{{"runs", std::move(runs)}});
        return response;
    });
}

void settle(Api& api, const web::Request& request, const web::Responder& respond) {
    const std::string text(request.param("id"));
    const auto body = body_of(request);
    const auto last = body.number("last", -1);
    if (text.empty() || text.size() > 15 ||
        text.find_first_not_of("0123456789") != std::string::npos)
        return respond(web::problem(404, "Unknown run", "No run has the number " + text + "."));
    if (!body.good || body.text("by").empty() || last < 0 || last > most_run_labels)
        return respond(web::problem(422, "The last label",
                                    "The body must be {\"last\", \"by\"}: the place of the last "
                                    "label in hand, 0 = none."));
    LabelRunSettled in{{std::stoll(text)}, static_cast<int>(last), body.text("by")};
    api.ledger.submit({api.new_key(), "", std::move(in)}, [&api, respond](const Done& done) {
        send_outcome(api, respond, done.answer);
    });
}

}  // namespace

void add_label_run_routes(web::Server& server, Api& api) {
    server.get("/api/v1/label-runs",
               [&api](const auto& request, const auto& respond) { list(api, request, respond); });
    server.post("/api/v1/label-runs", 4096, "application/json",
                [&api](const auto& request, const auto& respond) { begin(api, request, respond); });
    server.post(
        "/api/v1/label-runs/{id}/settle", 4096, "application/json",
        [&api](const auto& request, const auto& respond) { settle(api, request, respond); });
}

}  // namespace kemas::app
