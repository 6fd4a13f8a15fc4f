#include "modbus_divert.hpp"

#include <boost/asio/post.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include "core/line/lane_choice.hpp"
#include "drivers/conveyor/plc_conveyor.hpp"
#include "modbus_devices.hpp"
#include "plc_thread.hpp"
#include "runtime/line_runner.hpp"
#include "scale_fleet.hpp"

namespace kemas::bench {
namespace {

namespace asio = boost::asio;
constexpr std::size_t line_count = 4;
constexpr std::chrono::seconds span{40};

// One line as the daemon runs it; the books answer at once.
class Line {
 public:
    Line(asio::io_context& loop, std::uint16_t port, const profile::DeviceProfile& profile,
         int poll_ms)
        : master_(device_at(loop, port)) {
        conveyor::PlcConveyorOptions plc;
        plc.name = "sorter";
        plc.poll_ms = poll_ms;
        plc.eyes = layout_.eyes.size();
        plc.lanes = layout_.lanes.size();
        auto made = conveyor::PlcConveyor::make(loop.get_executor(), master_, profile, plc);
        if (!made) throw std::runtime_error(made.error().what);
        conveyor_ = std::move(*made);
        runner_ =
            std::make_unique<runtime::LineRunner>(loop.get_executor(), layout_, *conveyor_, 0);
        runner_->start(
            {[this](const line::AskLane& ask) { answer(ask); }, [](const line::Action&) {}});
    }
    void hear(const line::LineEvent& event, const sim::Label& label) {
        if (const auto* weight = std::get_if<line::Weighed>(&event))
            runner_->weighed(weight->gross, weight->why);
        if (const auto* scan = std::get_if<line::Scanned>(&event)) {
            if (!scan->codes.empty()) labels_[label.code] = label;
            runner_->scanned(scan->reader, scan->codes);
        }
    }
    void stop() {
        runner_->stop();
        master_->stop();
    }

 private:
    void answer(const line::AskLane& ask) {
        const auto& label = labels_[ask.codes.front()];
        const auto lane =
            line::choose_lane(layout_, ask.lanes_open, label.courier, label.service, ask.passes);
        if (lane)
            runner_->give(ask.parcel, *lane);
        else
            runner_->deny(ask.parcel, lane.error(), "");
    }

    line::Layout layout_ = sim::sample_layout();
    std::shared_ptr<bus::ModbusTcp> master_;
    std::unique_ptr<conveyor::PlcConveyor> conveyor_;
    std::unique_ptr<runtime::LineRunner> runner_;
    std::map<std::string, sim::Label> labels_;
};

}  // namespace

std::vector<double> divert_times(const profile::ScaleProfile& profile,
                                 const std::string& source_root, int devices, int poll_ms) {
    auto plc =
        profile::load_device_profile(source_root + "/firmware-profiles/conveyor/plc-mailbox.toml");
    if (!plc) throw std::runtime_error(plc.error().what);
    const ModbusDevices scales(0);
    asio::io_context loop(1);
    std::vector<std::unique_ptr<Line>> lines(line_count);
    PlcThread plcs(line_count,
                   [&](std::size_t i, const line::LineEvent& event, const sim::Label& label) {
                       asio::post(loop, [&lines, i, event, label] {
                           if (lines[i]) lines[i]->hear(event, label);
                       });
                   });
    for (std::size_t i = 0; i < lines.size(); ++i)
        lines[i] = std::make_unique<Line>(loop, plcs.port(i), *plc, poll_ms);
    ScaleFleet fleet(loop, scales.port(), profile, devices, poll_ms);
    loop.run_for(span);
    plcs.stop();
    for (auto& line : lines) line->stop();
    fleet.stop();
    loop.restart();
    loop.run_for(std::chrono::milliseconds(100));
    fleet.check();
    if (plcs.wrong() > 0) throw std::runtime_error("a parcel went into a lane that is not its own");
    if (plcs.unasked() > 0) throw std::runtime_error("a divert was written that no eye asked for");
    return plcs.divert_ms();
}

}  // namespace kemas::bench
