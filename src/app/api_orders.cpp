// POST /api/v1/orders, GET /api/v1/orders/{external id}
#include <boost/asio/post.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "app/order_json.hpp"
#include "intake/orders_json.hpp"
#include "intake/seal.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

constexpr std::size_t most_bytes = 8 * 1024 * 1024;  // up to 1,000 orders with their labels

std::string arg_of(const Answer& answer, std::string_view name) {
    for (const auto& [key, value] : answer.args)
        if (key == name) return value;
    return "";
}

std::string_view outcome_of(const Answer& answer) {
    if (answer.kind == Answer::Kind::refused) return "refused";
    if (answer.code == "order_known") return "known";
    return answer.code == "order_edited" ? "edited" : "received";
}

// Collects the answers of one request's orders; the last one sends.
struct Collected {
    std::vector<OrderKey> keys;
    std::vector<Answer> answers;
    std::vector<std::string> states;  // of the orders taken, as they stand now
    std::size_t missing = 0;
};

std::int64_t id_of(const Answer& answer) {
    return std::stoll("0" + arg_of(answer, "id"));
}

web::Response conflict(const Api& api, const OrderKey& key, const Answer& answer) {
    web::Pairs more{{"code", web::json_string(answer.code)},
                    {"order", web::json_string(key.external_id)}};
    if (const auto what = arg_of(answer, "difference"); !what.empty())
        more.emplace_back("difference", web::json_string(what));
    return web::problem(409, "Conflict", api.text_for(answer), std::move(more));
}

web::Response answer_all(const Api& api, const Collected& all) {
    json::array results;
    bool refused = false;
    for (std::size_t i = 0; i < all.keys.size(); ++i) {
        const auto& answer = all.answers[i];
        json::object row{{"channel", all.keys[i].channel},
                         {"shop", all.keys[i].shop},
                         {"external_id", all.keys[i].external_id},
                         {"outcome", outcome_of(answer)}};
        if (answer.kind == Answer::Kind::refused) {
            row["code"] = answer.code;
            row["detail"] = api.text_for(answer);
            refused = true;
        } else {
            row["id"] = id_of(answer);
            if (!all.states[i].empty()) row["state"] = all.states[i];
        }
        results.push_back(std::move(row));
    }
    if (refused && all.keys.size() == 1)
        return conflict(api, all.keys.front(), all.answers.front());
    web::Response response;
    response.status = refused ? 207 : 200;
    response.body = json::serialize(json::object{{"results", std::move(results)}});
    return response;
}

web::Response bad_body(const intake::FieldFaults& faults) {
    json::array errors;
    for (const auto& fault : faults)
        errors.push_back(json::object{{"path", fault.path}, {"reason", fault.reason}});
    return web::problem(422, "The orders cannot be read", intake::to_text(faults),
                        {{"errors", json::serialize(errors)}});
}

// An order may wait for stock, or be edited again, by the time it is told: its state is read, not
// guessed.
void send_results(Api& api, std::shared_ptr<Collected> all, const web::Responder& respond) {
    all->states.resize(all->keys.size());
    const bool asked = api.reader.ask([&api, all, respond](ReadView view) {
        for (std::size_t i = 0; i < all->keys.size(); ++i) {
            if (all->answers[i].kind == Answer::Kind::refused) continue;
            if (const auto order = view.books.order({id_of(all->answers[i])}))
                all->states[i] = to_text(order->state);
        }
        boost::asio::post(api.loop, [&api, all, respond] { respond(answer_all(api, *all)); });
    });
    if (!asked) respond(answer_all(api, *all));
}

void receive(Api& api, const web::Request& request, const web::Responder& respond) {
    auto drafts = intake::orders_from_json(request.body);
    if (!drafts) return respond(bad_body(drafts.error()));
    auto all = std::make_shared<Collected>();
    all->missing = drafts->size();
    all->answers.resize(drafts->size());
    for (const auto& draft : *drafts) all->keys.push_back(draft.key);
    for (std::size_t i = 0; i < drafts->size(); ++i)
        api.ledger.submit({api.new_key(), "", OrderReceived{intake::seal(std::move((*drafts)[i]))}},
                          [&api, all, i, respond](const Done& done) {
                              all->answers[i] = done.answer;
                              if (--all->missing == 0) send_results(api, all, respond);
                          });
}

void show(Api& api, const web::Request& request, const web::Responder& respond) {
    ask(api, respond, [request](ReadView view) {
        auto found = find_order(view.books, std::string(request.param("id")), request);
        if (!found.order) return found.problem;
        web::Response response;
        response.body = json::serialize(order_json(view.books, *found.order));
        return response;
    });
}

}  // namespace

void add_order_routes(web::Server& server, Api& api) {
    server.post("/api/v1/orders", most_bytes, "application/json",
                [&api](const web::Request& request, const web::Responder& respond) {
                    receive(api, request, respond);
                });
    server.get("/api/v1/orders/{id}",
               [&api](const web::Request& request, const web::Responder& respond) {
                   show(api, request, respond);
               });
}

}  // namespace kemas::app
