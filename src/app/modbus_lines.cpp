#include "app/modbus_lines.hpp"

#include <algorithm>

#include "drivers/bus/modbus_rtu.hpp"
#include "drivers/bus/modbus_tcp.hpp"

namespace kemas::app {

std::string ModbusLines::name_of(const settings::SerialSettings& serial, const std::string& host,
                                 int port) {
    return serial.device.empty() ? host + ":" + std::to_string(port) : serial.device;
}

ModbusLines::Line& ModbusLines::line(const settings::SerialSettings& serial,
                                     const std::string& host, int port) {
    Line& line = lines_[name_of(serial, host, port)];
    line.serial = serial;
    line.host = host;
    line.port = port;
    return line;
}

void ModbusLines::plan(const settings::SerialSettings& serial, const std::string& host, int port,
                       const profile::Limits& limits) {
    profile::Limits& all = line(serial, host, port).limits;
    all.response_timeout_ms = std::max(all.response_timeout_ms, limits.response_timeout_ms);
    all.min_gap_ms = std::max(all.min_gap_ms, limits.min_gap_ms);
    all.pause_after_connect_ms =
        std::max(all.pause_after_connect_ms, limits.pause_after_connect_ms);
}

std::shared_ptr<bus::ModbusMaster> ModbusLines::master(const settings::SerialSettings& serial,
                                                       const std::string& host, int port) {
    Line& found = line(serial, host, port);
    if (found.master) return found.master;
    if (serial.device.empty()) {
        bus::ModbusTcpOptions options;
        options.host = host;
        options.port = static_cast<std::uint16_t>(port);
        options.timeout_ms = found.limits.response_timeout_ms;
        options.min_gap_ms = found.limits.min_gap_ms;
        options.pause_after_connect_ms = found.limits.pause_after_connect_ms;
        found.master = std::make_shared<bus::ModbusTcp>(loop_, options);
    } else {
        bus::ModbusRtuOptions options;
        options.device = serial.device;
        if (serial.baud) options.baud = serial.baud;
        if (serial.parity) options.parity = serial.parity;
        if (serial.stop_bits) options.stop_bits = serial.stop_bits;
        options.timeout_ms = found.limits.response_timeout_ms;
        options.min_gap_ms = found.limits.min_gap_ms;
        found.master = std::make_shared<bus::ModbusRtu>(loop_, options);
    }
    return found.master;
}

void ModbusLines::drop(const settings::SerialSettings& serial, const std::string& host, int port) {
    const auto it = lines_.find(name_of(serial, host, port));
    if (it == lines_.end()) return;
    if (it->second.master) it->second.master->stop();
    lines_.erase(it);
}

void ModbusLines::stop() {
    for (auto& [name, line] : lines_)
        if (line.master) line.master->stop();
}

}  // namespace kemas::app
