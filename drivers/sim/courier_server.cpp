#include "drivers/sim/courier_server.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>

#include "drivers/sim/listener.hpp"

namespace kemas::sim {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace json = boost::json;

namespace {

constexpr auto kHeldOpen = std::chrono::milliseconds(300);

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

struct CourierServer::State : std::enable_shared_from_this<State> {
    State(const asio::any_io_executor& executor, Options options_)
        : options(std::move(options_)), listener(executor, options.address), world(options.world) {}

    using Ask = http::request<http::string_body>;

    Options options;
    Listener listener;
    CourierWorld world;

    CourierReply steer(std::string_view path);
    CourierReply answer(const Ask& ask);
    static asio::awaitable<void> serve(std::shared_ptr<State> state, Socket socket);
};

CourierReply CourierServer::State::steer(std::string_view path) {
    CourierReply told;
    constexpr std::string_view next = "/sim/next/", refuse = "/sim/refuse/";
    if (path == "/sim/down") world.set_down(true);
    if (path == "/sim/up") world.set_down(false);
    if (path.starts_with(refuse)) world.refuse({std::string(path.substr(refuse.size()))});
    if (path == "/sim/refuse") world.refuse({});
    if (path.starts_with(next))
        for (std::size_t i = 0; i < words.size(); ++i)
            if (words[i] == path.substr(next.size())) world.next(static_cast<Mishap>(i));
    told.body = report(world);
    return told;
}

CourierReply CourierServer::State::answer(const Ask& ask) {
    CourierCall call;
    call.method = std::string(ask.method_string());
    call.path = std::string(ask.target());
    call.body = ask.body();
    if (call.path.starts_with("/sim")) return steer(call.path);
    if (!options.token.empty() && ask[http::field::authorization] != "Bearer " + options.token) {
        CourierReply refused;
        refused.status = 401;
        refused.body = "{}";
        return refused;
    }
    constexpr std::string_view query = "?reference=";
    if (const auto mark = call.path.find(query); mark != std::string::npos) {
        call.reference = call.path.substr(mark + query.size());
        call.path.resize(mark);
    }
    return world.answer(call, wall_now());
}

asio::awaitable<void> CourierServer::State::serve(std::shared_ptr<State> state, Socket socket) {
    const auto token = asio::as_tuple(asio::use_awaitable);
    beast::flat_buffer buffer;
    while (true) {
        Ask ask;
        const auto [read_error, read] = co_await http::async_read(*socket, buffer, ask, token);
        if (read_error) co_return;
        const auto reply = state->answer(ask);
        if (reply.status == 0) {  // held for a moment, then nothing
            asio::steady_timer timer(socket->get_executor(), kHeldOpen);
            co_await timer.async_wait(token);
            boost::system::error_code ignored;
            socket->close(ignored);
            co_return;
        }
        http::response<http::string_body> response(static_cast<http::status>(reply.status), 11);
        response.set(http::field::content_type, reply.content_type);
        if (reply.retry_after_s > 0)
            response.set(http::field::retry_after, std::to_string(reply.retry_after_s));
        response.body() = reply.body;
        response.keep_alive(ask.keep_alive());
        response.prepare_payload();
        const auto [write_error, wrote] = co_await http::async_write(*socket, response, token);
        if (write_error || !ask.keep_alive()) co_return;
    }
}

CourierServer::CourierServer(asio::any_io_executor executor, Options options)
    : state_(std::make_shared<State>(executor, std::move(options))) {}

CourierServer::~CourierServer() {
    state_->listener.close();
}

Result<void> CourierServer::start() {
    std::weak_ptr<State> weak = state_;
    return state_->listener.open(state_->options.port, [weak](Socket socket) {
        return State::serve(weak.lock(), std::move(socket));
    });
}

std::uint16_t CourierServer::port() const {
    return state_->listener.port();
}

CourierWorld& CourierServer::world() {
    return state_->world;
}

}  // namespace kemas::sim
