// Sixty-four Modbus TCP scales for a measurement, in a process of their own: one port, a connection
// each, the registers of firmware-profiles/scale/kemas-sim.toml.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>

namespace kemas::bench {

class ModbusDevices {
 public:
    explicit ModbusDevices(int answer_after_us);  // 0 = at once
    ModbusDevices(const ModbusDevices&) = delete;
    ModbusDevices& operator=(const ModbusDevices&) = delete;
    ~ModbusDevices();

    std::uint16_t port() const { return port_; }
    std::uint64_t answered() const;  // requests, of all connections

 private:
    std::uint16_t port_ = 0;
    pid_t pid_ = -1;
    std::atomic<std::uint64_t>* answered_ = nullptr;  // shared with the process
};

}  // namespace kemas::bench
