// GET /api/v1/orders/{id}/packing and packing.svg: what an order goes into, and where each thing
// lies in it
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "app/order_json.hpp"
#include "app/order_packing.hpp"
#include "app/wall_clock.hpp"
#include "core/cartonize/picture.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

using cartonize::Packed;
using Packing = OrderPacking;

json::array sides_json(const Size& size) {
    return {size.length.value, size.width.value, size.height.value};
}

json::array items_json(const PackingAsk& ask, const Packed& packed) {
    json::array items;
    const auto steps = cartonize::steps_of(packed);
    for (std::size_t s = 0; s < steps.size(); ++s) {
        for (std::size_t i = steps[s].first; i < steps[s].first + steps[s].count; ++i) {
            const auto& placed = packed.placed[i];
            items.push_back(
                json::object{{"sku", ask.skus[placed.item]},
                             {"name", ask.items[placed.item].name},
                             {"step", static_cast<std::int64_t>(s) + 1},
                             {"layer", steps[s].layer},
                             {"at_mm", json::array{placed.x.value, placed.y.value, placed.z.value}},
                             {"size_mm", sides_json(placed.size)}});
        }
    }
    return items;
}

json::value shipping_json(const Packing& packing) {
    if (!packing.choice) return nullptr;
    const auto& best = packing.choice->best;
    return json::object{
        {"courier", best.service.courier}, {"service", best.service.code},
        {"total", best.total.value},       {"currency", best.currency.code},
        {"tariff", best.rate_book},        {"trace", text_lines(rating::to_text(*packing.choice))}};
}

json::object packing_json(const Packing& packing, const Order& order) {
    json::array cartons;
    Money cost;
    for (const auto& packed : packing.plan.cartons) {
        const auto& carton = packing.ask.cartons[packed.carton];
        cost += carton.cost;
        cartons.push_back(json::object{{"carton", packing.ask.codes[packed.carton]},
                                       {"name", carton.name},
                                       {"gross_g", grams_text(packed.gross)},
                                       {"outer_mm", sides_json(packed.outer)},
                                       {"inner_mm", sides_json(packed.inner)},
                                       {"empty_permille", packed.empty_permille},
                                       {"items", items_json(packing.ask, packed)}});
    }
    return {{"order", order.key.external_id},  {"pack_in", cartons_text(packing.ask, packing.plan)},
            {"cartons", std::move(cartons)},   {"fewest_proven", packing.plan.fewest_proven},
            {"cartons_cost", cost.value},      {"shipping", shipping_json(packing)},
            {"no_shipping", packing.no_choice}};
}

web::Response refuse(const Api& api, const Answer& answer, const std::string& language) {
    return web::problem(409, "No packing", api.catalogue.text(answer, language),
                        {{"code", web::json_string(answer.code)}});
}

web::Response picture_of(const Packing& packing, std::string_view which,
                         const std::string& language) {
    std::size_t at = 0;
    for (const char c : which)
        at = c >= '0' && c <= '9' && at < 10'000 ? at * 10 + static_cast<std::size_t>(c - '0')
                                                 : 1'000'000;
    if (at < 1 || at > packing.plan.cartons.size())
        return web::problem(404, "Unknown carton",
                            "The order goes into " + std::to_string(packing.plan.cartons.size()) +
                                " cartons: give ?carton= from 1.");
    const auto& packed = packing.plan.cartons[at - 1];
    cartonize::PictureWords words;
    if (language == "id") words = {"lapis", "kosong"};
    web::Response response;
    response.content_type = "image/svg+xml";
    response.body =
        cartonize::picture(packed, packing.ask.items, packing.ask.cartons[packed.carton], words);
    return response;
}

}  // namespace

void add_packing_routes(web::Server& server, Api& api) {
    const auto shelf = api.rates;
    const auto add = [&](const char* pattern, bool picture) {
        server.get(pattern, [&api, shelf, picture](const web::Request& request,
                                                   const web::Responder& respond) {
            ask(api, respond,
                [&api, shelf, picture, request, site = api.site,
                 language = api.settings.language](ReadView view) {
                    auto found = find_order(view.books, std::string(request.param("id")), request);
                    if (!found.order) return found.problem;
                    const auto packing = packing_of(view.books, *site, *shelf->now(view.books),
                                                    *found.order, wall_clock());
                    if (!packing.refused.code.empty())
                        return refuse(api, packing.refused, language);
                    if (picture)
                        return picture_of(packing, request.query_value("carton").value_or("1"),
                                          language);
                    web::Response response;
                    response.body = json::serialize(packing_json(packing, *found.order));
                    return response;
                });
        });
    };
    add("/api/v1/orders/{id}/packing", false);
    add("/api/v1/orders/{id}/packing.svg", true);
}

}  // namespace kemas::app
