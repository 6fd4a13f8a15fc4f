// How a line is doing, as the dashboard and the alarms see it.
#include "app/line_desk.hpp"

namespace kemas::app {

std::vector<DeviceHealth> LineDesk::health() const {
    std::vector<DeviceHealth> all{conveyor_->health()};
    if (stream_) all.push_back(stream_->health());
    feeds_.health(all);
    return all;
}

LineLive LineDesk::live() const {
    LineLive live;
    live.name = name_;
    live.state = conveyor_->health().state;
    for (const auto& lane : layout_->lanes) live.lanes.push_back({lane.name});
    live.feeds = feeds_.live();
    if (!runner_) return live;
    const auto& state = runner_->state();
    if (state.distrust) live.distrust = to_text(*state.distrust);
    live.last_reject = last_reject_;
    live.last_reject_text = last_reject_text_;
    const auto open = line::lanes_open(state);
    for (std::size_t i = 0; i < live.lanes.size(); ++i) {
        auto& lane = live.lanes[i];
        lane.open = open[i], lane.full = state.lane_full[i], lane.down = state.lane_down[i];
    }
    live.on_belt = static_cast<std::int64_t>(state.belt.size());
    live.in_lanes = in_lanes_;
    live.rejected = rejected_;
    live.unknown = unknown_;
    return live;
}

}  // namespace kemas::app
