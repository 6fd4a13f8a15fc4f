// The simulated courier behind real HTTP. `GET /sim` tells what it made; `POST /sim/down`,
// `/sim/up`,
// `/sim/next/MISHAP` and `/sim/refuse/POSTAL_CODE` steer it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "core/fault.hpp"
#include "drivers/sim/courier_world.hpp"

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
    ~CourierServer();  // closes every connection

    Result<void> start();
    std::uint16_t port() const;
    CourierWorld& world();

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::sim
