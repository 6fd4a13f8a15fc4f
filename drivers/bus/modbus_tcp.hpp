// A Modbus TCP master: one device or gateway, one request at a time. It knows no registers'
// meaning. An answer that is late, foreign or malformed is never handed out: the connection it
// could come on is closed, the next call opens a new one.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/fault.hpp"

namespace kemas::bus {

struct ModbusTcpOptions {
    std::string host;  // name or address
    std::uint16_t port = 502;
    int timeout_ms = 200;  // whole call: resolve, connect, send, receive
    int min_gap_ms = 0;    // pause between two requests, where the device needs one
};

class ModbusTcp {
 public:
    ModbusTcp(boost::asio::any_io_executor executor, ModbusTcpOptions options);
    ~ModbusTcp();  // as stop(); a call under way may outlive the object
    ModbusTcp(const ModbusTcp&) = delete;
    ModbusTcp& operator=(const ModbusTcp&) = delete;

    // Reads `count` (1 to 125) registers from wire address `start` with function code 3 or 4.
    // Ends within timeout_ms (after min_gap_ms). Faults: retry = the device answered with an
    // exception or a call is under way; reconnect = everything else; stop = stopped.
    boost::asio::awaitable<Result<std::vector<std::uint16_t>>> read_registers(std::uint8_t unit,
                                                                              int function_code,
                                                                              std::uint16_t start,
                                                                              std::uint16_t count);

    bool connected() const;
    void close();  // drops the connection; a call under way ends with a fault
    void stop();   // closes for good

 private:
    struct Link;
    std::shared_ptr<Link> link_;
};

}  // namespace kemas::bus
