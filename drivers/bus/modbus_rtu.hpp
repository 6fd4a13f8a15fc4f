// A Modbus RTU master: one serial line with one or several units, one request at a time, in turn
// for all who use it, on a thread of its own. It knows no registers' meaning. RTU answers carry no
// number: after an unanswered request the line listens until it is quiet, leaves that unit alone
// for a while, and asks it another question before the same again, so that a late answer, however
// late, is never taken for another (see unanswered.hpp).
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>
#include <thread>

#include "drivers/bus/query_master.hpp"

namespace kemas::bus {

struct ModbusRtuOptions {
    std::string device;  // "/dev/serial/by-id/..."
    int baud = 9600;     // one that libmodbus knows, see known_baud
    char parity = 'E';   // 'N', 'E', 'O'
    int stop_bits = 1;
    int timeout_ms = 200;  // from the request to the whole answer
    int min_gap_ms = 0;    // beside the 3.5 characters of the standard
};

bool known_baud(int baud);

class ModbusRtu : public QueryMaster {
 public:
    // Starts the thread; the line is opened by the first call. Make it early: it holds a descriptor
    // below 1024, which libmodbus needs.
    ModbusRtu(boost::asio::any_io_executor executor, ModbusRtuOptions options);
    ~ModbusRtu() override;  // as stop(), and waits for the thread: 1.2 x timeout_ms at most
    ModbusRtu(const ModbusRtu&) = delete;
    ModbusRtu& operator=(const ModbusRtu&) = delete;

    boost::asio::awaitable<Result<Answer>> exchange(Query query, Deadline not_after) override;
    bool connected() const override;
    void close() override;
    void stop() override;  // returns at once, whatever the peer does
    // Signs of life of the thread: at least one a second while it is not stuck.
    std::uint64_t beats() const;

 private:
    struct Link;
    struct Call;
    std::shared_ptr<Link> link_;
    std::thread thread_;
};

}  // namespace kemas::bus
