// POST /api/v1/labels: a file of labels; GET of what became of it, of the unmatched pages and their
// pictures; POST .../bind and .../discard settle one; POST of a shipment arranged anew
#include <boost/asio/post.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "app/form_data.hpp"
#include "app/label_files.hpp"
#include "app/label_json.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

constexpr int most_listed = 200;

web::Response json_response(json::object body, unsigned status = 200) {
    web::Response response;
    response.status = status;
    response.body = json::serialize(body);
    return response;
}

template <class Tag>
std::optional<Id<Tag>> id_of(std::string_view text) {
    if (text.empty() || text.size() > 15 ||
        text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    return Id<Tag>{std::stoll(std::string(text))};
}

void kept(Api& api, const web::Responder& respond, const Answer& answer) {
    if (answer.kind == Answer::Kind::refused) return send_outcome(api, respond, answer);
    std::string id;
    for (const auto& [slot, value] : answer.args)
        if (slot == "file") id = value;
    auto response = json_response({{"id", std::stoll(id)},
                                   {"code", answer.code},
                                   {"text", api.text_for(answer)},
                                   {"result", "/api/v1/labels/" + id}},
                                  answer.code == "label_file_stored" ? 202 : 200);
    response.headers.emplace_back("Location", "/api/v1/labels/" + id);
    respond(std::move(response));
}

void take(Api& api, const web::Request& request, const web::Responder& respond) {
    auto part = file_in(request.header("content-type").value_or(""), request.body);
    if (!part) return respond(web::problem(422, "No file of labels", part.error()));
    if (part->bytes.empty())
        return respond(web::problem(422, "No file of labels", "The body is empty: send the file."));
    auto name = std::string(request.query_value("name").value_or(""));
    if (name.empty()) name = part->name.empty() ? "labels" : part->name;
    api.label_files->take(std::move(name), "http",
                          std::string(request.query_value("by").value_or("")),
                          std::move(part->bytes),
                          [&api, respond](const Answer& answer) { kept(api, respond, answer); });
}

web::Response file_result(const ReadView& view, const std::string& text) {
    const auto id = id_of<LabelFileTag>(text);
    const auto file = id ? view.books.label_file(*id) : std::nullopt;
    if (!file)
        return web::problem(404, "Unknown label file",
                            "No label file has the number " + text + ": see GET /api/v1/labels.");
    auto body = label_file_json(*file);
    json::array pages;
    for (const auto& page : view.books.label_pages_of(*id))
        pages.push_back(label_page_json(view.books, page));
    body["found"] = std::move(pages);
    return json_response(std::move(body));
}

web::Response newest(const ReadView& view) {
    json::array files;
    for (const auto& file : view.books.newest_label_files(50))
        files.push_back(label_file_json(file));
    return json_response({{"files", std::move(files)}});
}

web::Response unmatched(const ReadView& view) {
    json::array pages;
    for (const auto& page : view.books.unmatched_label_pages(most_listed))
        pages.push_back(label_page_json(view.books, page));
    return json_response(
        {{"count", view.books.unmatched_label_page_count()}, {"pages", std::move(pages)}});
}

web::Response unknown_page(const std::string& text) {
    return web::problem(
        404, "Unknown label page",
        "No label page has the number " + text + ": see GET /api/v1/labels/unmatched.");
}

// Drawn once more from the kept file.
void picture(Api& api, const web::Request& request, const web::Responder& respond) {
    const std::string text(request.param("id"));
    const bool asked = api.reader.ask([&api, respond, text](const ReadView& view) {
        const auto id = id_of<LabelPageTag>(text);
        const auto page = id ? view.books.label_page(*id) : std::nullopt;
        const auto file = page ? view.books.label_file(page->file) : std::nullopt;
        auto bytes = file ? view.books.blob(file->hash) : std::nullopt;
        boost::asio::post(
            api.loop, [&api, respond, text, page, bytes = std::move(bytes)]() mutable {
                if (!page || !bytes) return respond(unknown_page(text));
                const auto paper = paper_of_files(api.settings.label_files);
                api.label_pages->picture(
                    std::move(*bytes), {page->member, page->page}, paper,
                    [respond](Result<std::string> png) {
                        if (!png)
                            return respond(web::problem(409, "No picture", png.error().what + "."));
                        web::Response response;
                        response.content_type = "image/png";
                        response.body = std::move(*png);
                        respond(std::move(response));
                    });
            });
    });
    if (!asked)
        respond(web::problem(503, "Busy", "Too many questions wait: try again in a second."));
}

std::string text_in(const web::Request& request, const char* name) {
    boost::system::error_code ec;
    const auto body = json::parse(request.body, ec);
    const auto* object = ec ? nullptr : body.if_object();
    const auto* value = object ? object->if_contains(name) : nullptr;
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<ParcelId> parcel_named(const ledger::SqlBooks& books, const std::string& text) {
    for (const auto& meaning : books.meanings(text))
        if (meaning.kind == CodeKind::parcel || meaning.kind == CodeKind::void_label)
            return ParcelId{std::stoll(meaning.ref)};
    const auto id = id_of<ParcelTag>(text);
    return id && books.parcel(*id) ? id : std::nullopt;
}

// Finds the parcel on the read thread, then asks the books on the loop.
void with_parcel(Api& api, const web::Responder& respond, const std::string& text,
                 std::function<void(ParcelId)> go_on) {
    const bool asked = api.reader.ask([&api, respond, text, go_on](const ReadView& view) {
        const auto parcel = parcel_named(view.books, text);
        boost::asio::post(api.loop, [respond, text, go_on, parcel] {
            if (parcel) return go_on(*parcel);
            respond(web::problem(404, "Unknown parcel",
                                 "No parcel has the number " + text +
                                     ": give its tracking number or its own number."));
        });
    });
    if (!asked)
        respond(web::problem(503, "Busy", "Too many questions wait: try again in a second."));
}

void settle(Api& api, const web::Responder& respond, LabelPageId page, ParcelId parcel,
            const ByReason& who) {
    api.ledger.submit({api.new_key(), "", LabelPageSettled{page, parcel, who.by, who.reason}},
                      [&api, respond](const Done& d) { send_outcome(api, respond, d.answer); });
}

void bind(Api& api, const web::Request& request, const web::Responder& respond) {
    const auto who = read_by_reason(request);
    if (who.problem) return respond(*who.problem);
    const auto page = id_of<LabelPageTag>(request.param("id"));
    if (!page) return respond(unknown_page(std::string(request.param("id"))));
    const auto parcel = text_in(request, "parcel");
    if (parcel.empty())
        return respond(web::problem(422, "Which parcel",
                                    "parcel must be a tracking number or a parcel's own number."));
    with_parcel(api, respond, parcel,
                [&api, respond, page, who](ParcelId id) { settle(api, respond, *page, id, who); });
}

void discard(Api& api, const web::Request& request, const web::Responder& respond) {
    const auto who = read_by_reason(request);
    if (who.problem) return respond(*who.problem);
    const auto page = id_of<LabelPageTag>(request.param("id"));
    if (!page) return respond(unknown_page(std::string(request.param("id"))));
    settle(api, respond, *page, {}, who);
}

void rearranged(Api& api, const web::Request& request, const web::Responder& respond) {
    const auto who = read_by_reason(request);
    if (who.problem) return respond(*who.problem);
    const auto number = text_in(request, "tracking_number");
    with_parcel(api, respond, std::string(request.param("id")),
                [&api, respond, who, number](ParcelId id) {
                    api.ledger.submit(
                        {api.new_key(), "", ShipmentRearranged{id, number, who.by, who.reason}},
                        [&api, respond](const Done& d) { send_outcome(api, respond, d.answer); });
                });
}

}  // namespace

void add_label_routes(web::Server& server, Api& api) {
    server.post("/api/v1/labels", label_pages::kMostFileBytes + 64 * 1024, "",
                [&api](const auto& request, const auto& respond) { take(api, request, respond); });
    server.get("/api/v1/labels",
               [&api](const auto&, const auto& respond) { ask(api, respond, newest); });
    server.get("/api/v1/labels/unmatched",
               [&api](const auto&, const auto& respond) { ask(api, respond, unmatched); });
    server.get("/api/v1/labels/{id}", [&api](const auto& request, const auto& respond) {
        ask(api, respond, [id = std::string(request.param("id"))](ReadView view) {
            return file_result(view, id);
        });
    });
    server.get(
        "/api/v1/labels/pages/{id}/picture",
        [&api](const auto& request, const auto& respond) { picture(api, request, respond); });
    const auto post = [&](const char* pattern, auto handler) {
        server.post(pattern, 4096, "application/json",
                    [&api, handler](const web::Request& request, const web::Responder& respond) {
                        handler(api, request, respond);
                    });
    };
    post("/api/v1/labels/pages/{id}/bind", bind);
    post("/api/v1/labels/pages/{id}/discard", discard);
    post("/api/v1/parcels/{id}/rearranged", rearranged);
}

}  // namespace kemas::app
