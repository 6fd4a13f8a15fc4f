// A simulated service's HTTP: reads requests, writes what its world answers, or nothing. Knows no
// service.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/fault.hpp"

namespace kemas::sim {

struct PeerAsk {
    std::string method, target, body, authorization;
};
struct PeerReply {
    int status = 200;  // 0 = held for a moment, then closed without an answer
    std::string body, content_type = "application/json";
    int retry_after_s = 0;  // 0 = not told
};

class HttpPeer {
 public:
    using Answer = std::function<PeerReply(const PeerAsk&)>;
    HttpPeer(boost::asio::any_io_executor executor, const std::string& address, Answer answer);
    ~HttpPeer();  // closes every connection

    Result<void> start(std::uint16_t port);  // 0 = the system chooses
    std::uint16_t port() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::sim
