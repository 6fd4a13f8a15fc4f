// One HTTP/1.1 request on a connection of its own. Enough for kemasd's API; follows nothing, keeps
// nothing.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <string_view>

#include "core/fault.hpp"
#include "core/ids.hpp"
#include "core/quantities.hpp"

namespace kemas::sim {

struct HttpTarget {
    boost::asio::ip::tcp::endpoint remote;
    std::string token;  // bearer; empty = none
    Milliseconds within{5000};
};
struct HttpAnswer {
    int status = 0;
    std::string body;
};

std::string percent_encoded(std::string_view text);
// "/api/v1/orders/W%2F1<tail>?channel=...&shop=..."; tail is "" or "/cancel".
std::string order_path(const OrderKey& key, std::string_view tail = "");

boost::asio::awaitable<Result<HttpAnswer>> http_call(HttpTarget target, std::string method,
                                                     std::string path, std::string json_body);

}  // namespace kemas::sim
