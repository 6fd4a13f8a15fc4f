// What a driver may ask of a Modbus line, whichever wire carries it: TCP (ModbusTcp) or RTU
// (ModbusRtu). One request at a time per line. An answer that is late, foreign or malformed is
// never handed out. Knows no registers' meaning.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <vector>

#include "core/fault.hpp"

namespace kemas::bus {

using Registers = std::vector<std::uint16_t>;
using Bits = std::vector<bool>;

// A write must not reach the wire after this moment: a divert that comes late is a wrong divert.
using Deadline = std::chrono::steady_clock::time_point;

// Addresses are those of the wire (0-based). A call waits for its turn (commands before polls, else
// in the order they came) and then ends within 1.2 x the line's timeout. Faults: retry = the device
// answered with an exception, or its line listens for late answers; reconnect = the line broke or
// the answer cannot be trusted (of a write: nobody knows whether it was done); stop = stopped, or
// the deadline passed before a byte was sent (nothing was done).
class ModbusMaster {
 public:
    virtual ~ModbusMaster() = default;
    // Function code 3 (holding) or 4 (input registers), 1 to 125.
    virtual boost::asio::awaitable<Result<Registers>> read_registers(std::uint8_t unit,
                                                                     int function_code,
                                                                     std::uint16_t start,
                                                                     std::uint16_t count) = 0;
    // Function code 1 (coils) or 2 (discrete inputs), 1 to 2000.
    virtual boost::asio::awaitable<Result<Bits>> read_bits(std::uint8_t unit, int function_code,
                                                           std::uint16_t start,
                                                           std::uint16_t count) = 0;
    // Function code 6.
    virtual boost::asio::awaitable<Result<void>> write_register(std::uint8_t unit,
                                                                std::uint16_t address,
                                                                std::uint16_t value,
                                                                Deadline not_after) = 0;
    // Function code 16, 1 to 123 registers; one request, never merged with another.
    virtual boost::asio::awaitable<Result<void>> write_registers(std::uint8_t unit,
                                                                 std::uint16_t start,
                                                                 Registers values,
                                                                 Deadline not_after) = 0;
    // Function code 5.
    virtual boost::asio::awaitable<Result<void>> write_coil(std::uint8_t unit,
                                                            std::uint16_t address, bool on,
                                                            Deadline not_after) = 0;

    virtual bool connected() const = 0;
    virtual void close() = 0;  // drops the connection; a call under way ends with a fault
    virtual void stop() = 0;   // closes for good
};

}  // namespace kemas::bus
