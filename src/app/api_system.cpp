// /status, /metrics, /healthz, /readyz, the OpenAPI document and the dashboard
#include "app/api.hpp"
#include "app/metrics.hpp"
#include "app/openapi.hpp"
#include "pages/assets.hpp"

namespace kemas::app {
namespace {

web::Response text(unsigned status, std::string body) {
    web::Response response;
    response.status = status;
    response.content_type = "text/plain; charset=utf-8";
    response.body = std::move(body);
    return response;
}

void add_pages(web::Server& server) {
    for (const auto& asset : pages::all_assets())
        server.file(asset.path, std::string(asset.content_type), std::string(asset.bytes),
                    std::string(asset.etag), std::string(asset.cache_control));
}

}  // namespace

void add_system_routes(web::Server& server, Api& api) {
    add_pages(server);
    server.get("/status", [&api](const web::Request&, const web::Responder& respond) {
        web::Response response;
        response.shared_body = api.board.snapshot().json;
        response.etag = api.board.snapshot().etag;
        respond(std::move(response));
    });
    server.get("/metrics", [&api](const web::Request&, const web::Responder& respond) {
        auto response = text(200, metrics_text(api.board.snapshot()));
        response.content_type = "text/plain; version=0.0.4; charset=utf-8";
        respond(std::move(response));
    });
    server.get(
        "/healthz",
        [](const web::Request&, const web::Responder& respond) { respond(text(200, "alive\n")); },
        web::Access::open);
    // Ready means: can confirm a pick here. The order database down is degraded, not unready.
    server.get(
        "/readyz",
        [&api](const web::Request&, const web::Responder& respond) {
            const bool ok = api.ledger.store_ok();
            respond(text(ok ? 200 : 503,
                         ok ? "ready\n" : "the ledger cannot write: nothing is confirmed\n"));
        },
        web::Access::open);
    server.get("/api/v1/openapi.json", [](const web::Request&, const web::Responder& respond) {
        web::Response response;
        for (const auto piece : openapi_pieces) response.body += piece;
        respond(std::move(response));
    });
}

}  // namespace kemas::app
