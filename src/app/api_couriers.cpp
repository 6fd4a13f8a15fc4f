// GET /api/v1/couriers: connections, breakers, pools, and the numbers that wait for something
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "app/couriers_json.hpp"
#include "app/wall_clock.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

json::object ask_json(const ledger::SqlBooks& books, const ledger::OpenAsk& open) {
    const auto& ask = open.ask;
    const auto parcel = books.parcel(ask.parcel);
    const auto order = parcel ? books.order(parcel->order) : std::nullopt;
    return {{"reference", ask.reference},
            {"courier", ask.courier},
            {"service", ask.service},
            {"state", to_text(ask.state)},
            {"order", order ? order->key.external_id : ""},
            {"parcel", ask.parcel.value},
            {"tracking_number", ask.number},
            {"asked_at", iso_text(ask.opened_at)},
            {"void_until", ask.void_until.value ? iso_text(ask.void_until) : ""},
            {"detail", ask.detail},
            {"effect", open.effect ? to_text(open.effect) : ""}};
}

}  // namespace

void add_courier_routes(web::Server& server, Api& api) {
    server.get("/api/v1/couriers", [&api](const web::Request&, const web::Responder& respond) {
        const auto snapshot = api.board.snapshot();
        ask(api, respond, [books = snapshot.books, live = snapshot.live](ReadView view) {
            json::array open;
            for (const auto& each : view.books.open_asks())
                open.push_back(ask_json(view.books, each));
            web::Response response;
            response.body = json::serialize(json::object{{"couriers", couriers_json(books, live)},
                                                         {"waiting", std::move(open)}});
            return response;
        });
    });
}

}  // namespace kemas::app
