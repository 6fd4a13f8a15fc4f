// The calls of ModbusMaster in terms of one: a query and its answer. What TCP and RTU share.
#pragma once

#include "drivers/bus/modbus_codec.hpp"
#include "drivers/bus/modbus_master.hpp"

namespace kemas::bus {

class QueryMaster : public ModbusMaster {
 public:
    boost::asio::awaitable<Result<Registers>> read_registers(std::uint8_t unit, int function_code,
                                                             std::uint16_t start,
                                                             std::uint16_t count) final;
    boost::asio::awaitable<Result<Bits>> read_bits(std::uint8_t unit, int function_code,
                                                   std::uint16_t start, std::uint16_t count) final;
    boost::asio::awaitable<Result<void>> write_register(std::uint8_t unit, std::uint16_t address,
                                                        std::uint16_t value,
                                                        Deadline not_after) final;
    boost::asio::awaitable<Result<void>> write_registers(std::uint8_t unit, std::uint16_t start,
                                                         Registers values,
                                                         Deadline not_after) final;
    boost::asio::awaitable<Result<void>> write_coil(std::uint8_t unit, std::uint16_t address,
                                                    bool on, Deadline not_after) final;

    // Any query; faults as those of ModbusMaster. The awaitable may outlive the object.
    virtual boost::asio::awaitable<Result<Answer>> exchange(Query query, Deadline not_after) = 0;
};

}  // namespace kemas::bus
