// The simulated marketplace behind real HTTP. `GET /sim` tells what became of its packages; `POST
// /sim/down`, `/sim/up`, `/sim/next/MISHAP`, `/sim/mishaps/PERCENT`, `/sim/cancel/PACKAGE`,
// `/sim/rearrange/PACKAGE` and `/sim/declare/PACKAGE/GRAMS/LxWxH` steer it.
#pragma once

#include <cstdint>
#include <string>

#include "drivers/sim/http_peer.hpp"
#include "drivers/sim/market_world.hpp"

namespace kemas::sim {

class MarketServer {
 public:
    struct Options {
        std::string address = "127.0.0.1";
        std::uint16_t port = 0;  // 0 = the system chooses
        std::string key;         // asked of every call; empty = none
        MarketWorld::Options world;
    };
    MarketServer(boost::asio::any_io_executor executor, Options options);

    Result<void> start() { return peer_.start(options_.port); }
    std::uint16_t port() const { return peer_.port(); }
    MarketWorld& world() { return world_; }

 private:
    ServiceReply answer(const PeerAsk& ask);
    ServiceReply steer(const std::string& path);

    Options options_;
    MarketWorld world_;
    HttpPeer peer_;
};

}  // namespace kemas::sim
