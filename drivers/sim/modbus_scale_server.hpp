// A Modbus TCP scale with the register map of firmware-profiles/scale/kemas-sim.toml: holding
// registers 0-1 weight (s32, g, high word first), 2 status, 3 heartbeat, 4 division (g).
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "core/fault.hpp"
#include "drivers/sim/load_model.hpp"

namespace kemas::sim {

enum class ScaleTrouble {
    none,
    silent,      // requests are read and never answered
    late,        // answers come `late_by` after the request
    wrong_unit,  // answers name another unit
    garbage,     // answers are not Modbus
    frozen,      // weight, status and heartbeat stand still
    error,       // the scale reports an internal error
};

class ModbusScaleServer {
 public:
    struct Options {
        std::string address = "127.0.0.1";
        std::uint16_t port = 0;  // 0 = the system chooses
        std::uint8_t unit = 1;
        Milliseconds late_by{500};
        LoadModel::Options load;
    };
    ModbusScaleServer(boost::asio::any_io_executor executor, Options options);
    ~ModbusScaleServer();

    // Listens; the fault names the port.
    Result<void> start();
    void stop();
    std::uint16_t port() const;

    void put(Milligrams gross);
    void remove();
    void set_trouble(ScaleTrouble trouble);
    // Answers with a weight at rest that were sent since the load last changed: tells a player when
    // the other side has surely seen the pan as it is.
    std::uint64_t reads_at_rest() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::sim
