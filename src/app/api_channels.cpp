// GET /api/v1/channels: connections, breakers, and the packages that wait; POST
// /api/v1/parcels/{id}/slot: another pickup slot
#include <boost/asio/post.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "app/channels_json.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

std::optional<ParcelId> parcel_named(const ledger::SqlBooks& books, const std::string& id) {
    for (const auto& meaning : books.meanings(id))
        if (meaning.kind == CodeKind::parcel) return ParcelId{std::stoll(meaning.ref)};
    if (id.empty() || id.size() > 15 || id.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    const ParcelId parcel{std::stoll(id)};
    return books.parcel(parcel) ? std::optional(parcel) : std::nullopt;
}

void change_slot(Api& api, const web::Request& request, const web::Responder& respond) {
    boost::system::error_code error;
    const auto tree = json::parse(request.body, error);
    const auto text = [&](const char* name) -> std::string {
        if (error || !tree.is_object()) return "";
        const auto* value = tree.as_object().if_contains(name);
        return value && value->is_string() ? std::string(value->as_string()) : "";
    };
    SlotChangeAsked in{{}, text("slot"), text("by")};
    if (in.slot.empty() || in.by.empty() || in.slot.size() > 200 || in.by.size() > 200)
        return respond(web::problem(422, "Which slot",
                                    "Send {\"slot\": ..., \"by\": ...}: see the package's slots "
                                    "in GET /api/v1/channels."));
    const std::string id(request.param("id"));
    const bool asked = api.reader.ask([&api, id, respond, in](ReadView view) {
        boost::asio::post(api.loop, [&api, id, respond, in,
                                     parcel = parcel_named(view.books, id)]() mutable {
            if (!parcel)
                return respond(web::problem(404, "Unknown parcel",
                                            "No parcel has the number " + id +
                                                ": give its tracking number or its own number."));
            in.parcel = *parcel;
            api.ledger.submit({api.new_key(), "", in}, [&api, respond](const Done& done) {
                send_outcome(api, respond, done.answer);
            });
        });
    });
    if (!asked)
        respond(web::problem(503, "Busy", "Too many questions wait: try again in a second."));
}

}  // namespace

void add_channel_routes(web::Server& server, Api& api) {
    server.get("/api/v1/channels", [&api](const web::Request&, const web::Responder& respond) {
        const auto snapshot = api.board.snapshot();
        ask(api, respond, [books = snapshot.books, live = snapshot.live](ReadView view) {
            json::array packages;
            for (const auto& each : view.books.open_packages())
                packages.push_back(package_json(view.books, each));
            web::Response response;
            response.body = json::serialize(json::object{{"channels", channels_json(books, live)},
                                                         {"packages", std::move(packages)}});
            return response;
        });
    });
    server.post("/api/v1/parcels/{id}/slot", 4096, "application/json",
                [&api](const web::Request& request, const web::Responder& respond) {
                    change_slot(api, request, respond);
                });
}

}  // namespace kemas::app
