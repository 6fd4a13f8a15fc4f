// POST /api/v1/orders/{external id}/cancel, hold, release
#include <boost/asio/post.hpp>

#include "app/api.hpp"

namespace kemas::app {
namespace {

enum class Stop { cancel, hold, release };

Input stop_input(Stop stop, const OrderKey& key, const ByReason& body) {
    switch (stop) {
        case Stop::hold:
            return HoldAsked{key, body.by, body.reason};
        case Stop::release:
            return HoldReleased{key, body.by};
        case Stop::cancel:
            break;
    }
    return CancelAsked{key, body.by, body.reason};
}

void stop_order(Api& api, Stop stop, const web::Request& request, const web::Responder& respond) {
    const auto body = read_by_reason(request);
    if (body.problem) return respond(*body.problem);
    const bool asked = api.reader.ask([&api, stop, request, respond, body](ReadView view) {
        auto found = find_order(view.books, std::string(request.param("id")), request);
        boost::asio::post(api.loop, [&api, stop, respond, body, found = std::move(found)] {
            if (!found.order) return respond(found.problem);
            api.ledger.submit(
                {api.new_key(), "", stop_input(stop, found.order->key, body)},
                [&api, respond](const Done& done) { send_outcome(api, respond, done.answer); });
        });
    });
    if (!asked)
        respond(web::problem(503, "Busy", "Too many questions wait: try again in a second."));
}

}  // namespace

void add_stop_routes(web::Server& server, Api& api) {
    const auto add = [&](const char* pattern, Stop stop) {
        server.post(pattern, 4096, "application/json",
                    [&api, stop](const web::Request& request, const web::Responder& respond) {
                        stop_order(api, stop, request, respond);
                    });
    };
    add("/api/v1/orders/{id}/cancel", Stop::cancel);
    add("/api/v1/orders/{id}/hold", Stop::hold);
    add("/api/v1/orders/{id}/release", Stop::release);
}

}  // namespace kemas::app
