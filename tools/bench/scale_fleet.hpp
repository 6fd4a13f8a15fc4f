// Many scales of one profile on one loop, each on a connection of its own, by the whole driver.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "drivers/bus/modbus_tcp.hpp"
#include "drivers/profile/load_profile.hpp"
#include "drivers/scale/modbus_scale.hpp"

namespace kemas::bench {

std::shared_ptr<bus::ModbusTcp> device_at(boost::asio::io_context& loop, std::uint16_t port);

class ScaleFleet {
 public:
    ScaleFleet(boost::asio::io_context& loop, std::uint16_t port,
               const profile::ScaleProfile& profile, int count, int poll_ms);
    void stop();
    // Throws when one of them was lost or never weighed.
    void check() const;

 private:
    std::vector<std::shared_ptr<bus::ModbusTcp>> masters_;
    std::vector<std::unique_ptr<scale::ModbusScale>> scales_;
    std::size_t settled_ = 0;
    std::string fault_;
};

}  // namespace kemas::bench
