// The building's Modbus lines: one master for all devices that name the same serial port, or the
// same host and port. Knows no device.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <map>
#include <memory>
#include <string>

#include "drivers/bus/modbus_master.hpp"
#include "drivers/profile/device_profile.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

class ModbusLines {
 public:
    explicit ModbusLines(boost::asio::any_io_executor loop) : loop_(std::move(loop)) {}

    // Say of every device first what its line must keep to; the strictest of all counts.
    void plan(const settings::SerialSettings& serial, const std::string& host, int port,
              const profile::Limits& limits);
    // The master of a planned line; the first call makes it.
    std::shared_ptr<bus::ModbusMaster> master(const settings::SerialSettings& serial,
                                              const std::string& host, int port);
    // Ends a line whose devices are gone; unknown ones are none.
    void drop(const settings::SerialSettings& serial, const std::string& host, int port);
    void stop();

 private:
    struct Line {
        settings::SerialSettings serial;
        std::string host;
        int port = 0;
        profile::Limits limits;
        std::shared_ptr<bus::ModbusMaster> master;
    };
    static std::string name_of(const settings::SerialSettings& serial, const std::string& host,
                               int port);
    Line& line(const settings::SerialSettings& serial, const std::string& host, int port);

    boost::asio::any_io_executor loop_;
    std::map<std::string, Line> lines_;
};

}  // namespace kemas::app
