#include "drivers/sim/courier_server.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <utility>

namespace kemas::sim {

namespace json = boost::json;

namespace {

// In the order of Mishap.
constexpr std::array<std::string_view, kMishaps> words{
    "none",           "lost_before", "lost_after", "late", "error_before",
    "error_after",    "busy",        "nonsense",   "huge", "wrong_reference",
    "other_currency", "wrong_digit", "doubled"};

Instant wall_now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

std::string report(const CourierWorld& world) {
    json::array made;
    for (const auto& one : world.made())
        made.push_back(json::object{{"reference", one.reference},
                                    {"number", one.number},
                                    {"service", one.service},
                                    {"consignee", one.consignee},
                                    {"postal_code", one.postal_code},
                                    {"weight_g", one.weight_g},
                                    {"voided", one.voided}});
    return json::serialize(json::object{
        {"calls", world.calls()}, {"mishaps", world.mishaps()}, {"made", std::move(made)}});
}

}  // namespace

PeerReply CourierServer::steer(std::string_view path) {
    PeerReply told;
    constexpr std::string_view next = "/sim/next/", refuse = "/sim/refuse/";
    if (path == "/sim/down") world_.set_down(true);
    if (path == "/sim/up") world_.set_down(false);
    if (path.starts_with(refuse)) world_.refuse({std::string(path.substr(refuse.size()))});
    if (path == "/sim/refuse") world_.refuse({});
    if (path.starts_with(next))
        for (std::size_t i = 0; i < words.size(); ++i)
            if (words[i] == path.substr(next.size())) world_.next(static_cast<Mishap>(i));
    told.body = report(world_);
    return told;
}

PeerReply CourierServer::answer(const PeerAsk& ask) {
    if (ask.target.starts_with("/sim")) return steer(ask.target);
    if (!options_.token.empty() && ask.authorization != "Bearer " + options_.token) {
        PeerReply refused;
        refused.status = 401;
        refused.body = "{}";
        return refused;
    }
    CourierCall call;
    call.method = ask.method;
    call.path = ask.target;
    call.body = ask.body;
    constexpr std::string_view query = "?reference=";
    if (const auto mark = call.path.find(query); mark != std::string::npos) {
        call.reference = call.path.substr(mark + query.size());
        call.path.resize(mark);
    }
    auto reply = world_.answer(call, wall_now());
    return {reply.status, std::move(reply.body), std::move(reply.content_type),
            reply.retry_after_s};
}

CourierServer::CourierServer(boost::asio::any_io_executor executor, Options options)
    : options_(std::move(options)),
      world_(options_.world),
      peer_(executor, options_.address, [this](const PeerAsk& ask) { return answer(ask); }) {}

}  // namespace kemas::sim
