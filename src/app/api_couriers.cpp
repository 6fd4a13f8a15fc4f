// GET /api/v1/couriers: connections, breakers, pools, and the numbers that wait for something;
// GET /api/v1/couriers/track: what the courier says about a parcel
#include <boost/asio/post.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "app/courier_desk.hpp"
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

web::Response events_response(const NumberAsk& ask, const std::vector<TrackingEvent>& events) {
    json::array list;
    for (const auto& event : events)
        list.push_back(json::object{
            {"at", iso_text(event.at)}, {"status", event.status}, {"place", event.place}});
    web::Response response;
    response.body = json::serialize(json::object{{"tracking_number", ask.number},
                                                 {"courier", ask.courier},
                                                 {"service", ask.service},
                                                 {"reference", ask.reference},
                                                 {"events", std::move(list)}});
    return response;
}

void ask_courier(Api& api, const web::Responder& respond, const NumberAsk& ask) {
    api.couriers->track(ask.courier, ask.reference, [respond, ask](const auto& events) {
        if (events) return respond(events_response(ask, *events));
        respond(web::problem(503, "No answer of the courier", events.error().what));
    });
}

// The books tell whose number it is; only one that was bought has a reference to ask by.
void track(Api& api, const web::Request& request, const web::Responder& respond) {
    const std::string number(request.query_value("number").value_or(""));
    if (number.empty())
        return respond(web::problem(400, "No number", "Say which parcel: ?number=TRACKING-NUMBER"));
    const bool asked = api.reader.ask([&api, respond, number](const ReadView& view) {
        auto ask = view.books.ask_by_number(number);
        boost::asio::post(api.loop, [&api, respond, number, ask = std::move(ask)] {
            if (ask) return ask_courier(api, respond, *ask);
            respond(web::problem(404, "Not bought here",
                                 number + " was not bought of a courier's service here: check the "
                                          "number, or look at the courier's own page."));
        });
    });
    if (!asked)
        respond(web::problem(503, "Busy", "Too many questions wait: try again in a second."));
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
    server.get("/api/v1/couriers/track",
               [&api](const web::Request& request, const web::Responder& respond) {
                   track(api, request, respond);
               });
}

}  // namespace kemas::app
