#include "scale_fleet.hpp"

#include <stdexcept>

namespace kemas::bench {

std::shared_ptr<bus::ModbusTcp> device_at(boost::asio::io_context& loop, std::uint16_t port) {
    bus::ModbusTcpOptions options;
    options.host = "127.0.0.1";
    options.port = port;
    options.timeout_ms = 1'000;
    return std::make_shared<bus::ModbusTcp>(loop.get_executor(), options);
}

ScaleFleet::ScaleFleet(boost::asio::io_context& loop, std::uint16_t port,
                       const profile::ScaleProfile& profile, int count, int poll_ms) {
    for (int i = 0; i < count; ++i) {
        masters_.push_back(device_at(loop, port));
        scale::ModbusScaleOptions options;
        options.name = "scale";
        options.poll_ms = poll_ms;
        scales_.push_back(std::make_unique<scale::ModbusScale>(loop.get_executor(), masters_.back(),
                                                               profile, options));
        scales_.back()->start([this](const ScaleEvent& event) {
            if (std::holds_alternative<ScaleSettled>(event)) ++settled_;
            if (const auto* why = std::get_if<ScaleFaulted>(&event)) fault_ = why->why;
        });
    }
}

void ScaleFleet::stop() {
    for (auto& scale : scales_) scale->stop();
    for (auto& master : masters_) master->stop();
}

void ScaleFleet::check() const {
    if (!fault_.empty() || settled_ != scales_.size())
        throw std::runtime_error("the driver did not weigh on every device: " + fault_);
}

}  // namespace kemas::bench
