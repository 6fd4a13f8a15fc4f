// The simulated line in real time, its PLC behind Modbus TCP with the map of
// firmware-profiles/conveyor/plc-mailbox.toml. Results of readers and scale go to whoever asked.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "drivers/sim/line_world.hpp"

namespace kemas::sim {

class LineServer {
 public:
    struct Options {
        std::string address = "127.0.0.1";
        std::uint16_t port = 0;  // 0 = the system chooses
        LinePlan plan;
        line::Layout layout = sample_layout();
        double speed = 1;  // times faster than the clock
        // A scale under the belt between these, with the map of firmware-profiles/scale/kemas-sim.
        struct Scale {
            std::uint16_t port = 0;
            std::int64_t from = 500, to = 2000;
        };
        std::optional<Scale> scale;
        std::optional<std::uint16_t> feed_port;  // of a ConveyLinx module before it; for who plays
    };
    // A register that a host wrote, for those who watch.
    struct Written {
        std::uint16_t start = 0;
        std::vector<std::uint16_t> values;
    };
    LineServer(boost::asio::any_io_executor executor, Options options);
    ~LineServer();

    // Listens and lets the belt run. `heard` is called on the loop with Scanned and Weighed.
    Result<void> start(std::function<void(const line::LineEvent&)> heard);
    void stop();
    std::uint16_t port() const;
    std::uint16_t scale_port() const;  // 0 = there is none
    void silence_scale(bool silent);   // its cable is out, or back
    LineWorld& world();
    const line::Layout& layout() const;
    const std::vector<Written>& written() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::sim
