// One client: reads requests in order, answers each exactly once. Knows the route table, not its
// owner.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <optional>

#include "web/server.hpp"

namespace kemas::web {

using Clock = std::chrono::steady_clock;

struct Connection;

struct Core {
    Core(boost::asio::io_context& context, Options opts);

    boost::asio::io_context& io;
    Options options;
    RouteTable routes;
    Counters counters;
    boost::asio::ip::tcp::acceptor acceptor;
    boost::asio::steady_timer sweep;
    bool sweeping = false;
    bool stopping = false;
    std::vector<Connection*> open;  // each removes itself
    std::time_t date_second = 0;
    std::string date;

    std::string_view date_now();
};

struct Connection {
    Connection(std::shared_ptr<Core> shared, boost::asio::ip::tcp::socket peer);
    ~Connection();
    Connection(const Connection&) = delete;

    void deadline_in(std::chrono::milliseconds span) { deadline = Clock::now() + span; }
    std::string_view unread() const;

    std::shared_ptr<Core> core;
    boost::asio::ip::tcp::socket socket;
    boost::asio::steady_timer answer_timer;  // also wakes the connection when its answer comes
    boost::beast::flat_buffer buffer;
    std::string remote;
    std::string out_head, out_body;
    Clock::time_point deadline;
    bool idle = true;
    std::uint64_t request_no = 0;  // an answer with an older number comes too late
    std::optional<Response> answer;
};

/// Serves the connection until it ends.
boost::asio::awaitable<void> serve(std::shared_ptr<Connection> connection);

/// Accepts until the acceptor is closed.
boost::asio::awaitable<void> accept_all(std::shared_ptr<Core> core);

/// Closes connections past their deadline, as long as there are any.
void sweep_deadlines(std::shared_ptr<Core> core);

}  // namespace kemas::web
