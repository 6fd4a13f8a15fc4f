// A small HTTP/1.1 server on one io_context thread: limits, deadlines, framing guard, bearer token
// and a route table that its owner fills. Knows nothing of orders, ledgers or pages.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/fault.hpp"
#include "web/framing_guard.hpp"
#include "web/message.hpp"
#include "web/route_table.hpp"

namespace kemas::web {

struct Options {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;             // 0: the system chooses, port() tells
    std::size_t max_connections = 512;  // a further one gets a 503 and is closed
    HeadLimits head;
    // One deadline for a whole phase, however the bytes trickle (reference/reliability.md, section
    // 5).
    std::chrono::milliseconds header_deadline{5'000};
    std::chrono::milliseconds body_deadline{10'000};
    std::chrono::milliseconds answer_deadline{30'000};  // for a handler; then 503
    std::chrono::milliseconds write_deadline{10'000};
    std::chrono::milliseconds idle_deadline{60'000};  // kept alive, nothing asked
    std::string bearer_token;                         // empty: no token is asked for
};

struct Counters {
    std::uint64_t connections = 0;  // open now
    std::uint64_t accepted = 0, turned_away = 0, timed_out = 0;
    std::uint64_t requests = 0;  // answered
    std::uint64_t refused_framing = 0;
};

struct Core;  // what the connections share

class Server {
 public:
    Server(boost::asio::io_context& io, Options options);
    ~Server();  // closes every socket at once
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Adds a route; only before start().
    void route(Method method, std::string_view pattern, Route route);

    /// GET with no body. The usual route.
    void get(std::string_view pattern, Handler handler, Access access = Access::token);

    /// POST of `content_type`, at most `max_body_bytes` long.
    void post(std::string_view pattern, std::size_t max_body_bytes, std::string content_type,
              Handler handler);

    /// A file that never changes while the server runs, open to all.
    void file(std::string_view path, std::string content_type, std::string bytes, std::string etag,
              std::string cache_control = "no-cache");

    /// Binds, listens and accepts. Fault `stop` when the address is taken or not ours.
    Result<void> start();

    /// The bound port, after start().
    std::uint16_t port() const;

    /// Accepts no more, closes idle connections, lets running requests end within `grace`.
    void stop(std::chrono::milliseconds grace);

    const Counters& counters() const;

 private:
    std::shared_ptr<Core> core_;
};

}  // namespace kemas::web
