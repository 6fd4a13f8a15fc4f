// A simulated service's HTTP: reads requests and writes what its world answers; without a reply it
// holds the connection for a moment, then closes it. Knows no service.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/fault.hpp"
#include "drivers/sim/service_reply.hpp"

namespace kemas::sim {

struct PeerAsk {
    std::string method, target, body, authorization;
};

class HttpPeer {
 public:
    using Answer = std::function<ServiceReply(const PeerAsk&)>;
    HttpPeer(boost::asio::any_io_executor executor, const std::string& address, Answer answer);
    ~HttpPeer();  // closes every connection

    Result<void> start(std::uint16_t port);  // 0 = the system chooses
    std::uint16_t port() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::sim
