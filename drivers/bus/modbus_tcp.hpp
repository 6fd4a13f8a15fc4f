// A Modbus TCP master: one device or gateway, one request at a time, in turn for all who use it. It
// knows no registers' meaning. An answer that is late, foreign or malformed is never handed out:
// the connection it could come on is dropped, the next call opens a new one.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>

#include "drivers/bus/query_master.hpp"

namespace kemas::bus {

struct ModbusTcpOptions {
    std::string host;  // name or address
    std::uint16_t port = 502;
    int timeout_ms = 200;            // whole exchange: resolve, connect, send, receive
    int min_gap_ms = 0;              // pause between two requests, where the device needs one
    int pause_after_connect_ms = 0;  // for devices that swallow what comes too early
};

class ModbusTcp : public QueryMaster {
 public:
    ModbusTcp(boost::asio::any_io_executor executor, ModbusTcpOptions options);
    ~ModbusTcp() override;  // as stop(); a call under way may outlive the object
    ModbusTcp(const ModbusTcp&) = delete;
    ModbusTcp& operator=(const ModbusTcp&) = delete;

    boost::asio::awaitable<Result<Answer>> exchange(Query query, Deadline not_after) override;
    bool connected() const override;
    void close() override;
    void stop() override;

 private:
    struct Link;
    struct Call;
    std::shared_ptr<Link> link_;
};

}  // namespace kemas::bus
