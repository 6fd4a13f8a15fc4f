// GET /api/v1/parcels/{id}, its label as ZPL and PNG, and reprints
#include <boost/asio/post.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "app/order_json.hpp"
#include "drivers/printer/zpl_codec.hpp"
#include "label/png.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

// By tracking number, or by the parcel's own number.
std::optional<Parcel> find_parcel(const ledger::SqlBooks& books, const std::string& id) {
    for (const auto& meaning : books.meanings(id))
        if (meaning.kind == CodeKind::parcel) return books.parcel({std::stoll(meaning.ref)});
    if (id.empty() || id.size() > 15 || id.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return books.parcel({std::stoll(id)});
}

web::Response unknown(const std::string& id) {
    return web::problem(
        404, "Unknown parcel",
        "No parcel has the number " + id + ": give its tracking number or its own number.");
}

web::Response show(ReadView view, const std::string& id) {
    const auto parcel = find_parcel(view.books, id);
    if (!parcel) return unknown(id);
    web::Response response;
    response.body =
        json::serialize(parcel_json(view.books, *parcel, view.books.tariff_head().currency));
    return response;
}

web::Response zpl_of(ReadView view, const std::string& id) {
    const auto parcel = find_parcel(view.books, id);
    if (!parcel) return unknown(id);
    // Until it was drawn, the label of a page is the file it came in.
    const bool drawn = !parcel->label.empty() &&
                       (parcel->labelled_at.value || !view.books.label_page_of(parcel->id));
    auto bytes = drawn ? view.books.blob(parcel->label) : std::nullopt;
    if (!bytes)
        return web::problem(404, "No label", "Parcel " + id + " has no label yet: weigh it first.");
    web::Response response;
    response.content_type = "application/vnd.zebra-zpl";
    response.body = std::move(*bytes);
    return response;
}

web::Response png_of(ReadView view, const std::string& id) {
    auto zpl = zpl_of(view, id);
    if (zpl.status != 200) return zpl;
    const auto page = printer::page_of(zpl.body);
    if (!page)
        return web::problem(
            409, "No picture",
            "The label of " + id + " is the channel's own ZPL: fetch label.zpl instead.");
    web::Response response;
    response.content_type = "image/png";
    response.body = label::to_png(*page);
    return response;
}

using Question = web::Response (*)(ReadView, const std::string&);

void reprint(Api& api, const web::Request& request, const web::Responder& respond) {
    const auto body = read_by_reason(request);
    if (body.problem) return respond(*body.problem);
    const std::string id(request.param("id"));
    const bool asked = api.reader.ask([&api, id, respond, body](ReadView view) {
        boost::asio::post(api.loop, [&api, id, respond, body,
                                     parcel = find_parcel(view.books, id)] {
            if (!parcel) return respond(unknown(id));
            api.ledger.submit(
                {api.new_key(), parcel->station, ReprintAsked{parcel->id, body.by, body.reason}},
                [&api, respond](const Done& done) { send_outcome(api, respond, done.answer); });
        });
    });
    if (!asked)
        respond(web::problem(503, "Busy", "Too many questions wait: try again in a second."));
}

}  // namespace

void add_parcel_routes(web::Server& server, Api& api) {
    const auto add = [&](const char* pattern, Question question) {
        server.get(
            pattern, [&api, question](const web::Request& request, const web::Responder& respond) {
                ask(api, respond, [id = std::string(request.param("id")), question](ReadView view) {
                    return question(view, id);
                });
            });
    };
    add("/api/v1/parcels/{id}", show);
    add("/api/v1/parcels/{id}/label.zpl", zpl_of);
    add("/api/v1/parcels/{id}/label.png", png_of);
    server.post("/api/v1/parcels/{id}/reprint", 4096, "application/json",
                [&api](const web::Request& request, const web::Responder& respond) {
                    reprint(api, request, respond);
                });
}

}  // namespace kemas::app
