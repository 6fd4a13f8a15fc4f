// The simulated courier behind real HTTP. `GET /sim` tells what it made; `POST /sim/down`,
// `/sim/up`,
// `/sim/next/MISHAP` and `/sim/refuse/POSTAL_CODE` steer it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/fault.hpp"
#include "drivers/sim/courier_world.hpp"
#include "drivers/sim/http_peer.hpp"

namespace kemas::sim {

class CourierServer {
 public:
    struct Options {
        std::string address = "127.0.0.1";
        std::uint16_t port = 0;  // 0 = the system chooses
        std::string token;       // asked of every call; empty = none
        CourierWorld::Options world;
    };
    CourierServer(boost::asio::any_io_executor executor, Options options);

    Result<void> start() { return peer_.start(options_.port); }
    std::uint16_t port() const { return peer_.port(); }
    CourierWorld& world() { return world_; }

 private:
    PeerReply answer(const PeerAsk& ask);
    PeerReply steer(std::string_view path);

    Options options_;
    CourierWorld world_;
    HttpPeer peer_;
};

}  // namespace kemas::sim
