// The lines of a runner by their services' names, and what both kinds of runner tell of them. A
// line is anything with `calls`, a ServiceLine.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "runtime/service_acts.hpp"
#include "runtime/service_line.hpp"

namespace kemas::runtime {

template <class Line>
using ServiceLines = std::map<std::string, Line>;

// Nothing: the site no longer names that service.
template <class Line>
Line* line_of(ServiceLines<Line>& lines, const ServiceAct& act) {
    const auto it = lines.find(act.effect.device);
    return it == lines.end() ? nullptr : &it->second;
}

template <class Line, class Act>
std::vector<ServiceLive> live_of(const ServiceLines<Line>& lines, const ServiceActs<Act>& acts) {
    std::vector<ServiceLive> all;
    for (const auto& [name, line] : lines)
        all.push_back(line.calls.live(name, acts.waiting_for(name)));
    return all;
}

template <class Line>
std::vector<DeviceHealth> health_of(const ServiceLines<Line>& lines, const std::string& kind) {
    std::vector<DeviceHealth> all;
    for (const auto& [name, line] : lines) all.push_back(line.calls.health(name, kind));
    return all;
}

inline Instant sooner(Instant known, std::optional<Instant> other) {
    return other && (!known.value || *other < known) ? *other : known;
}

// When the next act may start; 0 = none before an answer comes.
template <class Line, class Act>
Instant next_act(const ServiceLines<Line>& lines, const ServiceActs<Act>& acts) {
    Instant first;
    for (const auto& [id, act] : acts) {
        const auto at = lines.find(act.effect.device);
        if (!act.busy && at != lines.end())
            first = sooner(first, at->second.calls.earliest(act.due));
    }
    return first;
}

// Begins whatever is due and has a place among the calls to its service: the place is taken before
// the start is recorded, so a breaker that opens meanwhile lets what was begun go on. An act of a
// service that the site no longer names stays where it is, and is shown.
template <class Line, class Act, class Begin>
void begin_due(ServiceLines<Line>& lines, ServiceActs<Act>& acts, Instant now, Begin begin) {
    for (const auto id : acts.due(now)) {
        auto* act = acts.find(id);
        auto* line = act ? line_of(lines, *act) : nullptr;
        if (!line || act->busy || !line->calls.may_call(now)) continue;
        act->busy = true;
        line->calls.take_place(now);
        begin(*act);
    }
}

}  // namespace kemas::runtime
