#include "core/line/lane_choice.hpp"

#include <algorithm>

namespace kemas::line {
namespace {

bool has(const std::vector<std::size_t>& lanes, std::size_t lane) {
    return std::find(lanes.begin(), lanes.end(), lane) != lanes.end();
}

}  // namespace

std::vector<std::size_t> lanes_for(const Layout& layout, const std::string& courier,
                                   const std::string& service) {
    const Service wishes[] = {{courier, service}, {courier, ""}, {"*", ""}};
    std::vector<std::size_t> lanes;
    for (const auto& wish : wishes)
        for (std::size_t i = 0; i < layout.lanes.size(); ++i) {
            const auto& lane = layout.lanes[i];
            const bool takes =
                std::find(lane.takes.begin(), lane.takes.end(), wish) != lane.takes.end();
            if (takes && !lane.recirculates && !has(lanes, i)) lanes.push_back(i);
        }
    const auto own = lanes.size();
    for (std::size_t i = 0; i < own; ++i)
        for (const auto& name : layout.lanes[lanes[i]].fallback)
            if (const auto lane = lane_named(layout, name); lane && !has(lanes, *lane))
                lanes.push_back(*lane);
    return lanes;
}

LaneChoice choose_lane(const Layout& layout, const std::vector<bool>& open,
                       const std::string& courier, const std::string& service, int passes) {
    const auto lanes = lanes_for(layout, courier, service);
    if (lanes.empty()) return tl::unexpected(Reason::no_lane);
    for (const auto lane : lanes)
        if (open[lane]) return lane;
    for (std::size_t i = 0; i < layout.lanes.size(); ++i) {
        if (!layout.lanes[i].recirculates) continue;
        if (passes >= layout.most_passes) return tl::unexpected(Reason::too_many_passes);
        if (open[i]) return i;
    }
    return tl::unexpected(Reason::lanes_shut);
}

}  // namespace kemas::line
