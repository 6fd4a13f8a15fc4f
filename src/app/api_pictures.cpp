// POST /api/v1/scans/picture: the barcodes of a picture, with their places; and with ?station= a
// scan of the one it shows
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "drivers/camera/decode_wire.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

constexpr std::size_t longest_code = 512;

// As text for a person: what is not printable ASCII as \xHH.
json::array codes_json(const std::vector<camera::Barcode>& codes) {
    json::array list;
    for (const auto& code : codes) {
        json::array corners;
        for (const auto& corner : code.corners)
            corners.push_back(json::object{{"x", corner.x}, {"y", corner.y}});
        list.push_back(json::object{{"format", code.format},
                                    {"aim", code.aim},
                                    {"text", camera::escaped(code.text)},
                                    {"corners", std::move(corners)}});
    }
    return list;
}

bool is_code(const std::string& text) {
    for (const char c : text)
        if ((c < ' ' || c > '~') && c != '\x1d') return false;
    return text.size() <= longest_code;
}

void scan_one(Api& api, const std::string& station, const std::string& id,
              const std::vector<camera::Barcode>& codes, const web::Responder& respond) {
    if (codes.empty())
        return respond(web::problem(
            422, "No barcode", "The picture shows no barcode: hold it closer, in more light."));
    std::string shown;
    for (const auto& code : codes)
        shown += (shown.empty() ? "" : ", ") + camera::escaped(code.text);
    if (codes.size() > 1)
        return respond(web::problem(409, "Several barcodes",
                                    "The picture shows " + std::to_string(codes.size()) +
                                        " barcodes (" + shown.substr(0, 300) +
                                        "): picture one alone, or send the one to /api/v1/scans."));
    const std::string text = codes[0].aim + codes[0].text;
    if (!is_code(text))
        return respond(
            web::problem(422, "Not a code",
                         "The barcode holds other than printable ASCII: " + shown.substr(0, 300)));
    const auto key = id.empty() ? api.new_key() : "scan:" + station + "#" + id;
    ++api.scans;
    api.ledger.submit({key, station, CodeScanned{text}}, [&api, respond](const Done& done) {
        if (done.answer.kind == Answer::Kind::refused) ++api.refused;
        respond(scan_response(api, done.answer));
    });
}

void picture(Api& api, const web::Request& request, const web::Responder& respond) {
    const std::string station(request.query_value("station").value_or(""));
    const std::string id(request.query_value("id").value_or(""));
    if (!station.empty() && !api.site->stations.contains(station))
        return respond(web::problem(422, "Unknown station",
                                    "station \"" + station + "\" is not in the site file."));
    camera::ReadOptions options;
    options.thorough = true;
    api.decoder->read(
        request.body, options,
        [&api, respond, station, id](Result<std::vector<camera::Barcode>> codes) {
            if (!codes && codes.error().remedy == Remedy::retry)
                return respond(web::problem(503, "Busy", codes.error().what + "."));
            if (!codes)
                return respond(web::problem(422, "Not a picture", codes.error().what + "."));
            if (!station.empty()) return scan_one(api, station, id, *codes, respond);
            web::Response response;
            response.body = json::serialize(json::object{{"codes", codes_json(*codes)}});
            respond(std::move(response));
        });
}

}  // namespace

void add_picture_routes(web::Server& server, Api& api) {
    server.post("/api/v1/scans/picture", camera::kMostPictureBytes, "",
                [&api](const web::Request& request, const web::Responder& respond) {
                    picture(api, request, respond);
                });
}

}  // namespace kemas::app
