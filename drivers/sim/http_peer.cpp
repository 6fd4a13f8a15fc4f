#include "drivers/sim/http_peer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>

#include "drivers/sim/listener.hpp"

namespace kemas::sim {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr auto kHeldOpen = std::chrono::milliseconds(300);

}  // namespace

struct HttpPeer::State : std::enable_shared_from_this<State> {
    State(const asio::any_io_executor& executor, const std::string& address, Answer answer_)
        : listener(executor, address), answer(std::move(answer_)) {}

    Listener listener;
    Answer answer;

    static asio::awaitable<void> serve(std::shared_ptr<State> state, Socket socket);
};

asio::awaitable<void> HttpPeer::State::serve(std::shared_ptr<State> state, Socket socket) {
    const auto token = asio::as_tuple(asio::use_awaitable);
    beast::flat_buffer buffer;
    while (true) {
        http::request<http::string_body> request;
        const auto [read_error, read] = co_await http::async_read(*socket, buffer, request, token);
        if (read_error) co_return;
        PeerAsk ask;
        ask.method = std::string(request.method_string());
        ask.target = std::string(request.target());
        ask.body = request.body();
        ask.authorization = std::string(request[http::field::authorization]);
        const auto reply = state->answer(ask);
        if (reply.status == 0) {
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
        response.keep_alive(request.keep_alive());
        response.prepare_payload();
        const auto [write_error, wrote] = co_await http::async_write(*socket, response, token);
        if (write_error || !request.keep_alive()) co_return;
    }
}

HttpPeer::HttpPeer(asio::any_io_executor executor, const std::string& address, Answer answer)
    : state_(std::make_shared<State>(executor, address, std::move(answer))) {}

HttpPeer::~HttpPeer() {
    state_->listener.close();
}

Result<void> HttpPeer::start(std::uint16_t port) {
    std::weak_ptr<State> weak = state_;
    return state_->listener.open(
        port, [weak](Socket socket) { return State::serve(weak.lock(), std::move(socket)); });
}

std::uint16_t HttpPeer::port() const {
    return state_->listener.port();
}

}  // namespace kemas::sim
