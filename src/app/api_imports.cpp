// POST /api/v1/imports/{kind}: a dry run first, then whole or not at all
#include <boost/asio/post.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "app/import_preview.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

constexpr std::size_t most_bytes = 64 * 1024 * 1024;
constexpr std::size_t most_errors_shown = 1000;

json::array errors_json(const intake::RowFaults& errors) {
    json::array list;
    for (const auto& error : errors) {
        if (list.size() == most_errors_shown) break;
        list.push_back(
            json::object{{"line", error.line}, {"column", error.column}, {"reason", error.reason}});
    }
    return list;
}

web::Response report(const std::string& kind, const std::string& file, const ImportPreview& preview,
                     bool committed) {
    json::array examples;
    for (const auto& example : preview.examples) examples.push_back(json::value(example));
    web::Response response;
    response.body = json::serialize(json::object{{"kind", kind},
                                                 {"file", file},
                                                 {"rows", preview.rows},
                                                 {"new", preview.fresh},
                                                 {"changed", preview.changed},
                                                 {"same", preview.same},
                                                 {"examples", std::move(examples)},
                                                 {"errors", errors_json(preview.errors)},
                                                 {"committed", committed}});
    return response;
}

web::Response refuse(const ImportPreview& preview) {
    return web::problem(422, "Nothing imported",
                        "Faults in the file: " + std::to_string(preview.errors.size()) +
                            ". Nothing was taken; mend them and send it again.",
                        {{"errors", json::serialize(errors_json(preview.errors))}});
}

void import(Api& api, const web::Request& request, const web::Responder& respond) {
    const std::string kind(request.param("kind"));
    if (!is_import_kind(kind))
        return respond(web::problem(404, "Unknown import",
                                    "Kinds are listings, orders, skus, stock, tariff and "
                                    "tracking-numbers."));
    const std::string file(request.query_value("file").value_or("upload.csv"));
    const bool dry_run = request.query_value("dry_run").value_or("true") != "false";
    const bool asked = api.reader.ask(
        [&api, site = api.site, kind, file, dry_run, body = request.body, respond](ReadView view) {
            auto preview = std::make_shared<ImportPreview>(
                preview_import(view, kind, file, body, site->policy.couriers));
            boost::asio::post(api.loop, [&api, kind, file, dry_run, preview, respond] {
                if (dry_run) return respond(report(kind, file, *preview, false));
                if (!preview->errors.empty()) return respond(refuse(*preview));
                api.ledger.submit({api.new_key(), "", preview->input},
                                  [&api, kind, file, preview, respond](const Done& done) {
                                      if (done.answer.kind == Answer::Kind::refused)
                                          return send_outcome(api, respond, done.answer);
                                      respond(report(kind, file, *preview, true));
                                  });
            });
        });
    if (!asked)
        respond(web::problem(503, "Busy", "Too many questions wait: try again in a second."));
}

}  // namespace

void add_import_routes(web::Server& server, Api& api) {
    server.post("/api/v1/imports/{kind}", most_bytes, "text/csv",
                [&api](const web::Request& request, const web::Responder& respond) {
                    import(api, request, respond);
                });
}

}  // namespace kemas::app
