// POST /api/v1/reload
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

json::array list(const std::vector<std::string>& words) {
    json::array items;
    for (const auto& word : words) items.emplace_back(word);
    return items;
}

}  // namespace

void add_reload_route(web::Server& server, Api& api) {
    server.post("/api/v1/reload", 4096, "application/json",
                [&api](const web::Request&, const web::Responder& respond) {
                    const auto reloaded = api.reload();
                    if (!reloaded)
                        return respond(web::problem(422, "Files not taken", reloaded.error().what));
                    web::Response response;
                    response.body = json::serialize(
                        json::object{{"changed", list(reloaded->changed)},
                                     {"needs_restart", list(reloaded->needs_restart)}});
                    respond(std::move(response));
                });
}

}  // namespace kemas::app
