#include "web/server.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cassert>

#include "web/connection.hpp"
#include "web/response_head.hpp"

namespace kemas::web {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

Core::Core(asio::io_context& context, Options opts)
    : io(context), options(std::move(opts)), acceptor(context), sweep(context) {}

std::string_view Core::date_now() {
    const auto now = std::time(nullptr);
    if (now != date_second) {
        date_second = now;
        date = http_date(now);
    }
    return date;
}

Connection::Connection(std::shared_ptr<Core> shared, tcp::socket peer)
    : core(std::move(shared)), socket(std::move(peer)), answer_timer(core->io) {
    core->open.push_back(this);
    core->counters.connections = core->open.size();
    error_code ec;
    const auto end = socket.remote_endpoint(ec);
    if (!ec) remote = end.address().to_string();
    socket.set_option(tcp::no_delay(true), ec);
    socket.non_blocking(true, ec);
}

Connection::~Connection() {
    std::erase(core->open, this);
    core->counters.connections = core->open.size();
}

std::string_view Connection::unread() const {
    const auto bytes = buffer.cdata();
    return {static_cast<const char*>(bytes.data()), bytes.size()};
}

void sweep_deadlines(std::shared_ptr<Core> core) {
    if (core->sweeping) return;
    core->sweeping = true;
    const auto& o = core->options;
    const auto shortest = std::min({o.header_deadline, o.body_deadline, o.write_deadline});
    core->sweep.expires_after(
        std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(250)));
    core->sweep.async_wait([core](error_code ec) {
        core->sweeping = false;
        if (ec) return;
        const auto now = Clock::now();
        for (Connection* connection : core->open) {
            if (connection->deadline > now || !connection->socket.is_open()) continue;
            ++core->counters.timed_out;
            connection->socket.close(ec);
        }
        if (!core->open.empty()) sweep_deadlines(core);
    });
}

namespace {

void turn_away(tcp::socket socket, Core& core) {
    ++core.counters.turned_away;
    std::string head;
    const auto full =
        problem(503, "Too many connections",
                "All connections of this server are in use; close one, or wait and try again.");
    const std::string body = to_json(*full.problem, "/");
    write_head(head, full, body.size(), core.date_now(), false);
    error_code ec;
    socket.non_blocking(true, ec);
    socket.write_some(asio::buffer(head + body), ec);
    socket.shutdown(tcp::socket::shutdown_send, ec);
    std::array<char, 4096> unread;
    socket.read_some(asio::buffer(unread), ec);  // else closing resets and the answer may be lost
}

void close_all(Core& core) {
    for (Connection* connection : core.open) {
        error_code ec;
        connection->socket.close(ec);
        connection->answer_timer.cancel();
    }
}

}  // namespace

asio::awaitable<void> accept_all(std::shared_ptr<Core> core) {
    constexpr asio::as_tuple_t<asio::use_awaitable_t<>> tuple{asio::use_awaitable};
    asio::steady_timer pause(core->io);
    while (core->acceptor.is_open()) {
        auto [ec, socket] = co_await core->acceptor.async_accept(tuple);
        if (!core->acceptor.is_open()) break;
        if (ec) {  // out of descriptors, most likely: they come back when connections end
            pause.expires_after(std::chrono::milliseconds(100));
            co_await pause.async_wait(tuple);
            continue;
        }
        ++core->counters.accepted;
        if (core->open.size() >= core->options.max_connections) {
            turn_away(std::move(socket), *core);
            continue;
        }
        auto connection = std::make_shared<Connection>(core, std::move(socket));
        asio::co_spawn(core->io, serve(std::move(connection)), asio::detached);
        sweep_deadlines(core);
    }
}

Server::Server(asio::io_context& io, Options options)
    : core_(std::make_shared<Core>(io, std::move(options))) {}

Server::~Server() {
    stop(std::chrono::milliseconds(0));
    close_all(*core_);
    core_->sweep.cancel();
}

void Server::route(Method method, std::string_view pattern, Route route) {
    assert(!core_->acceptor.is_open());
    core_->routes.add(method, pattern, std::move(route));
}

void Server::get(std::string_view pattern, Handler handler, Access access) {
    Route answered;
    answered.access = access;
    answered.handler = std::move(handler);
    route(Method::get, pattern, std::move(answered));
}

void Server::post(std::string_view pattern, std::size_t max_body_bytes, std::string content_type,
                  Handler handler) {
    Route answered;
    answered.max_body_bytes = max_body_bytes;
    answered.content_type = std::move(content_type);
    answered.handler = std::move(handler);
    route(Method::post, pattern, std::move(answered));
}

void Server::file(std::string_view path, std::string content_type, std::string bytes,
                  std::string etag, std::string cache_control) {
    Response answer;
    answer.content_type = std::move(content_type);
    answer.shared_body = std::make_shared<const std::string>(std::move(bytes));
    answer.etag = std::move(etag);
    answer.cache_control = std::move(cache_control);
    get(
        path, [answer](const Request&, const Responder& respond) { respond(answer); },
        Access::open);
}

Result<void> Server::start() {
    const auto& o = core_->options;
    const std::string place = o.address + ":" + std::to_string(o.port);
    error_code ec;
    const auto address = asio::ip::make_address(o.address, ec);
    if (ec) {
        return fail(Remedy::stop, "The web address " + o.address +
                                      " is no IP address; write one such as 127.0.0.1 or 0.0.0.0.");
    }
    auto& acceptor = core_->acceptor;
    const tcp::endpoint end(address, o.port);
    acceptor.open(end.protocol(), ec);
    if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
    if (!ec) acceptor.bind(end, ec);
    if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
    if (ec) {
        error_code ignored;
        acceptor.close(ignored);
        return fail(Remedy::stop, "Cannot serve the web on " + place + ": " + ec.message() +
                                      ". Choose another port, or stop what uses it.");
    }
    asio::co_spawn(core_->io, accept_all(core_), asio::detached);
    return {};
}

std::uint16_t Server::port() const {
    error_code ec;
    return core_->acceptor.local_endpoint(ec).port();
}

void Server::stop(std::chrono::milliseconds grace) {
    core_->stopping = true;
    error_code ec;
    core_->acceptor.close(ec);
    for (Connection* connection : core_->open) {
        if (connection->idle) {
            connection->socket.close(ec);
        } else {
            connection->deadline = std::min(connection->deadline, Clock::now() + grace);
        }
    }
}

const Counters& Server::counters() const {
    return core_->counters;
}

}  // namespace kemas::web
