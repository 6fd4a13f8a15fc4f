#include "core/line/plate.hpp"

#include <algorithm>

#include "core/line/step.hpp"

namespace kemas::line {
namespace {

// Where its head is not known, it is as far in front as a body can be.
Pulses length_of(const Layout& layout, const Tracked& body) {
    return body.length > 0 ? Pulses{body.length} : layout.longest_body;
}

}  // namespace

Number alone_on_plate(const Layout& layout, const LineState& state, Instant now) {
    if (!state.polled || state.distrust || !state.last_poll) return 0;
    const auto age = now.value - state.last_poll->value;
    if (age > kPositionsKnownFor.value) return 0;
    // Between the poll and then the belt has gone by anything from nothing to this.
    const Pulses off{layout.most_pulses_per_s * age / 1000};
    const auto ahead = std::max(off, Pulses{0}), behind = std::max(off * -1, Pulses{0});
    const auto& plate = *layout.plate;
    Number alone = 0;
    for (const auto& body : state.belt) {
        const auto tail = state.encoder - body.zero;
        const auto head = tail + length_of(layout, body);
        if (tail - behind >= plate.to || head + ahead <= plate.from) continue;
        const bool whole = tail - behind >= plate.from && head + ahead <= plate.to;
        if (!whole || alone) return 0;
        alone = body.number;
    }
    return alone;
}

bool has_left_plate(const Layout& layout, const LineState& state, Number body) {
    const auto found = std::find_if(state.belt.begin(), state.belt.end(),
                                    [&](const auto& one) { return one.number == body; });
    if (found == state.belt.end()) return true;
    return state.encoder - found->zero + length_of(layout, *found) > layout.plate->to;
}

}  // namespace kemas::line
