#include "drivers/sim/listener.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace kemas::sim {

namespace asio = boost::asio;
using asio::ip::tcp;

struct Listener::State {
    State(asio::any_io_executor executor_, std::string address_)
        : executor(std::move(executor_)), address(std::move(address_)), acceptor(executor) {}

    asio::any_io_executor executor;
    std::string address;
    tcp::acceptor acceptor;
    std::uint16_t port = 0;
    Session session;
    std::vector<std::weak_ptr<tcp::socket>> open;

    Result<void> listen();
    static asio::awaitable<void> accept_all(std::shared_ptr<State> state, std::uint64_t turn);
    std::uint64_t turn = 0;  // counts openings, so that an old accept loop knows it is over
};

Result<void> Listener::State::listen() {
    boost::system::error_code error;
    const auto where = asio::ip::make_address(address, error);
    if (error) return fail(Remedy::stop, "'" + address + "' is no IP address to listen on");
    const tcp::endpoint endpoint(where, port);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
        boost::system::error_code ignored;
        acceptor.close(ignored);
        return fail(Remedy::stop, "cannot listen on " + address + ":" + std::to_string(port) +
                                      ": " + error.message() + "; choose another port");
    }
    port = acceptor.local_endpoint().port();
    return {};
}

asio::awaitable<void> Listener::State::accept_all(std::shared_ptr<State> state,
                                                  std::uint64_t turn) {
    while (turn == state->turn) {
        auto socket = std::make_shared<tcp::socket>(state->executor);
        const auto token = asio::as_tuple(asio::use_awaitable);
        const auto [error] = co_await state->acceptor.async_accept(*socket, token);
        if (error || turn != state->turn) co_return;
        boost::system::error_code ignored;
        socket->set_option(tcp::no_delay(true), ignored);
        std::erase_if(state->open, [](const auto& one) { return one.expired(); });
        state->open.push_back(socket);
        asio::co_spawn(state->executor, state->session(socket), asio::detached);
    }
}

Listener::Listener(asio::any_io_executor executor, std::string address)
    : state_(std::make_shared<State>(std::move(executor), std::move(address))) {}

Listener::~Listener() {
    close();
}

Result<void> Listener::open(std::uint16_t port, Session session) {
    state_->port = port;
    state_->session = std::move(session);
    return reopen();
}

Result<void> Listener::reopen() {
    if (state_->acceptor.is_open()) return {};
    auto listening = state_->listen();
    if (!listening) return listening;
    auto loop = State::accept_all(state_, ++state_->turn);
    asio::co_spawn(state_->executor, std::move(loop), asio::detached);
    return {};
}

void Listener::refuse() {
    ++state_->turn;
    boost::system::error_code ignored;
    state_->acceptor.close(ignored);
}

void Listener::close() {
    refuse();
    for (const auto& one : state_->open)
        if (const auto socket = one.lock()) {
            boost::system::error_code ignored;
            socket->close(ignored);
        }
    state_->open.clear();
}

std::uint16_t Listener::port() const {
    return state_->port;
}

}  // namespace kemas::sim
