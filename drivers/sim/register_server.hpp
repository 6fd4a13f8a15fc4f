// A Modbus TCP device made of holding registers: function codes 3, 6 and 16. What the registers
// mean and what writing them does is for its owner.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/fault.hpp"

namespace kemas::sim {

using Words = std::vector<std::uint16_t>;

struct RegisterMap {
    // Nothing = exception 2. Wire addresses.
    std::function<std::optional<Words>(std::uint16_t start, std::uint16_t count)> read;
    // False = exception 2.
    std::function<bool(std::uint16_t start, const Words& values)> write;
    // False = the cable is out: requests are taken and never answered. Asked before and after.
    std::function<bool()> answers;
};

class RegisterServer {
 public:
    RegisterServer(boost::asio::any_io_executor executor, std::string address, RegisterMap map);
    ~RegisterServer();

    Result<void> start(std::uint16_t port);  // 0 = the system chooses
    void stop();
    std::uint16_t port() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::sim
