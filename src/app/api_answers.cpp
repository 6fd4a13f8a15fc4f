#include <boost/asio/post.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"

namespace kemas::app {
namespace json = boost::json;

web::Response scan_response(const Api& api, const Answer& answer) {
    const char* kind = answer.kind == Answer::Kind::accepted  ? "accepted"
                       : answer.kind == Answer::Kind::refused ? "refused"
                                                              : "attention";
    web::Response response;
    response.body = json::serialize(json::object{{"ok", answer.kind == Answer::Kind::accepted},
                                                 {"kind", kind},
                                                 {"code", answer.code},
                                                 {"text", api.text_for(answer)}});
    return response;
}

void send_outcome(const Api& api, const web::Responder& respond, const Answer& answer) {
    const auto text = api.text_for(answer);
    if (answer.code == "busy")
        return respond(web::problem(
            503, "Busy", "The ledger has more work than it can take: try again in a second."));
    if (answer.kind == Answer::Kind::refused)
        return respond(
            web::problem(409, "Refused", text, {{"code", web::json_string(answer.code)}}));
    web::Response response;
    response.body = json::serialize(json::object{{"code", answer.code}, {"text", text}});
    respond(std::move(response));
}

void ask(Api& api, const web::Responder& respond, std::function<web::Response(ReadView)> question) {
    const bool asked =
        api.reader.ask([loop = api.loop, respond, question = std::move(question)](ReadView view) {
            auto response = question(view);
            boost::asio::post(loop, [respond, response = std::move(response)]() mutable {
                respond(std::move(response));
            });
        });
    if (!asked)
        respond(web::problem(503, "Busy", "Too many questions wait: try again in a second."));
}

Found find_order(const ledger::SqlBooks& books, const std::string& number,
                 const web::Request& request) {
    const auto channel = request.query_value("channel");
    const auto shop = request.query_value("shop");
    std::vector<Order> orders;
    for (const auto& meaning : books.meanings(number)) {
        if (meaning.kind != CodeKind::order) continue;
        auto order = books.order({std::stoll(meaning.ref)});
        if (!order || (channel && order->key.channel != *channel) ||
            (shop && order->key.shop != *shop))
            continue;
        orders.push_back(std::move(*order));
    }
    if (orders.size() == 1) return {std::move(orders.front()), {}};
    if (orders.empty())
        return {std::nullopt, web::problem(404, "Unknown order",
                                           "No order has the number " + number +
                                               " here: check number, channel and shop.")};
    std::string choices;
    for (const auto& order : orders)
        choices +=
            (choices.empty() ? "" : ",") +
            json::serialize(json::object{{"channel", order.key.channel}, {"shop", order.key.shop}});
    return {std::nullopt,
            web::problem(409, "Which order",
                         "Several orders have the number " + number + ": add ?channel= and &shop=.",
                         {{"choices", "[" + choices + "]"}})};
}

ByReason read_by_reason(const web::Request& request) {
    boost::system::error_code ec;
    const auto body = json::parse(request.body, ec);
    const auto* object = ec ? nullptr : body.if_object();
    ByReason result;
    const auto text = [&](const char* name) -> std::string {
        const auto* value = object ? object->if_contains(name) : nullptr;
        return value && value->is_string() ? std::string(value->get_string()) : std::string{};
    };
    result.by = text("by");
    result.reason = text("reason");
    if (!object || result.by.empty() || result.reason.empty())
        result.problem =
            web::problem(422, "Who and why",
                         "The body must be {\"by\": \"who\", \"reason\": \"why\"}, both filled.");
    return result;
}

}  // namespace kemas::app
