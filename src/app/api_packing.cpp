// GET /api/v1/orders/{id}/packing and packing.svg: what an order goes into, and where each thing
// lies in it
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "app/packing_desk.hpp"
#include "app/packing_json.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

web::Response refuse(const Api& api, const Answer& answer, const std::string& language) {
    return web::problem(409, "No packing", api.catalogue.text(answer, language),
                        {{"code", web::json_string(answer.code)}});
}

// A number from 1 up to `most`; 0 when it is something else.
std::size_t counted(std::string_view text, std::size_t most) {
    std::size_t at = 0;
    for (const char c : text)
        at = c >= '0' && c <= '9' && at < 10'000 ? at * 10 + static_cast<std::size_t>(c - '0')
                                                 : 1'000'000;
    return at <= most ? at : 0;
}

web::Response picture_of(const OrderPacking& packing, const web::Request& request,
                         const std::string& language) {
    const auto cartons = packing.plan.cartons.size();
    const auto at = counted(request.query_value("carton").value_or("1"), cartons);
    if (at == 0)
        return web::problem(
            404, "Unknown carton",
            "The order goes into " + std::to_string(cartons) + " cartons: give ?carton= from 1.");
    const auto& packed = packing.plan.cartons[at - 1];
    web::Response response;
    response.content_type = "image/svg+xml";
    const auto step = request.query_value("step");
    if (!step) {
        response.body = cartonize::picture(
            packed, packing.ask.items, packing.ask.cartons[packed.carton], picture_words(language));
        return response;
    }
    const auto steps = cartonize::steps_of(packed).size();
    const auto which = counted(*step, steps);
    const auto view = request.query_value("view").value_or("corner");
    if (which == 0 || (view != "corner" && view != "above"))
        return web::problem(404, "Unknown step",
                            "The carton has " + std::to_string(steps) +
                                " steps: give ?step= from 1, and &view=corner or above.");
    response.body = cartonize::picture_of_step(
        packed, which - 1, view == "above" ? cartonize::View::above : cartonize::View::corner);
    return response;
}

}  // namespace

void add_packing_routes(web::Server& server, Api& api) {
    const auto add = [&](const char* pattern, bool picture) {
        server.get(pattern, [&api, picture](const web::Request& request,
                                            const web::Responder& respond) {
            ask(api, respond,
                [&api, picture, request, site = api.site,
                 language = api.settings.language](ReadView view) {
                    auto found = find_order(view.books, std::string(request.param("id")), request);
                    if (!found.order) return found.problem;
                    const auto packing = api.packing->packing(view, site, *found.order);
                    if (!packing->refused.code.empty())
                        return refuse(api, packing->refused, language);
                    if (picture) return picture_of(*packing, request, language);
                    web::Response response;
                    response.body = json::serialize(packing_json(*packing, *found.order));
                    return response;
                });
        });
    };
    add("/api/v1/orders/{id}/packing", false);
    add("/api/v1/orders/{id}/packing.svg", true);
}

}  // namespace kemas::app
