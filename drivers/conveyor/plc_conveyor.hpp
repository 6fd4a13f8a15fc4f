// A sorter's PLC behind Modbus, TCP or RTU, as its profile describes it: one look a poll, diverts
// by its mailbox, its watchdog fed while the line beats. Loop thread only. Tracks nothing.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "drivers/bus/modbus_master.hpp"
#include "drivers/profile/device_profile.hpp"
#include "ports/conveyor.hpp"

namespace kemas::conveyor {

using LogSink = std::function<void(std::string_view event, std::string detail)>;

struct PlcConveyorOptions {
    std::string name;  // as the site file names it
    std::uint8_t unit = 1;
    int poll_ms = 10;
    std::size_t eyes = 2, lanes = 0;  // of the layout
    LogSink
        log;  // "conveyor.up", "conveyor.down" once a change; "conveyor.divert" when one went wrong
};

class PlcConveyor : public Conveyor {
 public:
    // Faults: the profile has not what this line needs.
    static Result<std::unique_ptr<PlcConveyor>> make(boost::asio::any_io_executor executor,
                                                     std::shared_ptr<bus::ModbusMaster> master,
                                                     profile::DeviceProfile profile,
                                                     PlcConveyorOptions options);
    ~PlcConveyor() override;  // as stop()

    void start(ConveyorEvents events) override;
    void stop() override;
    DeviceHealth health() const override;
    void divert(const line::WriteDivert& divert) override;
    void beat() override;
    void clear_jam(const std::string& by, OnJamCleared done) override;

 private:
    struct State;
    explicit PlcConveyor(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

}  // namespace kemas::conveyor
