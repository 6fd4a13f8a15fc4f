// GET /api/v1/manifests, GET /api/v1/manifests/{id}
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "app/order_json.hpp"
#include "app/wall_clock.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

json::object manifest_json(const Manifest& manifest) {
    const bool open = !manifest.closed_at.value;
    return {{"id", manifest.id.value},
            {"courier", manifest.courier},
            {"station", manifest.station},
            {"status", open ? "open" : "closed"},
            {"opened_at", iso_text(manifest.opened_at)},
            {"closed_at", open ? json::value(nullptr) : json::value(iso_text(manifest.closed_at))},
            {"closed_by", manifest.closed_by},
            {"parcels", manifest.parcels}};
}

web::Response list(ReadView view) {
    json::array manifests;
    for (const auto& manifest : view.books.newest_manifests())
        manifests.push_back(manifest_json(manifest));
    web::Response response;
    response.body = json::serialize(json::object{{"manifests", std::move(manifests)}});
    return response;
}

web::Response show(ReadView view, const std::string& id) {
    const bool number =
        !id.empty() && id.size() <= 15 && id.find_first_not_of("0123456789") == std::string::npos;
    const auto manifest = number ? view.books.manifest({std::stoll(id)}) : std::nullopt;
    if (!manifest)
        return web::problem(
            404, "Unknown manifest",
            "No manifest has the number " + id + ": GET /api/v1/manifests lists them.");
    auto to = manifest_json(*manifest);
    json::array numbers;
    for (const auto& parcel : view.books.parcels_on(manifest->id))
        numbers.push_back(json::object{{"id", parcel.id.value},
                                       {"tracking_number", parcel.tracking_number},
                                       {"service", parcel.service},
                                       {"weight_g", grams_text(parcel.gross)},
                                       {"handed_over_at", iso_text(parcel.handed_over_at)}});
    to["contents"] = std::move(numbers);
    web::Response response;
    response.body = json::serialize(to);
    return response;
}

}  // namespace

void add_manifest_routes(web::Server& server, Api& api) {
    server.get("/api/v1/manifests", [&api](const web::Request&, const web::Responder& respond) {
        ask(api, respond, [](ReadView view) { return list(view); });
    });
    server.get("/api/v1/manifests/{id}",
               [&api](const web::Request& request, const web::Responder& respond) {
                   ask(api, respond, [id = std::string(request.param("id"))](ReadView view) {
                       return show(view, id);
                   });
               });
}

}  // namespace kemas::app
