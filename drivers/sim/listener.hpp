// A listening TCP port on 127.0.0.1 or elsewhere and the connections it took. Knows no protocol.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/fault.hpp"

namespace kemas::sim {

using Socket = std::shared_ptr<boost::asio::ip::tcp::socket>;
using Session = std::function<boost::asio::awaitable<void>(Socket)>;  // one connection, to its end

class Listener {
 public:
    Listener(boost::asio::any_io_executor executor, std::string address);
    ~Listener();

    // Listens on `port` (0: the system chooses, see port()) and runs `session` for each connection.
    Result<void> open(std::uint16_t port, Session session);
    // New connections are refused; those that are open stay.
    void refuse();
    // Listens again on the same port.
    Result<void> reopen();
    // Also ends every connection.
    void close();
    std::uint16_t port() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::sim
