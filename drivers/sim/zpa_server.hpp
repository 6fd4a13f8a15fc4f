// A simulated ConveyLinx module behind Modbus TCP, cartons coming to it in real time. A request
// that does not begin at its assembly gets no answer at all.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "core/fault.hpp"
#include "drivers/sim/zpa_module.hpp"

namespace kemas::sim {

class ZpaServer {
 public:
    struct Options {
        std::string address = "127.0.0.1";
        std::uint16_t port = 0;      // 0 = the system chooses
        int carton_every_ms = 1500;  // 0 = none comes by itself
    };
    ZpaServer(boost::asio::any_io_executor executor, Options options);
    ~ZpaServer();

    Result<void> start();
    void stop();
    std::uint16_t port() const;
    ZpaModule& module();

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::sim
