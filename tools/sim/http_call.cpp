#include "tools/sim/http_call.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <chrono>
#include <memory>

namespace kemas::sim {

namespace asio = boost::asio;
using asio::ip::tcp;

std::string percent_encoded(std::string_view text) {
    constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                           (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            out += c;
        else
            out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
    return out;
}

std::string order_path(const OrderKey& key, std::string_view tail) {
    return "/api/v1/orders/" + percent_encoded(key.external_id) + std::string(tail) +
           "?channel=" + percent_encoded(key.channel) + "&shop=" + percent_encoded(key.shop);
}

namespace {

std::string request_text(const HttpTarget& target, const std::string& method,
                         const std::string& path, const std::string& body) {
    std::string text = method + " " + path +
                       " HTTP/1.1\r\nHost: " + target.remote.address().to_string() + ":" +
                       std::to_string(target.remote.port()) + "\r\nConnection: close\r\n";
    if (!target.token.empty()) text += "Authorization: Bearer " + target.token + "\r\n";
    if (method != "GET")
        text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n";
    return text + "\r\n" + body;
}

}  // namespace

asio::awaitable<Result<HttpAnswer>> http_call(HttpTarget target, std::string method,
                                              std::string path, std::string json_body) {
    const auto executor = co_await asio::this_coro::executor;
    const auto token = asio::as_tuple(asio::use_awaitable);
    auto socket = std::make_shared<tcp::socket>(executor);
    asio::steady_timer watchdog(executor);
    watchdog.expires_after(std::chrono::milliseconds(target.within.value));
    watchdog.async_wait([socket](boost::system::error_code stopped) {
        boost::system::error_code ignored;
        if (!stopped) socket->close(ignored);
    });
    const std::string asked = method + " " + path;
    const auto [refused] = co_await socket->async_connect(target.remote, token);
    if (refused) co_return fail(Remedy::retry, asked + ": " + refused.message());
    const std::string request = request_text(target, method, path, json_body);
    const auto out = asio::buffer(request);
    const auto [cut, sent] = co_await asio::async_write(*socket, out, token);
    if (cut) co_return fail(Remedy::retry, asked + ": " + cut.message());
    std::string text;
    auto in = asio::dynamic_buffer(text, 8u << 20);
    const auto [end, got] = co_await asio::async_read(*socket, in, token);
    watchdog.cancel();
    HttpAnswer answer;
    const auto head = text.find("\r\n\r\n");
    if (head == std::string::npos || !text.starts_with("HTTP/1."))
        co_return fail(Remedy::retry, asked + ": no whole answer (" + end.message() + ")");
    std::from_chars(text.data() + 9, text.data() + 12, answer.status);
    answer.body = text.substr(head + 4);
    co_return answer;
}

}  // namespace kemas::sim
