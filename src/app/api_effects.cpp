// GET /api/v1/effects, POST /api/v1/effects/{id}/resolve
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "app/api.hpp"
#include "app/order_json.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

std::optional<EffectId> effect_id(std::string_view text) {  // "12.0"
    EffectId id;
    const auto dot = text.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto* end = text.data() + text.size();
    const auto seq = std::from_chars(text.data(), text.data() + dot, id.seq);
    const auto index = std::from_chars(text.data() + dot + 1, end, id.index);
    if (seq.ec != std::errc{} || seq.ptr != text.data() + dot || index.ec != std::errc{} ||
        index.ptr != end)
        return std::nullopt;
    return id;
}

std::vector<EffectState> wanted_states(const web::Request& request) {
    const auto state = request.query_value("state");
    if (!state) return {EffectState::unknown, EffectState::started, EffectState::planned};
    for (const auto each : {EffectState::planned, EffectState::started, EffectState::unknown,
                            EffectState::sent})
        if (to_text(each) == *state) return {each};
    return {};
}

void list(Api& api, const web::Request& request, const web::Responder& respond) {
    const auto states = wanted_states(request);
    if (states.empty())
        return respond(
            web::problem(400, "Unknown state", "state must be planned, started, unknown or sent."));
    ask(api, respond, [states](ReadView view) {
        json::array effects;
        for (const auto state : states)
            for (const auto& effect : view.books.effects_in(state))
                effects.push_back(effect_json(view.books, effect));
        web::Response response;
        response.body = json::serialize(json::object{{"effects", std::move(effects)}});
        return response;
    });
}

void resolve(Api& api, const web::Request& request, const web::Responder& respond) {
    const auto id = effect_id(request.param("id"));
    if (!id)
        return respond(web::problem(404, "Unknown effect",
                                    "An effect's id looks like 12.0: see GET /api/v1/effects."));
    const auto body = read_by_reason(request);
    if (body.problem) return respond(*body.problem);
    const auto parsed = json::parse(request.body);
    const auto* number = parsed.as_object().if_contains("tracking_number");
    if (number && !number->is_string())
        return respond(web::problem(422, "Which number", "tracking_number must be a text."));
    const auto* outcome = parsed.as_object().if_contains("outcome");
    const bool done = outcome && *outcome == "done";
    if (!done && !(outcome && *outcome == "failed"))
        return respond(
            web::problem(422, "What happened",
                         "outcome must be \"done\" (it is on paper) or \"failed\" (it is not)."));
    api.ledger.submit(
        {api.new_key(), "",
         EffectResolved{*id, done ? Outcome::done : Outcome::failed, body.by, body.reason,
                        number ? std::string(number->as_string()) : ""}},
        [&api, respond](const Done& result) { send_outcome(api, respond, result.answer); });
}

}  // namespace

void add_effect_routes(web::Server& server, Api& api) {
    server.get("/api/v1/effects",
               [&api](const web::Request& request, const web::Responder& respond) {
                   list(api, request, respond);
               });
    server.post("/api/v1/effects/{id}/resolve", 4096, "application/json",
                [&api](const web::Request& request, const web::Responder& respond) {
                    resolve(api, request, respond);
                });
}

}  // namespace kemas::app
