#include "core/line/layout.hpp"

namespace kemas::line {
namespace {

tl::unexpected<Fault> wrong(std::string what) {
    return fail(Remedy::stop, std::move(what));
}

Result<void> check_eyes(const Layout& layout) {
    const auto& eyes = layout.eyes;
    if (eyes.size() < 2) return wrong("a line needs two eyes: where parcels come in and run out");
    if (eyes.front().at != Pulses{0})
        return wrong("eye '" + eyes.front().name + "' is the first: it must be at 0");
    for (std::size_t i = 0; i < eyes.size(); ++i) {
        const auto& eye = eyes[i];
        if (eye.window <= Pulses{0} || eye.window * 2 >= layout.shortest_pitch)
            return wrong("eye '" + eye.name +
                         "': the window must be above 0 and below half the shortest pitch, or two "
                         "parcels cannot be told apart");
        if (i && eye.at <= eyes[i - 1].at + layout.shortest_pitch)
            return wrong("eye '" + eye.name + "' must be further along than '" + eyes[i - 1].name +
                         "', by more than the shortest pitch");
    }
    return {};
}

Result<void> check_lane(const Layout& layout, std::size_t index) {
    const auto& lane = layout.lanes[index];
    const auto named = "lane '" + lane.name + "'";
    for (std::size_t i = 0; i < index; ++i)
        if (layout.lanes[i].name == lane.name) return wrong(named + " is there twice");
    if (lane.gate == 0 || lane.gate + 1 >= layout.eyes.size())
        return wrong(named + ": its gate must be an eye between the first and the last");
    const auto gate = layout.eyes[lane.gate].at;
    if (gate <= layout.decide_at)
        return wrong(named + ": its gate must come after the place where lanes are decided");
    if (lane.divert_at <= gate + layout.least_lead)
        return wrong(named + ": the divert is nearer to its gate than least_lead");
    for (std::size_t i = lane.gate + 1; i < layout.eyes.size(); ++i)
        if (layout.eyes[i].at <= lane.divert_at)
            return wrong(named + ": eye '" + layout.eyes[i].name +
                         "' lies between the gate and the divert; make it the gate");
    if (lane.window <= Pulses{0} || lane.seen_after <= Pulses{0})
        return wrong(named + " needs a lane eye: seen_after and window above 0");
    if (lane.takes.empty() && !lane.recirculates) {
        bool reached = false;
        for (const auto& other : layout.lanes)
            for (const auto& name : other.fallback) reached = reached || name == lane.name;
        if (!reached) return wrong(named + " takes nothing and is nobody's fallback");
    }
    for (const auto& name : lane.fallback)
        if (name == lane.name || !lane_named(layout, name))
            return wrong(named + ": its fallback '" + name + "' is no other lane");
    return {};
}

Result<void> check_plate(const Layout& layout) {
    if (!layout.plate) return {};
    const auto& plate = *layout.plate;
    if (!layout.scale) return wrong("a plate without its scale");
    const auto named = "scale '" + layout.scale->name + "'";
    if (plate.from < layout.longest_body)
        return wrong(named +
                     " begins before longest_body: a body's head could lie on it before its tail "
                     "was counted by the first eye");
    if (plate.to <= plate.from || plate.to >= layout.decide_at)
        return wrong(named + " must end after it begins, and before decide_at");
    return {};
}

}  // namespace

Result<void> check(const Layout& layout) {
    if (layout.shortest_pitch <= Pulses{0} || layout.longest_body <= Pulses{0} ||
        layout.most_pulses_per_s <= 0)
        return wrong("a line needs shortest_pitch, longest_body and most_pulses_per_s above 0");
    if (layout.counter_bits != 16 && layout.counter_bits != 32)
        return wrong("counter_bits must be 16 or 32");
    if (auto eyes = check_eyes(layout); !eyes) return eyes;
    if (layout.readers.empty()) return wrong("a line needs a reader to know its parcels");
    auto points = layout.readers;
    if (layout.scale) points.push_back(*layout.scale);
    for (const auto& point : points) {
        if (point.reach <= Pulses{0} || point.reach * 5 >= layout.shortest_pitch * 4)
            return wrong(
                "'" + point.name +
                "': reach must be above 0 and below 4/5 of the shortest pitch, or a result could "
                "belong to two parcels");
        if (point.at <= Pulses{0} || point.at + point.reach > layout.decide_at)
            return wrong("'" + point.name + "' must end before the place where lanes are decided");
    }
    if (auto plate = check_plate(layout); !plate) return plate;
    if (layout.most_passes < 1) return wrong("most_passes must be at least 1");
    for (std::size_t i = 0; i < layout.lanes.size(); ++i)
        if (auto lane = check_lane(layout, i); !lane) return lane;
    return {};
}

std::optional<std::size_t> lane_named(const Layout& layout, const std::string& name) {
    for (std::size_t i = 0; i < layout.lanes.size(); ++i)
        if (layout.lanes[i].name == name) return i;
    return std::nullopt;
}

}  // namespace kemas::line
