// The line's one transition: state and event in, state and acts out. Pure. When in doubt a parcel
// gets no divert, and what gets no divert runs out into the reject lane.
#pragma once

#include <vector>

#include "core/line/decision.hpp"
#include "core/line/layout.hpp"
#include "core/line/state.hpp"

namespace kemas::line {

inline constexpr Milliseconds kBeatEvery{200};        // half of what is asked, and a bit
inline constexpr Milliseconds kLinkLostAfter{2000};   // as long as the PLC waits for our heartbeat
inline constexpr Milliseconds kPlcFrozenAfter{2500};  // its heartbeat comes every second
inline constexpr Milliseconds kEncoderStillAfter{300};  // bodies are counted, but no travel
inline constexpr Milliseconds kPositionsKnownFor{150};  // after a poll; results later are void
inline constexpr Milliseconds kWriteAgainAfter{60};
inline constexpr int kMissedInARow = 3;    // then an eye is called silent
inline constexpr int kUnprovenInARow = 2;  // then a lane is shut

struct LineDecision {
    LineState state;
    std::vector<Action> actions;
};

// The state before the first event. `last_number` is the highest ever used; the books alone know
// it.
LineState start(const Layout& layout, Number last_number);

// `layout` has passed check(). Give the state away and keep the one that comes back.
LineDecision step(const Layout& layout, LineState state, const LineEvent& event);

// The number as the PLC sees it, 1 to 65535.
constexpr std::uint16_t wire_number(Number number) {
    return static_cast<std::uint16_t>((number - 1) % 65535 + 1);
}

// Lanes that can take a parcel now.
std::vector<bool> lanes_open(const LineState& state);

}  // namespace kemas::line
